import type { ReadMode } from '../messages.ts'
import type { RaftView, ServerView } from '../observe.ts'

const HOW: Readonly<Record<ReadMode, string>> = {
  log: 'through the log',
  readIndex: 'by ReadIndex',
  lease: 'by its lease',
  followerRead: 'by a follower with the leader’s ReadIndex',
  dirty: 'dirty, from what it held',
}

/** The last answer of each client that came from this server: by which way, and as of which entry. */
export function Answers({ view, server }: { view: RaftView; server: ServerView }) {
  const answers = view.clients.flatMap(({ id, last }) => (last?.from === server.id ? [{ id, last }] : []))
  if (answers.length === 0) return null
  return (
    <section className="section">
      <h3 className="section-title">Answers that it gave</h3>
      <ul className="raft-answers">
        {answers.map(({ id, last: { text, result, mode, index, term } }) => (
          <li key={id} data-answer={id} data-mode={mode}>
            <span>
              {id}, {text}: <strong>{result}</strong>
            </span>
            <small>
              {HOW[mode]}, as of entry {index}, in term {term}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
