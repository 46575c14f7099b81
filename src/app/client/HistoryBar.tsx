import { type KeyboardEvent, memo } from 'react'
import { formatInstant, type Micros } from '../../base/units.ts'
import type { Bar } from './track.ts'

/** What the judge says of an operation: where it takes effect, as the how manieth; or that it cannot. */
export interface Mark {
  point: Micros | null
  rank: number | null
  stuck: boolean
}

interface BarProps {
  bar: Bar
  row: number
  /** In per cent of the view; what is beyond it is cut off. */
  left: number
  right: number
  mark: Mark | undefined
  pointed: boolean
  toPercent(at: Micros): number
  onChoose(bar: Bar): void
  onWalk(from: Bar, by: number): Bar | null
  onSeek: ((at: Micros) => void) | null
}

/** One operation. Arrows walk from one to the next in order of asking; Enter goes to where it was asked. */
export const HistoryBar = memo(function HistoryBar(props: BarProps) {
  const { bar, row, left, right, mark, pointed, toPercent, onChoose, onWalk, onSeek } = props
  const from = Math.max(left, -1)
  const width = Math.max(Math.min(right, 101) - from, 0.8)
  const point = mark?.point === null || mark === undefined ? null : toPercent(mark.point)
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const by = STEPS[event.key]
    if (by === undefined) return
    event.preventDefault()
    const lane = event.currentTarget.closest('.history')
    const next = onWalk(bar, by)
    // It may come into view only with the next picture.
    if (next !== null) requestAnimationFrame(() => requestAnimationFrame(() => focusOn(lane, next.id)))
  }
  return (
    <>
      <button
        type="button"
        className="history-bar"
        style={{ left: `${from}%`, width: `${width}%`, top: `calc(4px + ${row} * var(--row))` }}
        data-operation-bar={bar.id}
        data-verdict={bar.verdict}
        data-stuck={mark?.stuck === true || undefined}
        data-pointed={pointed || undefined}
        aria-label={words(bar, mark)}
        onPointerEnter={() => onChoose(bar)}
        onFocus={() => onChoose(bar)}
        onClick={() => onSeek?.(bar.call)}
        onKeyDown={onKeyDown}
      >
        <span>
          {bar.text}
          {bar.verdict !== 'waiting' && <em> {bar.told}</em>}
        </span>
      </button>
      {point !== null && point >= 0 && point <= 100 && (
        <i
          className="history-point"
          style={{ left: `${point}%`, top: `calc(4px + ${row} * var(--row))` }}
          aria-hidden="true"
        >
          {mark?.rank}
        </i>
      )}
    </>
  )
})

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }

function focusOn(within: Element | null, id: string): void {
  within?.querySelector<HTMLElement>(`[data-operation-bar="${CSS.escape(id)}"]`)?.focus()
}

function words({ client, text, told, call, end }: Bar, mark: Mark | undefined): string {
  const when = end === null ? `asked at ${formatInstant(call)}` : `from ${formatInstant(call)} to ${formatInstant(end)}`
  const judged = mark === undefined ? '' : mark.stuck ? ', cannot be placed' : `, number ${mark.rank} in the order`
  return `${client}: ${text}, ${told}, ${when}${judged}`
}
