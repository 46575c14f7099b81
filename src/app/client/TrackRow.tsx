import type { Micros } from '../../base/units.ts'
import { HistoryBar, type Mark } from './HistoryBar.tsx'
import type { Bar, Track } from './track.ts'
import { percent, type Span } from './use-span.ts'

interface RowProps {
  track: Track
  at: Micros | null
  span: Span
  marks: Map<number, Mark>
  pointed: readonly string[]
  onChoose(bar: Bar): void
  onWalk(from: Bar, by: number): Bar | null
  onSeek: ((at: Micros) => void) | null
}

/** Only what is in view is there: a long history costs no more than a short one. */
export function TrackRow({ track, at, span, marks, pointed, onChoose, onWalk, onSeek }: RowProps) {
  const seen = track.bars.filter(({ bar }) => bar.call <= span.to && (bar.end ?? Number.POSITIVE_INFINITY) >= span.from)
  // Of all that was given up, the first in each row draws the line: it is one line.
  const tails = new Map<number, Bar>()
  for (const { bar, row } of track.bars)
    if (isGivenUp(bar) && bar.call <= span.to && !tails.has(row)) tails.set(row, bar)
  return (
    <div className="history-track">
      <span className="history-client mono">{track.client}</span>
      <div className="history-lane" style={{ height: `calc(${track.rows} * var(--row) + 8px)` }}>
        {[...tails].map(([row, { end }]) => (
          <i
            key={row}
            className="history-tail"
            style={{
              left: `${Math.max(0, percent(end as Micros, span))}%`,
              top: `calc(4px + ${row} * var(--row) + 24px * var(--scale))`,
            }}
            aria-hidden="true"
          />
        ))}
        {seen.map(({ bar, row }) => (
          <HistoryBar
            key={bar.id}
            bar={bar}
            row={row}
            left={percent(bar.call, span)}
            right={
              bar.end === null
                ? bar.verdict === 'waiting' && at !== null
                  ? percent(at, span)
                  : 100
                : percent(bar.end, span)
            }
            mark={bar.place === null ? undefined : marks.get(bar.place)}
            pointed={pointed.includes(bar.id)}
            toPercent={(at) => percent(at, span)}
            onChoose={onChoose}
            onWalk={onWalk}
            onSeek={onSeek}
          />
        ))}
      </div>
    </div>
  )
}

/** Its client went on, but it may still happen. */
const isGivenUp = ({ verdict, end }: Bar): boolean => verdict === 'open' && end !== null
