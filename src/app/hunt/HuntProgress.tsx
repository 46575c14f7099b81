import { cancelHunt, huntRate, pauseHunt, resumeHunt } from './hunt-desk.ts'
import type { Hunt } from './hunt-state.ts'

/** How far it is, how fast, and how long it may take. */
export function HuntProgress({ hunt }: { hunt: Hunt }) {
  const { runs, count, state } = hunt
  const paused = state === 'paused'
  return (
    <div className="hunt-progress">
      <progress max={count} value={runs} aria-label="Seeds that have run" />
      <p role="status">{paused ? `Paused. ${countText(hunt)}.` : `${countText(hunt)}${paceText(hunt)}`}</p>
      <button type="button" className="button" onClick={paused ? resumeHunt : pauseHunt}>
        {paused ? 'Go on' : 'Pause'}
      </button>
      <button type="button" className="button" onClick={cancelHunt}>
        Cancel
      </button>
    </div>
  )
}

const countText = ({ runs, count }: Hunt): string =>
  `${runs.toLocaleString('en')} of ${count.toLocaleString('en')} seeds`

function paceText(hunt: Hunt): string {
  const rate = huntRate(hunt)
  if (rate === 0) return ''
  const pace = `, ${rate.toFixed(rate < 10 ? 1 : 0)} a second`
  if (hunt.runs === hunt.count) return `${pace}. What broke is being shrunk.`
  return `${pace}, about ${timeText((hunt.count - hunt.runs) / rate)} left`
}

const timeText = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`
