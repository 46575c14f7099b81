import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { formatDuration, formatInstant, type Micros } from '../../base/units.ts'
import { Icon } from '../../ui/icons.tsx'
import { Switch } from '../components/SettingsSwitch.tsx'
import type { FaultSpan } from './faults.ts'
import { HistoryAxis, HistoryCursor, HistoryFaults } from './HistoryAxis.tsx'
import type { Mark } from './HistoryBar.tsx'
import type { Judged } from './judge-client.ts'
import { type Bar, type Told, tracks } from './track.ts'
import { TrackRow } from './TrackRow.tsx'
import { useMarks } from './use-marks.ts'
import { type Span, useSpan } from './use-span.ts'

interface DiagramProps {
  told: Told
  judged: Judged | null
  clients: readonly string[]
  /** The moment on show; null where there is none. */
  at: Micros | null
  faults: readonly FaultSpan[]
  ordered: boolean
  onOrder(ordered: boolean): void
  /** Operations to look at, by their ids. Another list brings them into view. */
  pointed: readonly string[]
  onSeek: ((at: Micros) => void) | null
  /** Whether the axis is time, and not the mere order of events. */
  timed: boolean
}

/** A bar from call to return for each operation, a track for each client, on the run's own time axis with its faults. */
export function HistoryDiagram(props: DiagramProps) {
  const { told, judged, clients, at, faults, ordered, onOrder, pointed, onSeek, timed } = props
  const all = useMemo(() => tracks(told.bars, clients), [told.bars, clients])
  const end = useMemo(
    () => told.bars.reduce((last, { call, end: to }) => Math.max(last, call, to ?? 0), at ?? 0),
    [told.bars, at],
  )
  const { span, zoom, shift, show, around, whole } = useSpan(at, end, told.bars.at(-1)?.call ?? 0)
  const marks = useMarks(told, judged, ordered, end)
  const stuck = told.bars.find(({ place }) => place !== null && marks.get(place)?.stuck === true) ?? null
  const [chosen, setChosen] = useState<Bar | null>(null)
  usePointed(told.bars, pointed, (bars) => {
    around(
      Math.min(...bars.map(({ call }) => call)),
      Math.max(...bars.map((bar) => bar.end ?? bar.call)),
      bars.length > 1 ? 2 : 10,
    )
    setChosen(bars.at(-1) ?? null)
  })
  const root = useScrolledTo(pointed)
  const order = useMemo(() => told.bars.toSorted((x, y) => x.call - y.call), [told.bars])
  const walk = (from: Bar, by: number): Bar | null => {
    const next = order[order.findIndex(({ id }) => id === from.id) + by] ?? null
    if (next !== null) show(next.call, next.end ?? next.call)
    return next
  }
  return (
    <div className="history" ref={root}>
      <HistoryTools {...{ told, ordered, onOrder, zoom, shift, whole }} />
      <div
        className="history-plot"
        data-ordered={ordered || undefined}
        role="group"
        aria-label={`Operations by client, ${viewText(span, timed)}`}
      >
        <HistoryAxis span={span} timed={timed} onSeek={onSeek} />
        {faults.length > 0 && <HistoryFaults faults={faults} span={span} end={end} />}
        {all.map((track) => (
          <TrackRow
            key={track.client}
            track={track}
            at={at}
            span={span}
            marks={marks}
            pointed={pointed}
            onChoose={setChosen}
            onWalk={walk}
            onSeek={onSeek}
          />
        ))}
        {at !== null && <HistoryCursor span={span} />}
      </div>
      <Detail bar={chosen ?? stuck ?? told.bars.at(-1) ?? null} marks={marks} timed={timed} />
    </div>
  )
}

/** Looks at operations when another list of them is pointed at. */
function usePointed(all: readonly Bar[], pointed: readonly string[], look: (bars: readonly Bar[]) => void): void {
  const [looked, setLooked] = useState(pointed)
  // Set while rendering, so that no stale view is drawn.
  if (looked === pointed) return
  setLooked(pointed)
  const bars = all.filter(({ id }) => pointed.includes(id))
  if (bars.length > 0) look(bars)
}

/** The element that is scrolled into view with what is pointed at. */
function useScrolledTo(pointed: readonly string[]) {
  const root = useRef<HTMLDivElement>(null)
  // Where the page is scrolled to is outside React.
  useEffect(() => {
    if (pointed.length === 0) return
    root.current?.scrollIntoView({ block: 'nearest' })
    // Many clients are higher than the panel.
    root.current?.querySelector('[data-pointed]')?.scrollIntoView({ block: 'nearest' })
  }, [pointed])
  return root
}

const viewText = ({ from, to }: Span, timed: boolean): string =>
  timed ? `${formatDuration(Math.round(to - from))} in view` : 'in order of events'

interface ToolsProps extends Pick<DiagramProps, 'told' | 'ordered' | 'onOrder'> {
  zoom(factor: number): void
  shift(share: number): void
  whole(): void
}

function HistoryTools({ told, ordered, onOrder, zoom, shift, whole }: ToolsProps) {
  const id = useId()
  return (
    <div className="history-tools" data-picture="none">
      {told.model !== null && (
        <>
          <Switch id={id} on={ordered} onSwitch={onOrder} />
          <label htmlFor={id}>Show an order</label>
        </>
      )}
      <Tool name="Earlier" icon="chevronLeft" onClick={() => shift(-0.5)} />
      <Tool name="Later" icon="chevronRight" onClick={() => shift(0.5)} />
      <Tool name="Zoom out" icon="minus" onClick={() => zoom(2)} />
      <Tool name="Zoom in" icon="plus" onClick={() => zoom(0.5)} />
      <button type="button" className="history-all" onClick={whole}>
        All
      </button>
    </div>
  )
}

function Tool({
  name,
  icon,
  onClick,
}: {
  name: string
  icon: 'chevronLeft' | 'chevronRight' | 'plus' | 'minus'
  onClick(): void
}) {
  return (
    <button type="button" className="icon-button" aria-label={name} title={name} onClick={onClick}>
      {icon === 'minus' ? <span aria-hidden="true">−</span> : <Icon name={icon} size={14} />}
    </button>
  )
}

/** The operation that was pointed at last, in words. */
function Detail({ bar, marks, timed }: { bar: Bar | null; marks: Map<number, Mark>; timed: boolean }) {
  if (bar === null) return null
  const mark = bar.place === null ? undefined : marks.get(bar.place)
  return (
    <p className="history-detail" aria-live="polite">
      <strong>
        {bar.client}: {bar.text}
      </strong>{' '}
      <span data-verdict={bar.verdict}>{bar.told}</span>{' '}
      <span className="dim">
        {timed ? whenText(bar) : ''} · {bar.id}
        {mark?.rank !== null && mark !== undefined && ` · number ${mark.rank} in the order`}
        {mark?.stuck === true && ' · cannot be placed'}
      </span>
    </p>
  )
}

const whenText = ({ call, end }: Bar): string =>
  end === null ? `asked at ${formatInstant(call)}` : `${formatInstant(call)} + ${formatDuration(end - call)}`
