import { memo } from 'react'
import { NUMBERS } from '../../../ui/numbers.ts'
import { clamp } from '../../../ui/stage/geometry.ts'
import { Tool } from '../../../ui/Tool.tsx'

interface LogPlacesProps {
  /** The log index at the left edge, and the last that can be there. */
  first: number
  newest: number
  columns: number
  lastIndex: number
  /** The highest index that a server knows to be committed. */
  commitIndex: number
  onGo(first: number): void
}

/** Where in the logs the window stands, and how to get elsewhere: by hand, by keys, in one jump. */
export const LogPlaces = memo(function LogPlaces(props: LogPlacesProps) {
  const { first, newest, columns, lastIndex, commitIndex, onGo } = props
  const last = Math.min(lastIndex, first + columns - 1)
  const middle = clamp(commitIndex - Math.floor(columns / 2), 1, newest)
  return (
    <div
      className="raft-log-places"
      data-picture="none"
      role="group"
      aria-label="Place in the logs"
      data-fits={newest <= 1 || undefined}
    >
      <Jump
        label="first"
        title="The beginning of the logs"
        disabled={first <= 1 ? 'the logs begin here' : null}
        onClick={() => onGo(1)}
      />
      <input
        type="range"
        className="slider"
        aria-label="First entry on screen"
        aria-valuetext={`entries ${number(first)} to ${number(last)} of ${number(lastIndex)}`}
        min={1}
        max={newest}
        value={Math.min(first, newest)}
        onChange={(event) => onGo(Number(event.currentTarget.value))}
        onKeyDown={(event) => {
          // The browser's own leap is a tenth of the log, which may be hundreds of entries.
          const leap = event.key === 'PageUp' ? columns - 1 : event.key === 'PageDown' ? 1 - columns : 0
          if (leap === 0) return
          event.preventDefault()
          onGo(clamp(first + leap, 1, newest))
        }}
      />
      <Jump
        label="commit"
        title={`Entry ${number(commitIndex)}, the last that is committed`}
        disabled={commitIndex === 0 ? 'nothing is committed' : null}
        onClick={() => onGo(middle)}
      />
      <Jump
        label="last"
        title="The end of the logs, and follow it"
        disabled={first >= newest ? 'the logs end here' : null}
        onClick={() => onGo(newest)}
      />
    </div>
  )
})

const number = (index: number): string => NUMBERS.format(index)

function Jump(props: { label: string; title: string; disabled: string | null; onClick(): void }) {
  const { label, ...tool } = props
  return (
    <Tool className="button small quiet" {...tool}>
      {label}
    </Tool>
  )
}
