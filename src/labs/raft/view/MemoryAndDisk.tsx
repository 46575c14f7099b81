import { NUMBERS } from '../../../ui/numbers.ts'
import type { ServerView } from '../observe.ts'

/** One thing that a server knows: as its memory has it, and what a crash would leave of it. */
interface Row {
  name: string
  memory: string
  /** Null for what no disk keeps. */
  disk: string | null
  /** How it comes back after a crash, for what no disk keeps. */
  back?: string
}

export function MemoryAndDisk({ server }: { server: ServerView }) {
  const { status, disk } = server
  const up = status !== 'down'
  return (
    <section className="section">
      <h3 className="section-title">What it knows, and what a crash would leave</h3>
      <table className="raft-table">
        <thead>
          <tr>
            <td />
            <th scope="col">memory</th>
            <th scope="col">disk</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(server).map(({ name, memory, disk: kept, back }) => (
            <tr key={name} data-row={name}>
              <th scope="row" className="mono">
                {name}
              </th>
              <td>{up ? memory : <span className="dim">gone</span>}</td>
              {kept === null ? (
                <td className="dim">{back}</td>
              ) : (
                <td data-differs={(up && memory !== kept) || undefined}>{kept}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="raft-note">
        {disk.unsynced === 0
          ? 'Everything that it wrote is on its disk.'
          : `${disk.unsynced} ${disk.unsynced === 1 ? 'write is' : 'writes are'} not on its disk yet: a crash now would lose ${disk.unsynced === 1 ? 'it' : 'them'}.`}
      </p>
    </section>
  )
}

function rowsOf(server: ServerView): readonly Row[] {
  const { term, votedFor, lastIndex, disk, snapshot, commitIndex, lastApplied, store, sessions } = server
  return [
    { name: 'currentTerm', memory: String(term), disk: String(disk.term) },
    { name: 'votedFor', memory: votedFor ?? 'nobody', disk: disk.votedFor ?? 'nobody' },
    { name: 'log', memory: upTo(lastIndex), disk: upTo(disk.lastIndex) },
    { name: 'snapshot', memory: upTo(snapshot?.index ?? 0), disk: upTo(disk.snapshotIndex) },
    { name: 'commitIndex', memory: String(commitIndex), disk: null, back: 'learnt anew' },
    { name: 'lastApplied', memory: String(lastApplied), disk: null, back: 'applied anew' },
    { name: 'store', memory: counted(store.length, 'key'), disk: null, back: 'from the log' },
    { name: 'sessions', memory: counted(sessions.length, 'client'), disk: null, back: 'from the log' },
  ]
}

const upTo = (index: number): string => (index === 0 ? 'none' : `to entry ${NUMBERS.format(index)}`)
const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
