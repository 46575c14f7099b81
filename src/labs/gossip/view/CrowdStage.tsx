import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef } from 'react'
import type { Micros } from '../../../base/units.ts'
import type { LabProps } from '../../../ui/lab-view.ts'
import { type Size, useSize } from '../../../ui/use-size.ts'
import { useTheme } from '../../../ui/use-theme.ts'
import type { GossipView, ServerView } from '../observe.ts'
import { describeServer, reputationOf, serverOf } from './describe.ts'

/** Most messages that are drawn at once. */
const MOST_FLIGHTS = 400

/**
 * A cluster too large for marks: a dot for each server, in a spiral, on a canvas, with a lens on the one that is picked. The
 * arrow keys walk along the spiral, Enter opens the menu, and what is picked is said in words below.
 */
export function CrowdStage(props: LabProps<GossipView>) {
  const { view, world, cursor, selected, onSelect, onOpenMenu } = props
  const surface = useRef<HTMLDivElement>(null)
  const dots = useRef<HTMLCanvasElement>(null)
  const messages = useRef<HTMLCanvasElement>(null)
  const size = useSize(surface)
  const theme = useTheme()
  const spots = useMemo(() => spiral(view.servers.length, size), [view.servers.length, size])
  const places = useMemo(() => new Map(view.servers.map(({ id }, i) => [id, i])), [view.servers])
  const told = view.rumours.length > 0
  // Few pictures change a dot: these lie on a canvas of their own, which stays as it is until one does.
  useEffect(() => {
    const context = clean(dots.current, size)
    if (context !== null) paintServers({ context, colours: coloursOf(theme) }, spots, view.servers, selected, told)
  }, [size, spots, view.servers, selected, told, theme])
  // Messages move with each painted frame.
  useEffect(() => {
    const context = clean(messages.current, size)
    if (context === null || size === null) return
    context.fillStyle = coloursOf(theme)['--accent']
    const draw = (now: Micros) => {
      context.clearRect(0, 0, size.width, size.height)
      paintFlights(context, spots, places, world.flights, now)
    }
    draw(cursor.now())
    return cursor.subscribe(draw)
  }, [cursor, size, spots, places, world.flights, theme])

  const index = selected === null ? -1 : (places.get(selected) ?? -1)
  const pick = (i: number): string | null => view.servers[i]?.id ?? null
  const open = (id: string | null, at: { x: number; y: number }) => id !== null && onOpenMenu(id, at)
  const anchor = (i: number) => {
    const box = dots.current?.getBoundingClientRect()
    return { x: (box?.x ?? 0) + (spots[i]?.x ?? 0) + 12, y: (box?.y ?? 0) + (spots[i]?.y ?? 0) }
  }
  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const i = nearest(spots, event.clientX - box.x, event.clientY - box.y)
    onSelect(pick(i))
    if (i >= 0) open(pick(i), anchor(i))
  }
  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined && event.key !== 'Enter') return
    event.preventDefault()
    event.stopPropagation()
    if (step !== undefined) onSelect(pick((index + step + view.servers.length) % view.servers.length))
    else if (index >= 0) open(pick(index), anchor(index))
  }
  return (
    <div className="stage gossip-crowd">
      <div
        ref={surface}
        className="gossip-dots"
        role="application"
        aria-label={`${view.servers.length} servers; arrow keys pick one, Enter says what can be done`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a widget of its own keys, as its role says
        tabIndex={0}
        onPointerUp={onPointer}
        onKeyDown={onKey}
      >
        <canvas ref={dots} aria-hidden="true" />
        <canvas ref={messages} aria-hidden="true" />
      </div>
      <Lens view={view} selected={selected} flights={world.flights.length} cuts={world.cuts.length} />
    </div>
  )
}

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

interface LensProps {
  view: GossipView
  selected: string | null
  /** How many messages are under way, and how many links are cut, one way each. */
  flights: number
  cuts: number
}

