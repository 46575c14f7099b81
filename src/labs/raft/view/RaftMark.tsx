import { memo } from 'react'
import type { Micros } from '../../../base/units.ts'
import type { ProcessId, Status } from '../../../kernel/types.ts'
import { hueColor, hueInk } from '../../../ui/hue.ts'
import { TimerArc } from '../../../ui/stage/arc.tsx'
import type { ServerView } from '../observe.ts'
import type { Role } from '../state.ts'
import { campaigns } from './describe.ts'
import { VotePips } from './VotePips.tsx'

/** All plain values, so that a mark is drawn again only when something about it has changed. */
export interface RaftMarkProps {
  id: ProcessId
  radius: number
  /** Whether there is room for the word below the mark. */
  roomy: boolean
  condition: string
  role: Role | null
  status: Status
  stale: boolean
  term: number
  /** A letter for each voter: `g` granted, `r` refused, `p` pending. Empty for all but candidates. */
  votes: string
  /** `2 of 3` votes; empty likewise. */
  tally: string
  /** Whether the timer of its election runs, and the longest that it can. */
  timed: boolean
  full: Micros
}

/** A server of Raft: role by form and colour and word, and around it the time until its election. */
export const RaftMark = memo(function RaftMark({ timed, full, ...looks }: RaftMarkProps) {
  const { id, radius, role, status, term } = looks
  const down = status === 'down'
  const ring = radius + 7
  return (
    <g className="raft-mark" data-look={lookOf(looks)}>
      <circle className="arc-track" r={ring} />
      {role !== 'leader' && !down && timed && (
        <TimerArc radius={ring} process={id} timer="election" full={full} color={hueColor(term)} />
      )}
      <Body {...looks} />
    </g>
  )
})

function Body(props: Omit<RaftMarkProps, 'timed' | 'full'>) {
  const { id, radius, roomy, condition, role, status, term, votes, tally } = props
  const down = status === 'down'
  const leads = role === 'leader' && !down
  const color = down ? 'var(--field)' : hueColor(term)
  return (
    <>
      {leads && <circle className="arc" r={radius + 7} style={{ stroke: color }} />}
      <circle className="raft-body" r={radius} style={{ stroke: color, fill: leads ? color : 'var(--panel)' }} />
      {down && <circle className="raft-hatch" r={radius - 1.5} fill="url(#raft-hatch)" />}
      <g style={{ color: leads ? hueInk(term) : down ? 'var(--dim)' : 'var(--ink)' }}>
        <text
          className="raft-name"
          y={roomy ? (radius < 32 ? 0 : -1) : -1}
          data-small={radius < 32 || undefined}
          data-tiny={!roomy || undefined}
        >
          {id}
        </text>
        <text className="raft-term" y={radius < 32 ? (roomy ? 13 : 10) : 15} data-small={radius < 32 || undefined}>
          {roomy && radius >= 24 ? `term ${term}` : `t${term}`}
        </text>
      </g>
      {(status === 'paused' || status === 'stalled') && <Bars radius={radius} />}
      {votes !== '' && <VotePips votes={votes} radius={radius} color={color} />}
      {roomy && (
        <text className="raft-role" y={radius + 25}>
          {votes !== '' && status === 'up' ? `${condition} · ${tally}` : condition}
        </text>
      )}
    </>
  )
}

/** Learners and those who take no part look otherwise than followers. */
function lookOf({ status, role, condition }: Pick<RaftMarkProps, 'status' | 'role' | 'condition'>): string {
  if (status === 'down') return 'down'
  if (condition === 'learner' || condition === 'not a member') return 'learner'
  return role ?? 'follower'
}

/** How the voters of its configuration have answered a candidate so far, itself first. */
export function votesOf(candidate: ServerView): string {
  if (!campaigns(candidate) || candidate.configuration === null) return ''
  const { voters, outgoing } = candidate.configuration
  const letter = (id: ProcessId) =>
    candidate.votesGranted.includes(id) ? 'g' : candidate.votesRefused.includes(id) ? 'r' : 'p'
  const others = [...new Set([...voters, ...outgoing])].filter((id) => id !== candidate.id)
  return [candidate.id, ...others].map(letter).join('')
}

function Bars({ radius }: { radius: number }) {
  const at = radius * 0.72
  return (
    <g className="raft-bars" transform={`translate(${at} ${-at})`}>
      <circle r={11} />
      <path d="M-3 -4.5V4.5M3 -4.5V4.5" />
    </g>
  )
}
