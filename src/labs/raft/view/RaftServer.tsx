import type { ReactNode } from 'react'
import { formatDuration } from '../../../base/units.ts'
import { hueColor } from '../../../ui/hue.ts'
import type { LabProps } from '../../../ui/lab-view.ts'
import type { RaftView, ServerView } from '../observe.ts'
import { conditionOf, quorum } from './describe.ts'

/** All that one server knows: the one that is picked out, else the leader. */
export function RaftServer({ view, world, at, selected, onSelect }: LabProps<RaftView>) {
  const server =
    view.servers.find((s) => s.id === selected) ?? view.servers.find((s) => s.id === view.leader) ?? view.servers[0]
  if (server === undefined) return null
  const process = world.processes.find((p) => p.id === server.id)
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
      <section className="section">
        <h3 className="section-title">What it knows, and what a crash would leave</h3>
        <MemoryAndDisk server={server} />
      </section>
      <section className="section">
        <h3 className="section-title">Progress</h3>
        <dl className="raft-facts">
          <Fact name="commitIndex">{server.commitIndex}</Fact>
          <Fact name="lastApplied">{server.lastApplied}</Fact>
          {process?.timers.map((timer) => (
            <Fact key={timer.timer} name={`${timer.timer} timer`}>
              {timer.dueAt <= at ? 'due' : `in ${formatDuration(Math.round((timer.dueAt - at) / 1000) * 1000)}`}
            </Fact>
          ))}
        </dl>
      </section>
      {server.followers.length > 0 && <Followers server={server} />}
      <Store server={server} />
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
  const { id, status, role, term, stale, leaderId, votesGranted, votedFor } = server
  if (status === 'down') return `${id} is down. When it restarts it has what its disk kept.`
  if (status === 'paused') return `${id} is paused: it does nothing, and what comes to it waits.`
  if (status === 'stalled') return `${id} is stalled: its timers run, and messages wait.`
  if (role === 'leader' && stale) return `${id} believes that it leads term ${term}; ${view.leader} leads a later term.`
  if (role === 'leader') return `${id} leads term ${term}.`
  if (role === 'preCandidate') {
    return `${id} asks whether it could win term ${term + 1}: ${votesGranted.length} of the ${quorum(view.servers.length)} pre-votes that it needs.`
  }
  if (role === 'candidate') {
    return `${id} stands for term ${term}: ${votesGranted.length} of the ${quorum(view.servers.length)} votes that it needs.`
  }
  if (leaderId !== null) return `${id} follows ${leaderId} in term ${term}.`
  return votedFor === null
    ? `${id} knows of no leader in term ${term}.`
    : `${id} voted for ${votedFor} in term ${term} and knows of no leader yet.`
}

function MemoryAndDisk({ server }: { server: ServerView }) {
  const { status, term, votedFor, lastIndex, disk } = server
  const up = status !== 'down'
  const rows: [string, ReactNode, ReactNode][] = [
    ['currentTerm', term, disk.term],
    ['votedFor', votedFor ?? 'nobody', disk.votedFor ?? 'nobody'],
    ['log', inEntries(lastIndex), inEntries(disk.lastIndex)],
  ]
  return (
    <>
      <table className="raft-table">
        <thead>
          <tr>
            <td />
            <th scope="col">memory</th>
            <th scope="col">disk</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, memory, kept]) => (
            <tr key={name}>
              <th scope="row" className="mono">
                {name}
              </th>
              <td>{up ? memory : <span className="dim">gone</span>}</td>
              <td data-differs={(up && memory !== kept) || undefined}>{kept}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="raft-note">
        {disk.unsynced === 0
          ? 'Everything that it wrote is on its disk.'
          : `${disk.unsynced} ${disk.unsynced === 1 ? 'write is' : 'writes are'} not on its disk yet: a crash now would lose ${disk.unsynced === 1 ? 'it' : 'them'}.`}
      </p>
    </>
  )
}

function Followers({ server }: { server: ServerView }) {
  return (
    <section className="section">
      <h3 className="section-title">Followers</h3>
      <table className="raft-table">
        <thead>
          <tr>
            <td />
            <th scope="col" className="mono">
              matchIndex
            </th>
            <th scope="col" className="mono">
              nextIndex
            </th>
          </tr>
        </thead>
        <tbody>
          {server.followers.map(({ id, matchIndex, nextIndex }) => (
            <tr key={id}>
              <th scope="row">{id}</th>
              <td>{matchIndex}</td>
              <td>{nextIndex}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Store({ server }: { server: ServerView }) {
  return (
    <section className="section">
      <h3 className="section-title">Key-value store</h3>
      {server.store.length === 0 ? (
        <p className="raft-note first">
          {server.status === 'down'
            ? 'Gone with the crash; the log will fill it again.'
            : 'Empty: no write has been applied yet.'}
        </p>
      ) : (
        <dl className="raft-facts">
          {server.store.map(([key, value]) => (
            <Fact key={key} name={key}>
              {value}
            </Fact>
          ))}
        </dl>
      )}
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="raft-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const inEntries = (count: number): string => `${count} ${count === 1 ? 'entry' : 'entries'}`
