import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes, Link, ProcessId } from '../../kernel/types.ts'
import type { Flying, ProcessView, WorldView } from '../../lab/world-view.ts'
import type { Cursor } from '../lab-view.ts'
import { useLate, whenStands } from '../later.ts'
import { type Size, useSize } from '../use-size.ts'
import { useTouchDrag } from '../use-touch-drag.ts'
import { ClientMark } from './ClientMark.tsx'
import { useCutGesture } from './CutGesture.tsx'
import { FlightLayer } from './FlightLayer.tsx'
import type { FlightShape } from './flight-marks.ts'
import { type Box, between, distance, dot, type Path } from './geometry.ts'
import { type CutPair, type Division, divide, linkKey, linksToMend } from './groups.ts'
import type { CutLine } from './hull.ts'
import { type Build, type Layout, layOut, type Standing } from './layout.ts'
import { Links } from './Links.tsx'
import { ServerMark, type ServerMarkProps } from './ServerMark.tsx'
import { StageContext } from './stage-context.ts'
import { Timers } from './timers.ts'
import './stage.css'

export interface StageProps {
  world: WorldView
  cursor: Cursor
  playing: boolean
  /** Simulated seconds per second; left out, every message counts as slow enough for its label. */
  speed?: number | undefined
  /** How much larger than usual everything is drawn; left out, 1. */
  scale?: number | undefined
  selected: ProcessId | null
  onSelect(id: ProcessId | null): void
  onOpenMenu(id: ProcessId, anchor: { x: number; y: number }): void
  dispatch(command: Command<LabTypes>): void
  /** A server in words. */
  describe(id: ProcessId): string
  /** A server in marks, around its own centre. */
  renderServer(process: ProcessView, layout: Layout): ReactNode
  data?(id: ProcessId): ServerMarkProps['data']
  shape?(flight: Flying): FlightShape
  /** What a client is busy with. */
  caption?(client: ProcessId): string | null
  /** The colour of a group that the cuts leave. */
  groupHue?(group: readonly ProcessId[], index: number): number | null
  /** What the marks look like; left out, there are crowns and votes above them. */
  build?: Build
  /** Places that labels keep out of, beyond the servers. */
  obstacles?(layout: Layout): readonly Box[]
  /** Further marks over the links, under the servers. */
  below?: ReactNode
  /** Further marks over the servers. */
  above?: ReactNode
}

/** How cuts are drawn: there is none on a fresh page. */
const cutDrawing = whenStands(async () => {
  const [marks, shapes] = await Promise.all([import('./Cuts.tsx'), import('./hull.ts')])
  return { ...marks, ...shapes }
})
type CutDrawing = Awaited<ReturnType<typeof cutDrawing>>

/** The stage of any lab: servers on a ring, their links, cuts and clients, and the messages in flight. */
export function Stage(props: StageProps) {
  const { world, dispatch, onSelect, scale = 1, build = 'crowned' } = props
  const surface = useRef<HTMLDivElement>(null)
  useTouchDrag(surface)
  const size = useRoom(surface, scale)
  const layout = useLayout(world.processes, size, scale, build)
  const gesture = useCutGesture({ surface, scale, layout, cuts: world.cuts, dispatch, onTap: () => onSelect(null) })
  return (
    <div ref={surface} className="stage" {...gesture.handlers}>
      {layout !== null && <Picture {...props} layout={layout} stroke={gesture.line} chip={gesture.chip} />}
    </div>
  )
}

function Picture(
  props: StageProps & { layout: Layout; stroke: ReactNode; chip(lines: readonly CutLine[]): ReactNode },
) {
  const { world, cursor, dispatch, layout, obstacles, scale = 1 } = props
  const { width, height } = layout
  const division = useDivision(layout, world.cuts)
  const [timers] = useState(() => new Timers())
  // After all that is drawn of them is there.
  useLayoutEffect(() => timers.show(world.processes), [timers, world.processes])
  const context = useMemo(() => ({ layout, cursor, timers, scale }), [layout, cursor, timers, scale])
  const sheet = { width: width * scale, height: height * scale, viewBox: `0 0 ${width} ${height}` }
  const taken = useMemo(() => [...layout.taken, ...(obstacles?.(layout) ?? [])], [layout, obstacles])
  const drawing = useLate(cutDrawing, division.pairs.length > 0)
  const lines = useMemo(() => drawing?.cutLines(division.groups, layout) ?? [], [drawing, division, layout])
  const stop = useStops(drawing, lines, layout, world.cuts)
  const mend = (pairs: readonly CutPair[]) => {
    const home = (id: ProcessId) => world.processes.find((p) => p.id === id)?.beside ?? id
    dispatch({ type: 'mend', links: linksToMend(pairs, world.cuts, home) })
  }
  return (
    <StageContext value={context}>
      <svg {...sheet} className="stage-picture" role="group" aria-label="The cluster">
        {drawing !== null && (
          <drawing.Cuts division={division} lines={lines} layout={layout} groupHue={props.groupHue ?? byIndex} />
        )}
        <Links layout={layout} cut={division.pairs} />
        {props.below}
        <Clients {...props} />
        <Servers {...props} />
        {props.above}
      </svg>
      {/* On a sheet of their own: what moves with every frame does not let all that stands still be painted again. */}
      <svg {...sheet} className="stage-picture stage-moving" role="group" aria-label="Messages under way">
        <FlightLayer
          flights={world.flights}
          lost={world.lost}
          playing={props.playing}
          speed={props.speed ?? 0}
          taken={taken}
          stop={stop}
          shape={props.shape ?? plainShape}
          dispatch={dispatch}
        />
        {props.stroke}
      </svg>
      <div className="stage-over" style={{ width, height, transform: scale === 1 ? undefined : `scale(${scale})` }}>
        {drawing !== null && <drawing.CutHandles division={division} lines={lines} layout={layout} onMend={mend} />}
        {props.chip(lines)}
      </div>
    </StageContext>
  )
}

