import { memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes } from '../../kernel/types.ts'
import type { Fallen, Flying } from '../../lab/world-view.ts'
import { later } from '../later.ts'
import { FlightMarks, type FlightShape } from './flight-marks.ts'
import { type Flock, moveFlock, placeOf, queueOf } from './flight-loop.ts'
import type { Box, Point } from './geometry.ts'
import { LostMark } from './LostMark.tsx'
import { useStage } from './stage-context.ts'

export interface FlightLayerProps {
  flights: readonly Flying[]
  lost: readonly Fallen[]
  playing: boolean
  speed: number
  taken: readonly Box[]
  stop: Flock['stop']
  shape(flight: Flying): FlightShape
  dispatch(command: Command<LabTypes>): void
}

const FlightMenu = later(async () => (await import('./FlightMenu.tsx')).FlightMenu)

/** SVG moves this many at 60 frames a second; what is beyond is counted in words. */
const MOST_MARKS = 240

/** The messages in flight and those that were just lost. Their marks are made and moved past React, which has the words. */
export const FlightLayer = memo(function FlightLayer(props: FlightLayerProps) {
  const { flights, lost, playing, speed, taken, stop, shape, dispatch } = props
  const { layout, cursor } = useStage()
  const [open, setOpen] = useState<{ id: string; at: Point } | null>(null)
  const place = useRef<SVGGElement>(null)
  const made = useRef<FlightMarks>(null)
  const flock = useRef<Flock>(null)
  const [fallen] = useState(() => new Map<string, SVGGElement>())
  const shown = flights.length > MOST_MARKS ? flights.slice(-MOST_MARKS) : flights

  // Before the paint, so that a message which was born in this frame is never seen in the corner.
  useLayoutEffect(() => {
    made.current ??= new FlightMarks(place.current as SVGGElement)
    const { marks } = made.current
    flock.current ??= {
      layout,
      flights,
      lost,
      taken,
      stop,
      speed,
      marks,
      fallen,
      stops: new Map(),
      sides: new Map(),
      queue: new Map(),
    }
    const moved = flock.current.layout !== layout
    Object.assign(flock.current, { layout, flights: shown, lost, taken, stop, speed: playing ? speed : 0 })
    flock.current.queue = queueOf(shown)
    if (moved) {
      flock.current.sides.clear()
      flock.current.stops.clear()
    }
    made.current.show(shown, shape, layout, !playing)
    forgetStops(flock.current)
    moveFlock(flock.current, cursor.now())
  })
  // The one loop of the page tells the time; it runs outside of React.
  useEffect(() => cursor.subscribe((now) => flock.current && moveFlock(flock.current, now)), [cursor])

  const register = useCallback(
    (mark: SVGGElement) => {
      const id = mark.dataset['lost'] ?? ''
      fallen.set(id, mark)
      return () => fallen.delete(id)
    },
    [fallen],
  )

  const close = useCallback(() => setOpen(null), [])
  const openMenu = (target: EventTarget): boolean => {
    const id = target instanceof Element ? target.closest<SVGElement>('[data-message]')?.dataset['message'] : undefined
    const flight = flock.current?.flights.find((one) => one.id === id)
    const at = flight && flock.current ? placeOf(flight, flock.current, cursor.now()) : null
    if (id === undefined || at === null) return false
    setOpen({ id, at })
    return true
  }
  const opened = flights.find(({ id }) => id === open?.id)
  return (
    <g className="flights">
      {lost.map((fallen) => (
        <LostMark key={fallen.id} id={fallen.id} hue={fallen.hue} register={register} />
      ))}
      <g
        ref={place}
        onClick={({ target }) => openMenu(target)}
        onKeyDown={(event) => {
          if ((event.key !== 'Enter' && event.key !== ' ') || !openMenu(event.target)) return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      {flights.length > MOST_MARKS && (
        <text className="sample-note" x={layout.width - 16} y={24} textAnchor="end">
          {MOST_MARKS} of {flights.length} messages shown
        </text>
      )}
      {opened !== undefined && open !== null && (
        <FlightMenu flight={opened} at={open.at} dispatch={dispatch} onClose={close} />
      )}
    </g>
  )
})

/** What is neither in flight nor on show as lost has no place any more. */
function forgetStops({ stops, flights, lost }: Flock): void {
  if (stops.size === 0) return
  const known = new Set([...flights, ...lost].map(({ id }) => id))
  for (const id of stops.keys()) if (!known.has(id)) stops.delete(id)
}
