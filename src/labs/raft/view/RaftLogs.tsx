import { useEffect, useMemo, useRef, useState, type WheelEvent } from 'react'
import { Icon } from '../../../ui/icons.tsx'
import type { LabProps } from '../../../ui/lab-view.ts'
import { clamp } from '../../../ui/stage/geometry.ts'
import { useSize } from '../../../ui/use-size.ts'
import type { RaftView } from '../observe.ts'
import { LogRow } from './LogRow.tsx'

const NAME_WIDTH = 34
const CELL_WIDTH = 43
/** A window without a first index is the end of the log, wherever that is by then. */
const FOLLOW = -1

/** The logs of all servers, entry over entry, with what a crash would leave of each. */
export function RaftLogs({ view, selected, onSelect, setWindow }: LabProps<RaftView>) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useSize(frame)?.width ?? 0
  const columns = Math.max(3, Math.floor((width - NAME_WIDTH) / CELL_WIDTH))
  const newest = Math.max(1, view.lastIndex - columns + 1)
  /** The first index that the user has scrolled to; null while the end of the log is followed. */
  const [pinned, setPinned] = useState<number | null>(null)
  const wanted = pinned ?? FOLLOW

  // The engine sends only what is on screen: it has to be told what that is.
  useEffect(() => {
    if (width > 0) setWindow({ entries: columns, firstIndex: wanted })
  }, [setWindow, width, columns, wanted])

  const scroll = (by: number) => {
    const first = clamp(view.firstIndex + by, 1, newest)
    setPinned(first >= newest ? null : first)
  }
  const known = useMemo(() => committedOf(view), [view])
  const first = view.firstIndex
  const indexes = Array.from({ length: columns }, (_, i) => first + i)
  return (
    <section className="section raft-logs" aria-label="Replicated log">
      <header className="raft-logs-head">
        <h3 className="section-title">Replicated log</h3>
        <div className="raft-logs-scroll">
          {pinned !== null && (
            <button type="button" className="button small quiet" onClick={() => setPinned(null)}>
              latest
            </button>
          )}
          <ScrollButton
            label="Earlier entries"
            name="chevronLeft"
            disabled={first <= 1}
            onClick={() => scroll(1 - columns)}
          />
          <ScrollButton
            label="Later entries"
            name="chevronRight"
            disabled={first >= newest}
            onClick={() => scroll(columns - 1)}
          />
        </div>
      </header>
      <div ref={frame} onWheel={(event: WheelEvent) => event.deltaX !== 0 && scroll(Math.sign(event.deltaX))}>
        <table className="raft-log">
          <colgroup>
            <col style={{ width: NAME_WIDTH }} />
            {indexes.map((index) => (
              <col key={index} style={{ width: CELL_WIDTH }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              <td />
              {indexes.map((index) => (
                <th key={index} scope="col">
                  {index}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.servers.map((server) => (
              <LogRow
                key={server.id}
                id={server.id}
                down={server.status === 'down'}
                known={known}
                selected={server.id === selected}
                first={first}
                columns={columns}
                commitIndex={server.commitIndex}
                lastApplied={server.lastApplied}
                entries={server.entries}
                onSelect={onSelect}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Legend />
    </section>
  )
}

/** The term of each entry on screen that some server knows to be committed, by index. */
function committedOf({ servers }: RaftView): ReadonlyMap<number, number> {
  const entries = servers.flatMap((server) => server.entries.filter(({ committed }) => committed))
  return new Map(entries.map(({ index, term }) => [index, term]))
}

function ScrollButton(props: {
  label: string
  name: 'chevronLeft' | 'chevronRight'
  disabled: boolean
  onClick(): void
}) {
  const { label, name, disabled, onClick } = props
  return (
    <button
      type="button"
      className="icon-button small quiet"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={name} size={13} />
    </button>
  )
}

function Legend() {
  return (
    <ul className="raft-log-legend">
      <li>
        <i className="key committed" /> committed
      </li>
      <li>
        <i className="key" /> not yet
      </li>
      <li>
        <i className="key disk" /> on disk
      </li>
      <li>
        <i className="key commit" /> commit index
      </li>
      <li>
        <i className="key applied" /> applied
      </li>
    </ul>
  )
}
