import { useState } from 'react'
import { actions } from '../actions.ts'
import type { PageState } from '../state.ts'
import { useStore } from '../store.ts'
import { fillIn, isMissing, type Progress, progressOf } from './first-steps.ts'
import { type Shown, useShownSlowly } from './use-shown.ts'
import { READING_MS, useSlowly } from './use-throttled.ts'

/** What to try next, one thing at a time, until all is done or it is waved away. */
export function FirstSteps() {
  const unwanted = useStore((s) => s.embedded || s.scenario !== null)
  const dismissed = useStore((s) => s.hintsDismissed)
  const shown = useShownSlowly()
  const [before, setBefore] = useState(false)
  if (unwanted || shown === null || !isFor(shown)) return null
  // Where hints have been, their place stays: the picture must not jump when they go.
  if (dismissed) return before ? <div className="first-step-place" /> : null
  if (!before) setBefore(true)
  return (
    <div className="first-step-place">
      <Hint shown={shown} />
    </div>
  )
}

function Hint({ shown }: { shown: Shown }) {
  const { firstSteps: steps, outcomeText } = shown.lab.engine
  const playing = useStore((s) => s.playing)
  const { run, stories, operations } = useSlowly(toldOf, playing ? READING_MS : 0)
  if (run === null) return null
  const progress = progressOf(steps, { run, stories, operations, cuts: shown.frame.world.cuts.length, outcomeText })
  const over = progress.done === steps.length
  const text = over ? closingWords(progress) : wordsOf(shown, progress, playing)
  return (
    <section className="first-step" aria-label="What to try">
      <div className="first-step-count">
        {over ? 'Done' : `Try this · ${progress.done + 1} of ${steps.length}`}
        <button type="button" className="link-button" title="Show no more hints" onClick={() => actions.dismissHints()}>
          Dismiss
        </button>
      </div>
      <p key={text}>{text}</p>
    </section>
  )
}

type Told = Pick<PageState, 'run' | 'stories' | 'operations'>
let told: Told | null = null

/** The same object for the same lists. */
function toldOf({ run, stories, operations }: PageState): Told {
  if (told?.run !== run || told.stories !== stories || told.operations !== operations)
    told = { run, stories, operations }
  return told
}

/** What to do next; or, once it is done, what comes of it, which nobody sees while time stands still. */
function wordsOf({ lab, frame }: Shown, { done, begun }: Progress, playing: boolean): string {
  const step = lab.engine.firstSteps[done]
  if (step === undefined) return ''
  const awaited = begun && (isMissing(step.text, frame.view) || !step.text.includes('{'))
  if (!awaited || step.meanwhile === undefined) return fillIn(step.text, frame.view)
  return `${playing ? '' : 'Press play. '}${fillIn(step.meanwhile, frame.view)}`
}

const closingWords = ({ closing }: Progress): string =>
  `${closing ?? 'The network is whole again.'} Lessons and challenges are in the gallery (G); ? lists all keys.`

function isFor({ lab, frame }: Shown): boolean {
  const servers = frame.world.processes.filter(({ beside }) => beside === null).length
  const { firstSteps, firstStepsNeed: least, firstStepsUpTo: most = servers } = lab.engine
  return firstSteps.length > 0 && servers >= least && servers <= most
}
