import { useCallback, useMemo } from 'react'
import type { ProcessId } from '../../../kernel/types.ts'
import type { Flying } from '../../../lab/world-view.ts'
import type { LabProps } from '../../../ui/lab-view.ts'
import type { FlightShape } from '../../../ui/stage/flight-marks.ts'
import type { Layout } from '../../../ui/stage/layout.ts'
import { Stage } from '../../../ui/stage/Stage.tsx'
import type { RaftView } from '../observe.ts'
import { Crowns } from './Crowns.tsx'
import { campaigns, conditionOf, describeServer, tallyOf } from './describe.ts'
import { RaftMark, votesOf } from './RaftMark.tsx'
import { Spokes, spokeBoxes } from './Spokes.tsx'

/** A Raft cluster: terms by colour, roles by form, elections by their arcs and votes. */
export function RaftStage(props: LabProps<RaftView>) {
  const { view, world } = props
  const servers = useMemo(() => new Map(view.servers.map((s) => [s.id, s])), [view])
  const { leader } = view
  const digits = String(view.lastIndex + 1).length
  const obstacles = useCallback((layout: Layout) => spokeBoxes(leader, layout, digits), [leader, digits])
  return (
    <Stage
      {...props}
      describe={(id) => describeServer(view, world, id)}
      data={(id) => dataOf(id)}
      renderServer={(process, { radius, roomy }) => {
        const server = servers.get(process.id)
        if (server === undefined) return null
        return (
          <RaftMark
            id={server.id}
            radius={radius}
            roomy={roomy}
            condition={conditionOf(server)}
            role={server.role}
            status={server.status}
            stale={server.stale}
            term={server.term}
            votes={votesOf(server)}
            tally={campaigns(server) ? tallyOf(server) : ''}
            timed={process.timers.some(({ timer }) => timer === 'election')}
            full={view.settings.electionTimeoutMax}
          />
        )
      }}
      shape={shapeOf}
      caption={(id) => view.clients.find((c) => c.id === id)?.text ?? null}
      groupHue={hueOf}
      obstacles={obstacles}
      below={
        <>
          {HATCH}
          <Spokes view={view} />
        </>
      }
      above={
        <Crowns servers={view.servers} leader={view.servers.find((s) => s.id === leader && s.status !== 'down')} />
      }
    />
  )

  function dataOf(id: ProcessId) {
    const server = servers.get(id)
    return {
      'data-role': server?.role ?? 'none',
      'data-term': server?.term,
      'data-leader': id === view.leader || undefined,
      'data-stale': server?.stale || undefined,
    }
  }

  /** A group has the colour of its latest term. */
  function hueOf(group: readonly ProcessId[]): number {
    return Math.max(0, ...group.map((id) => servers.get(id)?.term ?? 0))
  }
}

/** What a server that is down is filled with. */
const HATCH = (
  <defs>
    <pattern id="raft-hatch" width={7} height={7} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path d="M0 0V7" stroke="var(--line-strong)" strokeWidth={2} />
    </pattern>
  </defs>
)

/** An AppendEntries that carries nothing is a heartbeat: 48 bytes on the wire. */
const EMPTY_APPEND = 48

function shapeOf({ type, bytes, label }: Flying): FlightShape {
  switch (type) {
    case 'AppendEntries':
      return bytes > EMPTY_APPEND ? 'parcel' : 'arrow'
    case 'RequestVote':
    case 'PreVote':
      return 'ballot'
    case 'RequestVoteReply':
    case 'PreVoteReply':
      return label.startsWith('no ') ? 'no' : 'vote'
    case 'AppendEntriesReply':
      return 'ack'
    case 'ClientRequest':
    case 'ReadIndex':
      return 'ask'
    case 'NotLeader':
      return 'refusal'
    default:
      return 'answer'
  }
}