/** What is said about the crowd and about the one that is picked. */
function Lens({ view, selected, flights, cuts }: LensProps) {
  const counts = new Map<string, number>()
  for (const { believed } of view.servers) counts.set(believed, (counts.get(believed) ?? 0) + 1)
  const down = view.servers.filter(({ status }) => status === 'down').length
  const seen = [...counts].map(([standing, n]) => `${n.toLocaleString('en')} ${standing}`).join(', ')
  const picked = serverOf(view, selected)
  const [rumour] = view.rumours
  return (
    <div className="gossip-lens">
      <strong>{view.servers.length.toLocaleString('en')} servers</strong>
      <span>{down === 0 ? 'all run' : `${down} down`}</span>
      <span aria-live="polite" className={picked === undefined ? 'stage-hint' : undefined}>
        {picked === undefined ? 'Click a dot to see through its eyes' : describeServer(view, picked.id)}
      </span>
      {view.focus !== null && <span>believes {seen}</span>}
      {rumour !== undefined && (
        <span>
          {rumour.text}: {rumour.at.length.toLocaleString('en')} of {rumour.of.toLocaleString('en')} know it, the strong
          dots
        </span>
      )}
      {cuts > 0 && <span>{cuts.toLocaleString('en')} one-way links are cut</span>}
      {flights > MOST_FLIGHTS && <span>{`${MOST_FLIGHTS} of ${flights.toLocaleString('en')} messages shown`}</span>}
    </div>
  )
}

interface Spot {
  x: number
  y: number
  r: number
}

/** Evenly spread over a disc: each at the golden angle from the one before (Vogel 1979). */
function spiral(count: number, size: Size | null): readonly Spot[] {
  if (size === null) return []
  const reach = Math.min(size.width, size.height) / 2 - 28
  const r = Math.max(1.1, Math.min(9, (reach / Math.sqrt(count)) * 0.62))
  return Array.from({ length: count }, (_, i) => {
    const far = reach * Math.sqrt((i + 0.5) / count)
    const angle = i * 2.399963229728653
    return { x: size.width / 2 + far * Math.cos(angle), y: size.height / 2 + far * Math.sin(angle), r }
  })
}

function nearest(spots: readonly Spot[], x: number, y: number): number {
  let best = -1
  let least = 24 * 24
  for (const [i, spot] of spots.entries()) {
    const d = (spot.x - x) ** 2 + (spot.y - y) ** 2
    if (d < least) {
      least = d
      best = i
    }
  }
  return best
}

const COLOURS = {
  alive: '--term-3',
  suspect: '--term-2',
  dead: '--ink',
  left: '--field',
  unknown: '--line-strong',
} as const satisfies Record<ServerView['believed'], string>

/** Of one that runs and has not heard the rumour. */
const PALE = '--gossip-pale'

/** A canvas of this size, empty; null before there is one. */
function clean(canvas: HTMLCanvasElement | null, size: Size | null): CanvasRenderingContext2D | null {
  const context = canvas?.getContext('2d') ?? null
  if (canvas === null || context === null || size === null) return null
  const scale = window.devicePixelRatio
  const width = Math.round(size.width * scale)
  const height = Math.round(size.height * scale)
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  context.setTransform(scale, 0, 0, scale, 0, 0)
  context.clearRect(0, 0, size.width, size.height)
  return context
}

const INKS = ['--accent', '--dim', '--ink', '--stage', '--font-sans'] as const
type Colours = Readonly<Record<(typeof INKS)[number] | (typeof COLOURS)[ServerView['believed']] | typeof PALE, string>>

interface Brush {
  context: CanvasRenderingContext2D
  colours: Colours
}

/** The colours of a theme that is on show. To ask for one makes the browser work out all styles, so they are asked for once. */
function coloursOf(theme: string): Colours {
  let colours = palettes.get(theme)
  if (colours === undefined) {
    const style = getComputedStyle(document.documentElement)
    const names = [...INKS, ...Object.values(COLOURS), PALE]
    colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name)])) as Colours
    palettes.set(theme, colours)
  }
  return colours
}

const palettes = new Map<string, Colours>()

