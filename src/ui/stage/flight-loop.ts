import type { Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { Fallen, Flying } from '../../lab/world-view.ts'
import { FlightMarks } from './flight-marks.ts'
import { type Box, between, boxAround, clamp, distance, type Path, type Point } from './geometry.ts'
import { labelAnchor, type Labelled, type LabelSide, placeLabels } from './labels.ts'
import type { Layout } from './layout.ts'

/** What the animation loop moves: marks, found by the message that they stand for. */
export interface Flock {
  layout: Layout
  flights: readonly Flying[]
  lost: readonly Fallen[]
  taken: readonly Box[]
  /** Where on its way a message from here to there dies at the line of a cut, as a share; null where no cut is. */
  stop(from: ProcessId, to: ProcessId): number | null
  /** Where each doomed message dies, decided once: it keeps its aim when the cut is healed. */
  stops: Map<string, number | null>
  /** Simulated seconds per second; 0 while nothing moves. */
  speed: number
  /** Of messages in flight, by their names. */
  marks: ReadonlyMap<string, SVGGElement>
  /** Of messages that were lost. */
  fallen: Map<string, SVGGElement>
  sides: Map<string, LabelSide>
  /** Of those that wait at a door: how many on the same link wait before it. */
  queue: ReadonlyMap<string, number>
}

/** A mark of a lost message fades over this long on the simulated clock. */
const FADE: Micros = 60_000
/** A label needs this long a flight, in real time, to be read. */
const READABLE: Micros = 300_000
const MOST_LABELS = 40
/** Half of what the mark of a message covers. */
const MARK = 9
const LETTER = 6.1

/** Puts every mark where it is at this instant. Called once per painted frame: it writes attributes and reads no layout. */
export function moveFlock(flock: Flock, now: Micros): void {
  const labelled: Labelled[] = []
  const names: Flying[] = []
  const silent: Box[] = flock.lost.flatMap((fallen) => {
    const at = now - fallen.endsAt < FADE ? placeOf(fallen, flock, fallen.endsAt) : null
    return at === null ? [] : [boxAround(at, MARK, MARK)]
  })
  for (const flight of flock.flights) {
    const mark = flock.marks.get(flight.id)
    if (mark === undefined) continue
    const at = isUnderWay(flight, now) ? placeOf(flight, flock, now) : null
    show(mark, at !== null)
    if (at === null) continue
    mark.setAttribute('transform', `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`)
    const path = flock.layout.path(flight.from, flight.to)
    if (path === null || !isReadable(flight, flock.speed)) {
      silent.push(boxAround(at, MARK, MARK))
      continue
    }
    labelled.push({ at, path, width: flight.label.length * LETTER, was: flock.sides.get(flight.id) ?? 0 })
    names.push(flight)
  }
  if (labelled.length > 0 || flock.sides.size > 0) labelFlock(flock, labelled, names, silent)
  fadeLost(flock, now)
}

/** Where a message is on its link, between the edges of the two marks. */
export function placeOf(flight: Flying, flock: Flock, now: Micros): Point | null {
  const { from, to, sentAt, arrivesAt, endsAt } = flight
  const path = flock.layout.path(from, to)
  if (path === null) return null
  if (flight.held) return between(path.from, path.to, waitingShare(path, flock.queue.get(flight.id) ?? 0))
  const stop = stopOf(flight, flock)
  const share =
    stop === null
      ? clamp((now - sentAt) / Math.max(1, arrivesAt - sentAt), 0, 1)
      : stop * clamp((now - sentAt) / Math.max(1, endsAt - sentAt), 0, 1)
  return between(path.from, path.to, share)
}

/** Those that wait stand behind each other at the door, as far as there is room. */
function waitingShare({ from, to }: Path, before: number): number {
  const length = Math.max(1, distance(from, to))
  return Math.max(0.35, 1 - (4 + before * QUEUE) / length)
}
const QUEUE = 17

/** Of those that wait, how many on the same link come before each. */
export function queueOf(flights: readonly Flying[]): Map<string, number> {
  const counts = new Map<string, number>()
  const waiting = flights.filter(({ turn }) => turn !== null).toSorted((a, b) => (a.turn ?? 0) - (b.turn ?? 0))
  return new Map(
    waiting.map(({ id, from, to }) => {
      const before = counts.get(`${from} ${to}`) ?? 0
      counts.set(`${from} ${to}`, before + 1)
      return [id, before]
    }),
  )
}

/** The engine lets a doomed message end half way; on the stage it ends where the line of the cut crosses its way. */
function stopOf({ id, from, to, sentAt, arrivesAt, endsAt }: Flying, flock: Flock): number | null {
  const doomed = endsAt < arrivesAt && Math.abs(2 * endsAt - sentAt - arrivesAt) <= 1
  if (!doomed) return null
  const known = flock.stops.get(id)
  if (known !== undefined) return known
  const stop = flock.stop(from, to)
  flock.stops.set(id, stop)
  return stop
}

const isUnderWay = (flight: Flying, now: Micros): boolean => now >= flight.sentAt && now < flight.endsAt

const isReadable = (flight: Flying, speed: number): boolean => flight.arrivesAt - flight.sentAt > READABLE * speed

function labelFlock(
  flock: Flock,
  labelled: readonly Labelled[],
  flights: readonly Flying[],
  silent: readonly Box[],
): void {
  const { layout } = flock
  const taken = [...flock.taken, ...silent]
  const bounds = { x: 4, y: 4, width: layout.width - 8, height: layout.height - 8 }
  const crowded = labelled.length > MOST_LABELS
  const sides = crowded ? [] : placeLabels(labelled, taken, bounds)
  const shown = new Set<string>()
  flights.forEach((flight, i) => {
    const side = sides[i] ?? 0
    const path = labelled[i]?.path
    const mark = flock.marks.get(flight.id)
    if (side === 0 || path === undefined || mark === undefined) return
    shown.add(flight.id)
    if (flock.sides.get(flight.id) === side) return
    const text = FlightMarks.label(mark)
    const { x, y, anchor } = labelAnchor(path, side)
    text.setAttribute('x', x.toFixed(1))
    text.setAttribute('y', y.toFixed(1))
    text.setAttribute('text-anchor', anchor)
    text.setAttribute('data-shown', '')
    flock.sides.set(flight.id, side)
  })
  for (const id of flock.sides.keys()) {
    if (shown.has(id)) continue
    flock.marks.get(id)?.querySelector('text')?.removeAttribute('data-shown')
    flock.sides.delete(id)
  }
}

function fadeLost(flock: Flock, now: Micros): void {
  for (const fallen of flock.lost) {
    const mark = flock.fallen.get(fallen.id)
    if (mark === undefined) continue
    const at = placeOf(fallen, flock, fallen.endsAt) ?? flock.layout.centre
    mark.setAttribute('transform', `translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`)
    const left = 1 - (now - fallen.endsAt) / FADE
    show(mark, left > 0 && left <= 1)
    mark.setAttribute('opacity', clamp(left * 1.4, 0, 1).toFixed(2))
  }
}

function show(mark: SVGGElement, visible: boolean): void {
  const display = visible ? '' : 'none'
  if (mark.style.display !== display) mark.style.display = display
}
