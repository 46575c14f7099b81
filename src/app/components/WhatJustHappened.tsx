import { memo } from 'react'
import { formatInstant } from '../../base/units.ts'
import type { Story } from '../../engine/messages.ts'
import { actions } from '../actions.ts'
import type { PageState } from '../state.ts'
import { useStore } from '../store.ts'
import { askWhy } from '../why/ask.ts'
import { lastStoryBy, storiesAt } from './scale.ts'
import { READING_MS, useSlowly, useThrottled } from './use-throttled.ts'

/** As many as one reads at a glance. */
const SHOWN = 5
/** A screen reader is told at most this often. */
const SPOKEN_MS = 2500

/** The last stories up to the moment on show, newest first. */
export function WhatJustHappened() {
  const playing = useStore((s) => s.playing)
  const calm = useStore((s) => s.speed <= 0.5)
  const ready = useStore((s) => s.frame !== null)
  const { recent, undoable } = useSlowly(newsOf, playing ? READING_MS : 0)
  return (
    <section className="happened" aria-labelledby="happened-title">
      <h2 id="happened-title">What just happened</h2>
      <Redo />
      <ol data-calm={calm || undefined}>
        {recent.map((story) => (
          <Row key={story.seq} story={story} undo={story === undoable} />
        ))}
      </ol>
      {recent.length === 0 && (
        <p className="dim">{ready && `Nothing yet. ${playing ? 'Click' : 'Press play, or click'} a server.`}</p>
      )}
      <Spoken text={recent[0]?.text ?? ''} />
    </section>
  )
}

/** There as long as something was taken back and nothing else was done. */
function Redo() {
  const redoable = useStore((s) => s.tree.redoable)
  if (!redoable) return null
  return (
    <button
      type="button"
      className="link-button happened-redo"
      onClick={() => actions.redo()}
      title="Do again what was taken back (Ctrl+Y)"
    >
      redo
    </button>
  )
}

const Row = memo(function Row({ story, undo }: { story: Story; undo: boolean }) {
  return (
    <li data-tone={story.tone}>
      <button type="button" className="happened-row" onClick={() => actions.seek(story.at)} title="Go to this moment">
        <span className="mono">{formatInstant(story.at)}</span>
        <span>{story.text}</span>
      </button>
      <button
        type="button"
        className="link-button happened-why"
        aria-label={`Why “${story.text}”?`}
        title="Why?"
        onClick={() => askWhy({ type: 'event', seq: story.seq })}
      >
        why?
      </button>
      {undo && (
        <button type="button" className="link-button" onClick={() => actions.undo()} title="Take this back (Ctrl+Z)">
          undo
        </button>
      )}
    </li>
  )
})

function Spoken({ text }: { text: string }) {
  return (
    <p className="visually-hidden" aria-live="polite">
      {useThrottled(text, SPOKEN_MS)}
    </p>
  )
}

interface News {
  /** The last stories up to the moment on show, newest first. */
  recent: readonly Story[]
  undoable: Story | undefined
}

let known: { stories: PageState['stories']; run: PageState['run']; last: number; news: News } | null = null

/** The same news for as long as they say the same. */
function newsOf({ stories, run, frame }: PageState): News {
  const last = lastStoryBy(stories, frame?.seq ?? 0)
  if (known === null || known.stories !== stories || known.run !== run || known.last !== last) {
    const recent = stories.slice(Math.max(0, last + 1 - SHOWN), last + 1).toReversed()
    known = { stories, run, last, news: { recent, undoable: undoableStory(stories, run) } }
  }
  return known.news
}

/** The story of the last thing that the user did; a scenario's own commands are not taken back. */
function undoableStory(stories: readonly Story[], run: PageState['run']): Story | undefined {
  const command = run?.commands.findLast((timed) => timed.scripted !== true)
  if (command === undefined) return undefined
  return storiesAt(stories, command.at).findLast((story) => story.tone === 'user')
}
