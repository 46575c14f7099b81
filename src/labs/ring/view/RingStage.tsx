import { useMemo } from 'react'
import type { Flying } from '../../../lab/world-view.ts'
import type { LabProps } from '../../../ui/lab-view.ts'
import type { FlightShape } from '../../../ui/stage/flight-marks.ts'
import { unit } from '../../../ui/stage/geometry.ts'
import { middleBox } from '../../../ui/stage/middle.ts'
import { Stage } from '../../../ui/stage/Stage.tsx'
import { useStage } from '../../../ui/stage/stage-context.ts'
import type { CircleView } from '../circle-view.ts'
import type { RingLabView, ServerView } from '../observe.ts'
import { Band } from './Band.tsx'
import { Coming } from './Coming.tsx'
import { Corner } from './Corner.tsx'
import { conditionOf, counted, describeServer, hintCount } from './describe.ts'
import { DenseBand } from './DenseBand.tsx'
import { Dial } from './Dial.tsx'
import { Followers } from './Followers.tsx'
import { KeyDots } from './KeyDots.tsx'
import { KeyWay } from './KeyWay.tsx'
import { RingMark } from './RingMark.tsx'
import { spaceOf } from './space.ts'
import { TokenHandles } from './TokenHandles.tsx'

/** The store: the circle of tokens by owner with the keys on it, the servers around it, and what they say to each other. */
export function RingStage(props: LabProps<RingLabView>) {
  const { view, selected } = props
  const servers = useMemo(() => new Map(view.servers.map((server, i) => [server.id, { server, i }])), [view])
  const names = view.servers.map(({ id }) => id).join(' ')
  const most = Math.max(1, ...view.servers.map(({ keys }) => keys))
  const picked = view.servers.findIndex(({ id }) => id === selected)
  return (
    <div className="ring-stage">
      <Stage
        {...props}
        build="slim"
        describe={(id) => describeServer(view, id)}
        data={(id) => {
          const server = servers.get(id)?.server
          return {
            'data-member': server?.member ?? 'none',
            'data-keys': server?.keys,
            'data-hints': server === undefined ? 0 : hintCount(server),
          }
        }}
        renderServer={(process, { radius, roomy, centre, places }) => {
          const known = servers.get(process.id)
          if (known === undefined) return null
          const { server, i } = known
          const out = unit(centre, places.get(server.id) ?? centre)
          return (
            <RingMark
              id={server.id}
              index={i}
              radius={radius}
              roomy={roomy}
              outX={out.x}
              outY={out.y}
              status={server.status}
              member={server.member ?? 'none'}
              keys={server.keys}
              load={server.keys / most}
              hints={hintCount(server)}
              word={wordOf(view, server)}
              leads={view.layout === 'replicas' && i === 0}
              differs={server.differs && view.layout === 'ring'}
            />
          )
        }}
        shape={shapeOf}
        obstacles={middleBox}
        caption={(id) => view.clients.find((client) => client.id === id)?.text ?? null}
        below={
          <>
            {view.circle !== null && <Circle circle={view.circle} names={names} picked={picked} />}
            {view.circle !== null && view.coming !== null && <Coming now={view.circle} then={view.coming} />}
            {view.layout === 'replicas' && <Followers view={view} />}
            {view.layout === 'ranges' && <Dial view={view} picked={picked} />}
            {view.layout === 'ring' && view.circle === null && <NoRanges />}
            <TokenHandles view={view} dispatch={props.dispatch} />
            <KeyWay view={view} />
            <KeyDots view={view} />
            <Middle view={view} />
          </>
        }
      />
      <Corner view={view} dispatch={props.dispatch} />
    </div>
  )
}

/** More stretches than this are no marks but a painting. */
const MOST_STRETCHES = 600

function Circle({ circle, names, picked }: { circle: CircleView; names: string; picked: number }) {
  return circle.at.length <= MOST_STRETCHES ? (
    <Band circle={circle} names={names} picked={picked} />
  ) : (
    <DenseBand circle={circle} count={names.split(' ').length} picked={picked} />
  )
}

/** By modulo no stretch of the circle belongs to anybody: the owner changes from one place to the next. */
function NoRanges() {
  const { layout } = useStage()
  const { centre, inner, outer } = spaceOf(layout)
  return (
    <circle
      className="ring-no-ranges"
      cx={centre.x}
      cy={centre.y}
      r={(inner + outer) / 2}
      style={{ strokeWidth: outer - inner }}
    />
  )
}

/** In the middle: how many keys there are, and whether their owners agree. */
function Middle({ view }: { view: RingLabView }) {
  const { layout } = useStage()
  const { centre, roomy } = spaceOf(layout)
  if (!roomy) return null
  return (
    <g className="stage-middle" transform={`translate(${centre.x} ${centre.y})`} aria-hidden="true">
      <text className="big">{counted(view.keyCount, 'key')}</text>
      <text className="small" y={20} data-bad={view.disputed + view.stranded > 0 || undefined}>
        {middleWords(view)}
      </text>
    </g>
  )
}

function middleWords(view: RingLabView): string {
  const { layout, disputed, stranded, servers, coming } = view
  if (disputed > 0) return `${disputed} in dispute`
  const moving = servers.find((server) => server.moving !== null)
  if (coming !== null && moving !== undefined)
    return `${moving.id} ${moving.moving?.type === 'join' ? 'joins' : 'leaves'}`
  if (stranded > 0) return `${stranded} not with ${stranded === 1 ? 'its' : 'their'} owner`
  if (layout === 'ring' && view.circle === null) return 'hash modulo servers'
  return layout === 'ranges' || layout === 'single' ? 'one copy of each' : 'all replicas agree'
}

/** Below the mark: only what is out of the ordinary. */
function wordOf(view: RingLabView, server: ServerView): string {
  if (server.behind !== null && server.behind > 0 && server.status !== 'down') return `${server.behind} behind`
  const word = conditionOf(view, server)
  return word === 'in the ring' || word === 'holds a range' ? (server.rack ?? '') : word
}

function shapeOf({ type }: Flying): FlightShape {
  switch (type) {
    case 'WriteReplica':
    case 'HandOff':
    case 'Exchange':
      return 'parcel'
    case 'ReplicaStored':
    case 'HandOffStored':
      return 'ack'
    case 'Gossip':
    case 'Tree':
      return 'ballot'
    case 'Get':
    case 'Put':
      return 'ask'
    case 'GetReply':
    case 'PutReply':
      return 'answer'
    case 'Refusal':
      return 'refusal'
    case 'ReplicaValue':
      return 'vote'
    default:
      return 'arrow'
  }
}
