import type { Micros } from '../../../base/units.ts'
import { formatDuration } from '../../../base/units.ts'
import type { TimerView } from '../../../kernel/types.ts'
import { hueColor } from '../../../ui/hue.ts'
import type { LabProps } from '../../../ui/lab-view.ts'
import type { RaftView, ServerView } from '../observe.ts'
import { conditionOf, tallyOf } from './describe.ts'
import { Answers } from './Answers.tsx'
import { Configuration } from './Configuration.tsx'
import { Fact } from './Fact.tsx'
import { Followers } from './Followers.tsx'
import { MemoryAndDisk } from './MemoryAndDisk.tsx'
import { Store } from './Store.tsx'
import './server.css'

/** All that one server knows: the one that is picked out, else the leader. */
export function RaftServer(props: LabProps<RaftView>) {
  const { view, world, at, selected, onSelect } = props
  const server =
    view.servers.find((s) => s.id === selected) ?? view.servers.find((s) => s.id === view.leader) ?? view.servers[0]
  if (server === undefined) return null
  const timers = world.processes.find((p) => p.id === server.id)?.timers ?? []
  return (
    <div className="raft-server" data-server-panel={server.id}>
      <section className="section">
        <div className="raft-server-head">
          <i className="raft-dot" style={{ background: hueColor(server.term) }} />
          <h3>{server.id}</h3>
          <span className="dim">{conditionOf(server)}</span>
          <ServerPicker view={view} id={server.id} onSelect={onSelect} />
        </div>
        <p className="raft-sentence">{sentenceOf(server, view)}</p>
      </section>
      <MemoryAndDisk server={server} />
      {timers.length > 0 && <Timers timers={timers} at={at} />}
      {server.followers.length > 0 && <Followers server={server} />}
      <Configuration {...props} server={server} />
      <Store server={server} />
      <Answers view={view} server={server} />
    </div>
  )
}

function ServerPicker({ view, id, onSelect }: { view: RaftView; id: string; onSelect(id: string): void }) {
  return (
    <select className="select small" aria-label="Server" value={id} onChange={(event) => onSelect(event.target.value)}>
      {view.servers.map((s) => (
        <option key={s.id} value={s.id}>
          {s.id}
        </option>
      ))}
    </select>
  )
}

function sentenceOf(server: ServerView, view: RaftView): string {
  const { id, status, role, term, stale, leaderId, votedFor } = server
  if (status === 'down') return `${id} is down. When it restarts it has what its disk kept.`
  if (status === 'paused') return `${id} is paused: it does nothing, and what comes to it waits.`
  if (status === 'stalled') return `${id} is stalled: its timers run, and messages wait.`
  if (role === 'leader' && stale) return `${id} believes that it leads term ${term}; ${view.leader} leads a later term.`
  if (role === 'leader') return `${id} leads term ${term}.`
  if (role === 'preCandidate')
    return `${id} asks whether it could win term ${term + 1}: it has ${tallyOf(server)} pre-votes.`
  if (role === 'candidate') return `${id} stands for term ${term}: it has ${tallyOf(server)} votes.`
  if (leaderId !== null) return `${id} follows ${leaderId} in term ${term}.`
  return votedFor === null
    ? `${id} knows of no leader in term ${term}.`
    : `${id} voted for ${votedFor} in term ${term} and knows of no leader yet.`
}

/** What happens when a timer runs out. */
const TIMERS: Readonly<Record<string, string>> = {
  election: 'campaigns',
  heartbeat: 'sends to all',
  transfer: 'takes the leadership back',
  join: 'asks to be taken in again',
}

function Timers({ timers, at }: { timers: readonly TimerView[]; at: Micros }) {
  return (
    <section className="section">
      <h3 className="section-title">Timers</h3>
      <dl className="raft-facts">
        {timers.map(({ timer, dueAt }) => (
          <Fact key={timer} name={timer}>
            {TIMERS[timer] ?? 'runs out'}{' '}
            {dueAt <= at ? 'now' : `in ${formatDuration(Math.round((dueAt - at) / 1000) * 1000)}`}
          </Fact>
        ))}
      </dl>
    </section>
  )
}