function Servers(props: StageProps & { layout: Layout }) {
  const { world, layout, selected, data, describe, renderServer, onSelect, onOpenMenu } = props
  return world.processes.map((process) =>
    process.beside !== null ? null : (
      <ServerMark
        key={process.id}
        id={process.id}
        name={describe(process.id)}
        status={process.status}
        selected={process.id === selected}
        data={data?.(process.id) ?? {}}
        onSelect={onSelect}
        onOpenMenu={onOpenMenu}
      >
        {renderServer(process, layout)}
      </ServerMark>
    ),
  )
}

/** A client is seen while it waits for something (then it has a timer) or has a message under way. */
function Clients({ world, layout, caption }: StageProps & { layout: Layout }) {
  const busy = new Set<ProcessId>()
  for (const { from, to } of world.flights) busy.add(from).add(to)
  for (const { id, timers } of world.processes) if (timers.length > 0) busy.add(id)
  return layout.clients.map((place) => (
    <ClientMark key={place.id} place={place} active={busy.has(place.id)} caption={caption?.(place.id) ?? null} />
  ))
}

/** The room that the picture has in its own units: half as much where everything is twice as large. */
function useRoom(surface: RefObject<HTMLDivElement | null>, scale: number): Size | null {
  const size = useSize(surface)
  return useMemo(
    () => (size === null ? null : { width: Math.round(size.width / scale), height: Math.round(size.height / scale) }),
    [size, scale],
  )
}

/**
 * Everything stands still until a process joins or the space changes. The processes are new objects in each frame, so it is
 * their text that tells whether anything is different.
 */
function useLayout(processes: readonly ProcessView[], size: Size | null, scale: number, build: Build): Layout | null {
  const standing = JSON.stringify(processes.map(({ id, beside }) => ({ id, beside })))
  return useMemo(
    () => (size === null ? null : layOut(JSON.parse(standing) as readonly Standing[], size, scale, build)),
    [standing, size, scale, build],
  )
}

function useDivision(layout: Layout, cuts: readonly Link[]): Division {
  const links = JSON.stringify(cuts)
  return useMemo(() => divide(layout.servers, JSON.parse(links) as readonly Link[]), [layout.servers, links])
}

/** Where messages between any two processes die at the line of the cuts. */
function useStops(drawing: CutDrawing | null, lines: readonly CutLine[], layout: Layout, cuts: readonly Link[]) {
  const links = JSON.stringify(cuts)
  return useMemo(() => {
    const cut = new Set((JSON.parse(links) as readonly Link[]).map(({ from, to }) => linkKey(from, to)))
    return (from: ProcessId, to: ProcessId): number | null => {
      const path = cut.has(linkKey(from, to)) ? layout.path(from, to) : null
      return path === null
        ? null
        : (drawing?.crossingShare(path.from, path.to, lines) ?? middleShare(path, from, to, layout))
    }
  }, [drawing, lines, layout, links])
}

/** A single cut link has no line, but a handle in the middle between its servers. */
function middleShare({ from: a, to: b }: Path, from: ProcessId, to: ProcessId, { places, centre }: Layout): number {
  const middle = between(places.get(from) ?? centre, places.get(to) ?? centre, 0.5)
  const along = dot({ x: middle.x - a.x, y: middle.y - a.y }, { x: b.x - a.x, y: b.y - a.y })
  return along / Math.max(1, distance(a, b) ** 2)
}

const byIndex = (_group: readonly ProcessId[], index: number): number => index + 1
const plainShape = (flight: Flying): FlightShape => (/Reply|Ack|Pong/i.test(flight.type) ? 'ack' : 'arrow')
