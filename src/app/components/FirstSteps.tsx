import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { fillIn, stepsDone } from './first-steps.ts'
import { useShown } from './use-shown.ts'

/** What to try next, one thing at a time, until all is done or it is waved away. */
export function FirstSteps() {
  const dismissed = useStore((s) => s.hintsDismissed || s.embedded || s.scenario !== null)
  const done = useStore((s) => (s.run === null ? 0 : stepsDone(s.run)))
  const shown = useShown()
  if (dismissed || shown === null) return null
  const steps = shown.lab.engine.about.firstSteps
  const step = steps[done]
  const text = step === undefined ? null : fillIn(step, shown.frame.view)
  if (text === null) return null
  return (
    <section className="first-step" aria-label="What to try">
      <div className="first-step-count">
        Try this · {done + 1} of {steps.length}
        <button type="button" className="link-button" title="Show no more hints" onClick={() => actions.dismissHints()}>
          Dismiss
        </button>
      </div>
      <p key={done}>{text}</p>
    </section>
  )
}
