import { useEffect, useEffectEvent, useState } from 'react'
import { formatInstant, type Micros } from '../../base/units.ts'
import type { Line, Root, Section } from '../../lab/explain.ts'
import { actions } from '../actions.ts'
import { deedsFor } from '../components/deeds.ts'
import { Drawer } from '../components/Drawer.tsx'
import { useShownSlowly } from '../components/use-shown.ts'
import { useLate } from '../../ui/later.ts'
import type { ProcessId } from '../../kernel/types.ts'
import { client } from '../playback.ts'
import { useStore } from '../store.ts'
import { askWhy, useWhy } from './ask.ts'
import './why-panel.css'

const ROOTS: Record<Root, string> = {
  user: 'what you did',
  scenario: 'the scenario',
  workload: 'the workload',
  timer: 'a timer',
  chance: 'chance',
  start: 'the start of the run',
}

/** The answer to a question: chains of causes, each a way back to its instant. */
export function WhyPanel() {
  const { subject, answer } = useWhy()
  const at = useAnswer()
  const now = useStore((s) => s.frame?.moment.at ?? 0)
  const moved = at !== null && at !== now && (subject?.type === 'process' || subject?.type === 'item')
  return (
    <Drawer title="Why?">
      <div className="why" aria-busy={answer === null} aria-live="polite">
        {answer === null && <p className="dim">Looking for it in the run …</p>}
        {typeof answer === 'string' && <p>{answer}</p>}
        {answer !== null &&
          typeof answer !== 'string' &&
          answer.sections.map((section) => <SectionOf key={section.question} section={section} now={now} />)}
        {answer !== null && subject?.type === 'process' && <NotNow process={subject.process} />}
      </div>
      {moved && subject !== null && (
        <footer>
          <span className="dim">As of {formatInstant(at)}.</span>
          <button type="button" className="button small" onClick={() => askWhy({ ...subject })}>
            Ask about {formatInstant(now)}
          </button>
        </footer>
      )}
    </Drawer>
  )
}

/** What cannot be done to a process now, and why: as its menu has it, in the words of the house and of the lab. */
function NotNow({ process }: { process: ProcessId }) {
  const shown = useShownSlowly()
  const offers = useLate(shown?.lab.view.actions ?? none, true)
  if (shown === null || offers === null) return null
  const { frame } = shown
  const all = [...deedsFor(frame.world, process), ...offers(frame.view, process).flat()]
  const not = all.filter(({ disabled }) => disabled !== null)
  if (not.length === 0) return null
  return (
    <section>
      <h3>What cannot be done with {process} now, and why not?</h3>
      <ul className="why-not-now">
        {not.map(({ id, label, disabled }) => (
          <li key={id} data-stands>
            <strong>{label}</strong>: {disabled}
          </li>
        ))}
      </ul>
    </section>
  )
}

const none = async () => () => []

/** Asks the engine whenever something else is asked about. Returns the instant that was on show then. */
function useAnswer(): Micros | null {
  const subject = useWhy((s) => s.subject)
  const [at, setAt] = useState<Micros | null>(null)
  const moment = useEffectEvent(() => useStore.getState().frame?.moment.at ?? 0)
  // The engine is outside of React; the diagram forgets the past that it shows when the panel is gone.
  useEffect(() => {
    if (subject === null) return
    let wanted = true
    void client.ask({ type: 'why', subject }).then((answer) => {
      if (!wanted) return
      setAt(moment())
      if (answer.type === 'why') useWhy.setState({ answer: answer.explanation })
      else useWhy.setState({ answer: answer.type === 'error' ? `No answer: ${answer.text}.` : 'No answer.' })
    })
    return () => {
      wanted = false
    }
  }, [subject])
  useEffect(() => () => useWhy.setState({ subject: null, answer: null }), [])
  return at
}

function SectionOf({ section: { question, lines }, now }: { section: Section; now: Micros }) {
  return (
    <section>
      <h3>{question}</h3>
      <ol>
        {lines.map((line, i) => (
          <LineOf key={`${line.event?.seq} ${line.text}`} line={line} now={now} first={i === 0} />
        ))}
      </ol>
    </section>
  )
}

function LineOf({ line: { text, tone, event, root }, now, first }: { line: Line; now: Micros; first: boolean }) {
  const words = (
    <span>
      {text}
      {root !== null && <em className="why-root">{ROOTS[root]}</em>}
    </span>
  )
  if (event === null) {
    return (
      <li data-stands>
        <p>{words}</p>
      </li>
    )
  }
  const { at, seq } = event
  return (
    <li data-tone={tone} data-root={root ?? undefined} data-first={first || undefined} data-event={seq}>
      <button
        type="button"
        className="why-line"
        aria-current={at === now || undefined}
        title="Go to this moment"
        onClick={() => actions.seek(at)}
      >
        <span className="mono">{formatInstant(at)}</span>
        {words}
      </button>
    </li>
  )
}
