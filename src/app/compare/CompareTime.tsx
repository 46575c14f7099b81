import { type PointerEvent, useMemo, useRef } from 'react'
import { formatInstant, MS } from '../../base/units.ts'
import { type Pair, type Stride, strideText } from '../../lab/comparison.ts'
import { LaneSheet } from '../../ui/lanes/LaneSheet.tsx'
import { roughly } from '../../ui/lanes/roughly.ts'
import { layoutCrowd, layoutRows, MOST_LANES, type Rows } from '../../ui/lanes/rows.ts'
import { xOf } from '../../ui/lanes/scale.ts'
import type { Interval } from '../../ui/lanes/window.ts'
import { Icon } from '../../ui/icons.tsx'
import { useSize } from '../../ui/use-size.ts'
import { useTouchDrag } from '../../ui/use-touch-drag.ts'
import { SpeedControl } from '../components/SpeedControl.tsx'
import { Tool } from '../components/Tool.tsx'
import { useScale } from '../components/use-shown.ts'
import { compareCursor, lookAt, playBoth, seekBoth, strideBoth } from './compare-desk.ts'
import { type CompareSide, SIDES, useCompare } from './compare-state.ts'
import { windowAround, zoomed } from './compare-window.ts'
import { useCompareCursor } from './use-compare-cursor.ts'

/** Both runs on one time axis, one over the other, and time in the hand. */
export function CompareTime() {
  const sides = useCompare((s) => s.sides)
  if (sides === null) return null
  return (
    <div className="compare-time">
      <Controls />
      <InWords names={[sides[0].name, sides[1].name]} />
      <Diagrams sides={sides} />
      <Whole />
    </div>
  )
}

function Controls() {
  const playing = useCompare((s) => s.playing)
  const window = useCompare((s) => s.window)
  const until = useCompare((s) => s.until)
  const first = useCompare((s) => s.comparison?.first ?? null)
  const compared = useCompare((s) => s.comparison !== null)
  const clock = useRef<HTMLTimeElement>(null)
  useCompareCursor((now) => {
    if (clock.current !== null) clock.current.textContent = formatInstant(now)
  })
  const zoom = (by: 0.5 | 2) => lookAt(zoomed(window, by, compareCursor.now(), until))
  return (
    <div className="compare-controls" role="group" aria-label="Time of both">
      <button type="button" className="button primary" onClick={() => playBoth(!playing)}>
        <Icon name={playing ? 'pause' : 'play'} />
        {playing ? 'Pause' : 'Play'}
      </button>
      <Strides disabled={compared ? null : COMPARING} />
      <time ref={clock} className="tabular" />
      <SpeedControl />
      <Tool
        disabled={first === null ? 'there is no first difference yet' : null}
        title="Where they part"
        onClick={() => {
          if (first === null) return
          lookAt(windowAround(first.at, until))
          seekBoth(first.at)
        }}
      >
        First difference
      </Tool>
      <span className="compare-zoom">
        <Tool className="icon-button" label="Half as much time" title="Half as much time" onClick={() => zoom(0.5)}>
          <Icon name="plus" />
        </Tool>
        <Tool className="icon-button" label="Twice as much time" title="Twice as much time" onClick={() => zoom(2)}>
          <Icon name="minus" />
        </Tool>
      </span>
    </div>
  )
}

/** `disabled`: why there are none yet. */
function Strides({ disabled }: { disabled: string | null }) {
  return (
    <span className="compare-steps">
      <Tool
        className="icon-button"
        label="Last event of either"
        title="One event back, of either (←)"
        disabled={disabled}
        onClick={() => strideBoth(-1)}
      >
        <Icon name="chevronLeft" />
      </Tool>
      <Tool
        className="icon-button"
        label="Next event of either"
        title="One event on, of either (→)"
        disabled={disabled}
        onClick={() => strideBoth(1)}
      >
        <Icon name="chevronRight" />
      </Tool>
    </span>
  )
}

const COMPARING = 'the two are still being compared'

/** What the last step from event to event came to. */
function InWords({ names }: { names: Pair<string> }) {
  const stride = useCompare((s) => s.stride)
  const end = useCompare((s) => s.end)
  const until = useCompare((s) => s.until)
  const compared = useCompare((s) => s.comparison !== null)
  return (
    <p className="compare-words" role="status" data-differs={stride !== null && differs(stride) ? true : undefined}>
      {end === 1 && `Nothing more happens in either up to ${formatInstant(until)}, where the comparison ends. `}
      {end === -1 && 'This is the start of both. '}
      {end === null && stride !== null && strideText(stride, names)}
      {end === null && stride === null && (
        <span className="dim">
          {compared ? 'Step with ← and →, from event to event of either.' : 'Both are being compared…'}
        </span>
      )}
    </p>
  )
}