/** All of one colour in one path: a canvas is quick as long as it does not change its mind. */
function paintServers(
  brush: Brush,
  spots: readonly Spot[],
  servers: readonly ServerView[],
  picked: string | null,
  told: boolean,
): void {
  const { context, colours } = brush
  const down: number[] = []
  const byColour = new Map<keyof Colours, number[]>()
  for (const [i, { believed, status, knows }] of servers.entries()) {
    if (status === 'down') down.push(i)
    else pushTo(byColour, told && !knows && believed === 'alive' ? PALE : COLOURS[believed], i)
  }
  for (const [name, places] of byColour) {
    trace(context, spots, places, 0)
    context.fillStyle = colours[name]
    context.fill()
  }
  const ring = (places: number[], grow: number): void => {
    trace(context, spots, places, grow)
    context.stroke()
  }
  context.strokeStyle = colours['--dim']
  context.lineWidth = 1.2
  ring(down, 0)
  ring(
    placesOf(servers, ({ id, suspects }) => id === picked || suspects > 0),
    2.5,
  )
  context.strokeStyle = colours['--term-2']
  context.lineWidth = 2.5
  ring(placesOf(servers, isDoubted), 4)
  paintNames(brush, spots, servers, picked)
}

function pushTo<Name>(lists: Map<Name, number[]>, name: Name, place: number): void {
  const list = lists.get(name)
  if (list === undefined) lists.set(name, [place])
  else list.push(place)
}

const placesOf = (servers: readonly ServerView[], fits: (server: ServerView) => boolean): number[] =>
  servers.flatMap((server, i) => (fits(server) ? [i] : []))

function trace(context: CanvasRenderingContext2D, spots: readonly Spot[], places: readonly number[], grow: number) {
  context.beginPath()
  for (const i of places) {
    const spot = spots[i]
    if (spot === undefined) continue
    context.moveTo(spot.x + spot.r + grow, spot.y)
    context.arc(spot.x, spot.y, spot.r + grow, 0, 2 * Math.PI)
  }
}

const isDoubted = ({ suspectedBy, deadTo }: ServerView): boolean => suspectedBy + deadTo > 0

const MOST_NAMES = 6

/** The server that is picked and the few that are doubted have their names beside them. */
function paintNames(
  { context, colours }: Brush,
  spots: readonly Spot[],
  servers: readonly ServerView[],
  picked: string | null,
): void {
  const doubted = servers.filter(isDoubted)
  context.font = `600 12px ${colours['--font-sans']}`
  context.textBaseline = 'middle'
  context.lineWidth = 4
  context.strokeStyle = colours['--stage']
  context.fillStyle = colours['--ink']
  for (const [i, server] of servers.entries()) {
    const spot = spots[i]
    const named = server.id === picked || (doubted.length <= MOST_NAMES && isDoubted(server))
    if (spot === undefined || !named) continue
    const text = [server.id, reputationOf(server)].filter((part) => part !== '').join(', ')
    context.strokeText(text, spot.x + spot.r + 8, spot.y)
    context.fillText(text, spot.x + spot.r + 8, spot.y)
  }
}

function paintFlights(
  context: CanvasRenderingContext2D,
  spots: readonly Spot[],
  places: ReadonlyMap<string, number>,
  flights: LabProps<GossipView>['world']['flights'],
  now: Micros,
): void {
  const step = Math.max(1, Math.ceil(flights.length / MOST_FLIGHTS))
  for (let i = 0; i < flights.length; i += step) {
    const flight = flights[i]
    if (flight === undefined || now < flight.sentAt || now > flight.endsAt) continue
    const a = spots[places.get(flight.from) ?? -1]
    const b = spots[places.get(flight.to) ?? -1]
    if (a === undefined || b === undefined) continue
    const share = (now - flight.sentAt) / Math.max(1, flight.arrivesAt - flight.sentAt)
    context.fillRect(a.x + (b.x - a.x) * share - 1.5, a.y + (b.y - a.y) * share - 1.5, 3, 3)
  }
}
