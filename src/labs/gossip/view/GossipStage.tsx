import { useEffect, useMemo } from 'react'
import type { Flying } from '../../../lab/world-view.ts'
import type { LabProps } from '../../../ui/lab-view.ts'
import type { FlightShape } from '../../../ui/stage/flight-marks.ts'
import { unit } from '../../../ui/stage/geometry.ts'
import { middleBox } from '../../../ui/stage/middle.ts'
import { Stage } from '../../../ui/stage/Stage.tsx'
import type { Layout } from '../../../ui/stage/layout.ts'
import { useStage } from '../../../ui/stage/stage-context.ts'
import type { GossipView } from '../observe.ts'
import { CrowdStage } from './CrowdStage.tsx'
import { areWrong, conditionOf, describeServer, reputationOf, signOf, truthOf } from './describe.ts'
import { GossipMark } from './GossipMark.tsx'

/** The cluster: through the eyes of the server that is picked, or as most see it. Large ones are a crowd with a lens. */
export function GossipStage(props: LabProps<GossipView>) {
  const { view, selected, setWindow } = props
  const place = view.servers.findIndex(({ id }) => id === selected)
  // What the engine says of each server depends on through whose eyes it is seen.
  useEffect(() => setWindow({ focus: place }), [place, setWindow])
  return view.matrix === null ? <CrowdStage {...props} /> : <Ring {...props} />
}

function Ring(props: LabProps<GossipView>) {
  const { view } = props
  const servers = useMemo(() => new Map(view.servers.map((s) => [s.id, s])), [view])
  const due = useMemo(() => new Map(view.focused?.suspicions.map((s) => [s.node, s]) ?? []), [view])
  return (
    <Stage
      {...props}
      build="bare"
      describe={(id) => describeServer(view, id)}
      data={(id) => ({ 'data-believed': servers.get(id)?.believed, 'data-phase': servers.get(id)?.phase })}
      renderServer={(process, { radius, roomy, centre, places }) => {
        const server = servers.get(process.id)
        if (server === undefined) return null
        const suspicion = due.get(process.id)
        const condition = conditionOf(server)
        return (
          <GossipMark
            id={server.id}
            radius={radius}
            roomy={roomy}
            out={unit(centre, places.get(server.id) ?? centre)}
            status={server.status}
            phase={server.phase}
            believed={server.believed}
            focused={view.focus === server.id}
            knows={server.knows}
            word={reputationOf(server) || (condition === 'member' ? '' : condition)}
            sign={signOf(server)}
            incarnation={server.incarnation}
            dueAt={suspicion?.dueAt ?? server.patience?.dueAt ?? null}
            full={suspicion === undefined ? (server.patience?.full ?? 1) : (suspicion.dueAt ?? 0) - suspicion.startedAt}
          />
        )
      }}
      shape={shapeOf}
      obstacles={middleBox}
      below={<Middle view={view} />}
    />
  )
}

/** In the middle: how many believe what; where there is little room, in fewer words. */
function Middle({ view }: { view: GossipView }) {
  const { layout } = useStage()
  const { big, small, brief } = middleOf(view)
  const [rumour] = view.rumours
  const room = roomInside(layout)
  if (layout.servers.length < 3 || room < LEAST_ROOM) return null
  return (
    <g className="stage-middle" transform={`translate(${layout.centre.x} ${layout.centre.y})`}>
      <text className="big" data-tight={room < ROOM || undefined}>
        {room < ROOM ? brief : big}
      </text>
      {room >= ROOM && (
        <text className="small" y={22}>
          {small}
        </text>
      )}
      {room >= ROOM && rumour !== undefined && rumour.at.length < rumour.of && (
        <text className="small" y={44}>
          {rumour.at.length} of {rumour.of} have heard {rumour.text}
        </text>
      )}
    </g>
  )
}

/** Units across that the longest line takes, and the shortest in small letters. */
const ROOM = 150
const LEAST_ROOM = 76

/** How wide the middle is between the marks beside it. */
function roomInside({ places, servers, centre, radius }: Layout): number {
  const beside = servers.flatMap((id) => {
    const at = places.get(id)
    return at !== undefined && Math.abs(at.y - centre.y) < radius + 50 ? [Math.abs(at.x - centre.x) - radius] : []
  })
  return 2 * Math.min(Number.POSITIVE_INFINITY, ...beside)
}

/** `brief`: both in one. */
function middleOf(view: GossipView): { big: string; small: string; brief: string } {
  if (view.focus !== null) {
    const doubted = view.servers.filter(({ id, believed }) => id !== view.focus && believed !== 'alive').length
    const others = view.servers.length - 1
    const alive = others - doubted
    return { big: `${alive} of ${others}`, small: `alive to ${view.focus}`, brief: `${alive} alive` }
  }
  // Of those that stand still nobody can know.
  const still = view.servers.filter((server) => truthOf(server) === 'open').length
  const so = still === 0 ? 'on who is there' : `on all but ${still}`
  if (view.wrong === null || view.wrong.beliefs === 0) return { big: 'All agree', small: so, brief: 'All agree' }
  const { beliefs, of } = view.wrong
  return { big: `${beliefs}`, small: `of ${of} beliefs ${areWrong(beliefs)}`, brief: `${beliefs} wrong` }
}

function shapeOf({ type }: Flying): FlightShape {
  switch (type) {
    case 'Ack':
    case 'StreamAck':
      return 'ack'
    case 'Nack':
      return 'refusal'
    case 'Gossip':
    case 'Rumours':
      return 'parcel'
    case 'PushPull':
      return 'ballot'
    case 'IndirectPing':
      return 'ask'
    case 'Feedback':
      return 'answer'
    default:
      return 'arrow'
  }
}