const differs = ({ sides: [a, b], field }: Stride): boolean => a?.text !== b?.text || field !== null

/** In pixels, at the usual size of letters. */
const AXIS = 18
const NAMES = 64
/** The height of the lanes of one run; in a low window the pictures above have a right to it, too. */
const roomNow = (): number => (matchMedia('(max-height: 800px)').matches ? 66 : 92)

function Diagrams({ sides }: { sides: Pair<CompareSide> }) {
  const place = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLDivElement>(null)
  useTouchDrag(place)
  const width = useSize(place)?.width ?? 0
  const scale = useScale()
  const window = useCompare((s) => s.window)
  const first = useCompare((s) => s.comparison?.first ?? null)
  const left = NAMES * scale
  const time = useMemo(
    () => ({ ...window, k: Math.max(1, width - left) / (window.to - window.from) }),
    [window, width, left],
  )
  useCompareCursor((now) => {
    if (head.current === null) return
    head.current.style.transform = `translateX(${left + xOf(time, now)}px)`
    head.current.hidden = now < window.from || now > window.to
  })
  const seek = (event: PointerEvent<HTMLDivElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - left
    seekBoth(Math.min(window.to, Math.max(window.from, window.from + x / time.k)))
  }
  const isIn = first !== null && first.at >= window.from && first.at <= window.to
  return (
    <div
      ref={place}
      className="compare-diagrams"
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        seek(event)
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && seek(event)}
    >
      {width > 0 &&
        SIDES.map((i) => (
          <Diagram
            key={i}
            side={sides[i]}
            window={window}
            width={width}
            left={left}
            axis={i === 0 ? AXIS * scale : 0}
          />
        ))}
      {isIn && (
        <div
          className="compare-mark"
          data-mark="parting"
          data-late={first.at > (window.from + 2 * window.to) / 3 || undefined}
          style={{ left: left + xOf(time, first.at) }}
        >
          <span>{formatInstant(first.at)}: they part</span>
        </div>
      )}
      <div ref={head} className="compare-head" />
    </div>
  )
}

interface DiagramProps {
  side: CompareSide
  window: Interval
  width: number
  left: number
  axis: number
}

function Diagram({ side, ...place }: DiagramProps) {
  const { name, lanes, counts } = side
  const scale = useScale()
  const names = namesOf(side)
  const room = roomNow() * scale
  const rows = useMemo(() => rowsOf(names.split(' '), room, scale), [names, room, scale])
  return (
    <figure>
      <figcaption>{name}</figcaption>
      <LaneSheet lanes={lanes} counts={counts} rows={rows} {...place} />
      {counts !== null && (
        <p className="compare-note dim">Messages are added up in columns of {roughly(counts.column)}</p>
      )}
    </figure>
  )
}

/** The servers as one text, which is the same as long as they are. */
function namesOf({ value, frame }: CompareSide): string {
  const all = frame?.world.processes ?? value.setup.processes.map(({ id, beside = null }) => ({ id, beside }))
  return all
    .filter(({ beside }) => beside === null)
    .map(({ id }) => id)
    .join(' ')
}

function rowsOf(servers: readonly string[], room: number, scale: number): Rows {
  return servers.length > MOST_LANES
    ? layoutCrowd(null, servers.length, room, scale)
    : layoutRows(servers, [], room, scale)
}

/** The whole of both runs, with what is drawn above and where they part. */
function Whole() {
  const until = useCompare((s) => s.until)
  const window = useCompare((s) => s.window)
  const first = useCompare((s) => s.comparison?.first ?? null)
  const slider = useRef<HTMLInputElement>(null)
  useCompareCursor((now) => {
    if (slider.current === null) return
    slider.current.value = String(Math.round(now))
    slider.current.setAttribute('aria-valuetext', `${formatInstant(now)} simulated`)
  })
  const share = (at: number): string => `${(at / until) * 100}%`
  return (
    <div className="compare-whole">
      <i className="compare-window" style={spread(window, share)} />
      {first !== null && <i className="compare-whole-mark" style={{ left: share(first.at) }} />}
      <input
        ref={slider}
        type="range"
        aria-label="Moment of both"
        min={0}
        max={until}
        step={MS}
        defaultValue={0}
        onChange={({ target }) => seekBoth(Number(target.value))}
      />
    </div>
  )
}

const spread = ({ from, to }: Interval, share: (at: number) => string) => ({
  left: share(from),
  width: share(to - from),
})
