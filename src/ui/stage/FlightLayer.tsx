import { Suspense, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes } from '../../kernel/types.ts'
import type { Fallen, Flying } from '../../lab/world-view.ts'
import { FlightMark, type FlightShape } from './FlightMark.tsx'
import { type Flock, moveFlock, placeOf } from './flight-loop.ts'
import type { Box, Point } from './geometry.ts'
import { later } from '../later.ts'
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

/** The messages in flight and those that were just lost. React decides which exist, the animation loop where they are. */
export function FlightLayer({ flights, lost, playing, speed, taken, stop, shape, dispatch }: FlightLayerProps) {
  const { layout, cursor } = useStage()
  const [open, setOpen] = useState<{ id: string; at: Point } | null>(null)
  const flock = useRef<Flock>(null)
  flock.current ??= { layout, flights, lost, taken, stop, stops: new Map(), speed, marks: new Map(), sides: new Map() }
  const shown = flights.length > MOST_MARKS ? flights.slice(-MOST_MARKS) : flights

  // Before the paint, so that a message which was born in this frame is never seen in the corner.
  useLayoutEffect(() => {
    if (flock.current === null) return
    const moved = flock.current.layout !== layout
    Object.assign(flock.current, { layout, flights: shown, lost, taken, stop, speed: playing ? speed : 0 })
    if (moved) {
      flock.current.sides.clear()
      flock.current.stops.clear()
    }
    forgetStops(flock.current)
    moveFlock(flock.current, cursor.now())
  })
  // The one loop of the page tells the time; it runs outside of React.
  useEffect(() => cursor.subscribe((now) => flock.current && moveFlock(flock.current, now)), [cursor])

  const register = useCallback((mark: SVGGElement) => {
    const id = mark.dataset['mark'] ?? ''
    const known = flock.current
    known?.marks.set(id, mark)
    return () => {
      known?.marks.delete(id)
      known?.sides.delete(id)
    }
  }, [])

  const close = useCallback(() => setOpen(null), [])
  const openMenu = useCallback(
    (id: string) => {
      const flight = flock.current?.flights.find((one) => one.id === id)
      const at = flight && flock.current ? placeOf(flight, flock.current, cursor.now()) : null
      setOpen(at && { id, at })
    },
    [cursor],
  )
  const opened = flights.find(({ id }) => id === open?.id)
  return (
    <g className="flights">
      {lost.map((fallen) => (
        <LostMark key={fallen.id} id={fallen.id} hue={fallen.hue} register={register} />
      ))}
      {shown.map((flight) => (
        <FlightMark
          key={flight.id}
          id={flight.id}
          type={flight.type}
          from={flight.from}
          to={flight.to}
          label={flight.label}
          hue={flight.hue}
          shape={shape(flight)}
          angle={layout.path(flight.from, flight.to)?.angle ?? 0}
          reachable={!playing}
          register={register}
          onOpen={openMenu}
        />
      ))}
      {flights.length > MOST_MARKS && (
        <text className="sample-note" x={layout.width - 16} y={24} textAnchor="end">
          {MOST_MARKS} of {flights.length} messages shown
        </text>
      )}
      {opened !== undefined && open !== null && (
        <Suspense fallback={null}>
          <FlightMenu flight={opened} at={open.at} dispatch={dispatch} onClose={close} />
        </Suspense>
      )}
    </g>
  )
}

/** What is neither in flight nor on show as lost has no place any more. */
function forgetStops({ stops, flights, lost }: Flock): void {
  if (stops.size === 0) return
  const known = new Set([...flights, ...lost].map(({ id }) => id))
  for (const id of stops.keys()) if (!known.has(id)) stops.delete(id)
}
