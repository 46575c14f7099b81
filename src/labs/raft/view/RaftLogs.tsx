import { memo, type RefObject, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { Icon } from '../../../ui/icons.tsx'
import type { LabProps } from '../../../ui/lab-view.ts'
import { NUMBERS } from '../../../ui/numbers.ts'
import { clamp } from '../../../ui/stage/geometry.ts'
import { useSize } from '../../../ui/use-size.ts'
import type { RaftView } from '../observe.ts'
import { LogPlaces } from './LogPlaces.tsx'
import { entryText, LogRow, walkEntries } from './LogRow.tsx'
import { Tool } from '../../../ui/Tool.tsx'

const NAME_WIDTH = 34
/** For a text of five letters; longer ones get wider cells, up to a bound. */
const CELL_WIDTH = 43
const LETTER_WIDTH = 7.5
const WIDEST_CELL = 96
/** A window without a first index is the end of the log, wherever that is by then. */
const FOLLOW = -1

/** The logs of all servers, entry over entry, with what a crash would leave of each. */
export function RaftLogs({ view, selected, scale = 1, onSelect, setWindow }: LabProps<RaftView>) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useSize(frame)?.width ?? 0
  const nameWidth = NAME_WIDTH * scale
  const cellWidth = useCellWidth(view) * scale
  const columns = Math.max(3, Math.floor((width - nameWidth) / cellWidth))
  const newest = Math.max(1, view.lastIndex - columns + 1)
  /** The first index that the user has scrolled to; null while the end of the log is followed. */
  const [pinned, setPinned] = useState<number | null>(null)
  const wanted = pinned ?? FOLLOW

  // The engine sends only what is on screen: it has to be told what that is.
  useEffect(() => {
    if (width > 0) setWindow({ entries: columns, firstIndex: wanted })
  }, [setWindow, width, columns, wanted])

  const goTo = useCallback((index: number) => setPinned(index >= newest ? null : Math.max(1, index)), [newest])
  // From where the window will be: the engine's answer may still be under way.
  const scroll = (by: number) => goTo(clamp((pinned ?? newest) + by, 1, newest))
  useWheel(frame, (entries) => {
    const place = pinned ?? newest
    const inside = entries < 0 ? place > 1 : place < newest
    if (inside) scroll(entries)
    return inside
  })
  const known = useMemo(() => committedOf(view), [view])
  const first = view.firstIndex
  const extent = { first, newest, columns, lastIndex: view.lastIndex }
  const commitIndex = Math.max(0, ...view.servers.map((server) => server.commitIndex))
  return (
    <section className="section raft-logs" aria-label="Replicated log">
      <LogsHead {...extent} onScroll={scroll} />
      <div ref={frame}>
        <table className="raft-log">
          <Columns columns={columns} nameWidth={nameWidth} cellWidth={cellWidth} />
          <Indexes first={first} columns={columns} />
          <tbody onKeyDown={walkEntries}>
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
                compactedTo={server.snapshot?.compactedTo ?? 0}
                onSelect={onSelect}
              />
            ))}
          </tbody>
        </table>
      </div>
      <LogPlaces {...extent} commitIndex={commitIndex} onGo={goTo} />
      <Legend />
    </section>
  )
}

interface LogsHeadProps {
  first: number
  newest: number
  columns: number
  lastIndex: number
  /** By so many entries. */
  onScroll(by: number): void
}

function LogsHead({ first, newest, columns, lastIndex, onScroll }: LogsHeadProps) {
  return (
    <header className="raft-logs-head">
      <h3 className="section-title">Replicated log</h3>
      <div className="raft-logs-scroll">
        <span className="raft-logs-extent tabular">{extentText(first, columns, lastIndex)}</span>
        <ScrollButton
          label="Earlier entries"
          name="chevronLeft"
          disabled={first <= 1 ? 'the logs begin here' : null}
          onClick={() => onScroll(1 - columns)}
        />
        <ScrollButton
          label="Later entries"
          name="chevronRight"
          disabled={first >= newest ? 'the logs end here' : null}
          onClick={() => onScroll(columns - 1)}
        />
      </div>
    </header>
  )
}

const Columns = memo(function Columns(props: { columns: number; nameWidth: number; cellWidth: number }) {
  const { columns, nameWidth, cellWidth } = props
  return (
    <colgroup>
      <col style={{ width: nameWidth }} />
      {Array.from({ length: columns }, (_, i) => (
        <col key={i} style={{ width: cellWidth }} />
      ))}
    </colgroup>
  )
})

const Indexes = memo(function Indexes({ first, columns }: { first: number; columns: number }) {
  return (
    <thead>
      <tr>
        <td />
        {Array.from({ length: columns }, (_, i) => (
          <th key={first + i} scope="col">
            {first + i}
          </th>
        ))}
      </tr>
    </thead>
  )
})

/** Wide enough for every text that was on screen so far: while one reads, cells never get narrower again. */
function useCellWidth({ servers }: RaftView): number {
  const [widest, setWidest] = useState(CELL_WIDTH)
  const letters = Math.max(...servers.flatMap(({ entries }) => entries.map(({ text }) => entryText(text).length)), 0)
  const needed = Math.min(WIDEST_CELL, CELL_WIDTH + Math.max(0, letters - 5) * LETTER_WIDTH)
  if (needed > widest) setWidest(needed)
  return Math.max(needed, widest)
}

/** `4,990–4,998 of 5,012`, once not all entries are on screen. */
function extentText(first: number, columns: number, lastIndex: number): string {
  if (lastIndex <= columns) return ''
  const [from, to, all] = [first, Math.min(lastIndex, first + columns - 1), lastIndex].map((n) => NUMBERS.format(n))
  return `${from}–${to} of ${all}`
}

/** A notch of most wheels. */
const NOTCH = 40

/** Turns of the wheel over an element, in whole entries; the page scrolls instead where the listener takes none. */
function useWheel(frame: RefObject<HTMLElement | null>, onTurn: (entries: number) => boolean): void {
  const rest = useRef(0)
  const turn = useEffectEvent((event: WheelEvent) => {
    if (event.ctrlKey) return
    const delta = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY
    const entries = Math.trunc((rest.current + delta) / NOTCH)
    rest.current += delta - entries * NOTCH
    if (entries === 0 || onTurn(entries)) event.preventDefault()
  })
  // React listens to the wheel passively, and so could not keep the page from scrolling too.
  useEffect(() => {
    const element = frame.current
    const listen = (event: WheelEvent) => turn(event)
    element?.addEventListener('wheel', listen, { passive: false })
    return () => element?.removeEventListener('wheel', listen)
  }, [frame])
}

/** The term of each entry on screen that some server knows to be committed, by index. */
function committedOf({ servers }: RaftView): ReadonlyMap<number, number> {
  const entries = servers.flatMap((server) => server.entries.filter(({ committed }) => committed))
  return new Map(entries.map(({ index, term }) => [index, term]))
}

function ScrollButton(props: {
  label: string
  name: 'chevronLeft' | 'chevronRight'
  disabled: string | null
  onClick(): void
}) {
  const { label, name, disabled, onClick } = props
  return (
    <Tool className="icon-button small quiet" label={label} title={label} disabled={disabled} onClick={onClick}>
      <Icon name={name} size={13} />
    </Tool>
  )
}

const Legend = memo(function Legend() {
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
})
