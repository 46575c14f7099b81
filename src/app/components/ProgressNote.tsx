import { formatInstant } from '../../base/units.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { useThrottled } from './use-throttled.ts'

/** A run that takes a while says how far it has come, and can be stopped there. */
export function ProgressNote() {
  const progress = useThrottled(
    useStore((s) => s.progress),
    60,
  )
  if (progress === null) return null
  const { at, target } = progress
  // What was run through is known now; a search backwards has gone nowhere yet.
  const stop = () => {
    const shownAt = useStore.getState().frame?.moment.at ?? 0
    actions.pause()
    actions.seek(target > shownAt ? Math.max(at, shownAt) : shownAt)
  }
  return (
    <div className="progress">
      <progress
        max={progress.target}
        value={progress.at}
        aria-label={`Running on to ${formatInstant(progress.target)}`}
      />
      <span className="mono">{formatInstant(progress.at)}</span>
      <button type="button" className="button quiet small" title="Stays where it has come" onClick={stop}>
        Stop
      </button>
    </div>
  )
}
