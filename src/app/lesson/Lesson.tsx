import { useEffect } from 'react'
import type { Step } from '../../lab/steps.ts'
import { Icon } from '../../ui/icons.tsx'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { Challenge } from './Challenge.tsx'
import { follow } from './desk.ts'
import { highlight, panelOf } from './highlight.ts'
import { Answers, Questions } from './Questions.tsx'
import { useGlossary } from './use-glossary.ts'
import { Words } from './Words.tsx'
import { Tool } from '../../ui/Tool.tsx'
import './lesson.css'

/** What stands beside the stage of a lesson or a challenge. Draws nothing for any other run. */
export function Guide() {
  const scenario = useStore((s) => s.scenario)
  const embedded = useStore((s) => s.embedded)
  if (scenario === null || embedded) return null
  return scenario.challenge === null ? <Lesson /> : <Challenge scenario={scenario} task={scenario.challenge} />
}

/** The step of a lesson: words, questions, and the way on. */
function Lesson() {
  const scenario = useStore((s) => s.scenario)
  const step = useStore((s) => s.step)
  useEffect(follow, [])
  const shown = scenario?.steps[step]
  useHighlight(shown)
  if (scenario === null || shown === undefined) return null
  return (
    <section
      className="lesson"
      aria-label="Lesson"
      data-panel={panelOf(shown.highlight) === null ? undefined : ''}
      data-asks={shown.questions.length === 0 ? undefined : ''}
    >
      <header>
        <span className="lesson-name">{scenario.title}</span>
        <span className="lesson-count">
          Step {step + 1} of {scenario.steps.length}
        </span>
        <button
          type="button"
          className="link-button lesson-present"
          title="Full screen, for an audience (F)"
          onClick={() => actions.setPresenting('on')}
        >
          Present
        </button>
        <button
          type="button"
          className="icon-button small quiet"
          aria-label="Leave the lesson"
          title="Leave the lesson: the lab, with nothing planned"
          onClick={leave}
        >
          <Icon name="close" />
        </button>
      </header>
      <Places steps={scenario.steps} step={step} />
      <Text key={step} steps={scenario.steps} step={step} />
      <Ways steps={scenario.steps} step={step} />
    </section>
  )
}

const leave = (): void => actions.openLab(useStore.getState().lab?.engine.id ?? 'raft')

/** Where one is, and the way to any step that the run has been at. */
function Places({ steps, step }: { steps: readonly Step[]; step: number }) {
  const fired = useStore((s) => s.fired.length)
  return (
    <ol className="lesson-places" aria-label="Steps">
      {steps.map(({ title, part }, i) => (
        <li key={part}>
          <button
            type="button"
            aria-label={`Step ${i + 1}: ${title}`}
            title={title}
            aria-current={i === step ? 'step' : undefined}
            data-been={part < fired || undefined}
            onClick={() => actions.toStep(i)}
          />
        </li>
      ))}
    </ol>
  )
}

function Text({ steps, step }: { steps: readonly Step[]; step: number }) {
  const glossary = useGlossary()
  const { title, words, questions } = steps[step] as Step
  return (
    <div className="lesson-text">
      <div aria-live="polite">
        <Answers steps={steps} step={step} glossary={glossary} />
        <h2>{title}</h2>
        <Words text={words} glossary={glossary} onOpen={actions.openScenario} />
      </div>
      <Questions questions={questions} step={step} />
      <Astray />
    </div>
  )
}

/** Whoever acts by hand may lead a run where the next step never comes. */
function Astray() {
  const astray = useStore((s) => s.scenario !== null && s.step + 1 < s.scenario.steps.length && pastItsEnd(s))
  const id = useStore((s) => s.scenario?.id ?? '')
  if (!astray) return null
  return (
    <p className="lesson-astray" role="status">
      This run has taken a course of its own, and the next step may never come.{' '}
      <button type="button" className="link-button" onClick={() => actions.openScenario(id)}>
        Begin the lesson again
      </button>
    </p>
  )
}

const pastItsEnd = ({ frame, scenario }: ReturnType<typeof useStore.getState>): boolean =>
  frame !== null && scenario !== null && frame.moment.at > scenario.until

function Ways({ steps, step }: { steps: readonly Step[]; step: number }) {
  const playing = useStore((s) => s.playing)
  const first = useStore((s) => s.step === 0 && (s.frame?.moment.at ?? 0) === 0)
  const last = step === steps.length - 1
  const { offer } = steps[step] as Step
  return (
    <footer>
      <Tool
        disabled={first ? 'this is the start' : null}
        title="To where this step began, or the one before (Page Up)"
        onClick={() => actions.goBack()}
      >
        <Icon name="chevronLeft" />
        Back
      </Tool>
      {!last && (
        <button
          type="button"
          className="button primary"
          title={playing ? 'To the next step at once (Page Down)' : 'To the next step (Page Down)'}
          onClick={({ timeStamp }) => actions.goOn(timeStamp)}
        >
          {playing ? 'Skip ahead' : (offer ?? 'Go on')}
          <Icon name="chevronRight" />
        </button>
      )}
      {last && <span className="lesson-end">The lesson ends here.</span>}
    </footer>
  )
}

/** What the step speaks of stands out while it is on show. */
function useHighlight(step: Step | undefined): void {
  const leader = useStore((s) => (s.frame?.view as { leader?: string | null } | undefined)?.leader ?? null)
  useEffect(() => {
    highlight(step?.highlight ?? [], leader)
    return () => highlight([], null)
  }, [step, leader])
  const playing = useStore((s) => s.playing)
  useEffect(() => {
    const panel = panelOf(step?.highlight ?? [])
    if (panel !== null) actions.setPanel(panel)
  }, [step])
  // On a phone one of the two has room: the stage while time passes, the panel where the words speak of it.
  useEffect(() => {
    actions.showDetails(!playing && panelOf(step?.highlight ?? []) !== null)
    return () => actions.showDetails(false)
  }, [step, playing])
}
