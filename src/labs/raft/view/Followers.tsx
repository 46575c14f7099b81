import type { FollowerView, ServerView } from '../observe.ts'

/** What a leader knows of each other server's log, and how it sends to it (etcd raft, `tracker/progress.go`). */
export function Followers({ server }: { server: ServerView }) {
  return (
    <section className="section">
      <h3 className="section-title">Followers, as {server.id} knows them</h3>
      <table className="raft-table">
        <thead>
          <tr>
            <td />
            <th scope="col" className="mono">
              match
            </th>
            <th scope="col" className="mono">
              next
            </th>
            <th scope="col">progress</th>
          </tr>
        </thead>
        <tbody>
          {server.followers.map((follower) => (
            <tr key={follower.id} data-follower={follower.id} data-progress={follower.mode}>
              <th scope="row">
                {follower.id}
                {follower.learner && <small className="raft-part">learner</small>}
              </th>
              <td>{follower.matchIndex}</td>
              <td>{follower.nextIndex}</td>
              <td title={MEANING[follower.mode]}>{progressOf(follower)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const MEANING: Readonly<Record<FollowerView['mode'], string>> = {
  probe: 'One message at a time, until it is known where the logs agree',
  replicate: 'Entries go out without waiting for answers, as far as the window allows',
  snapshot: 'No entries until the snapshot has come',
}

function progressOf({ mode, inFlight, sending }: FollowerView): string {
  if (sending !== null) {
    const share = sending.of === 0 ? 100 : Math.floor((100 * sending.done) / sending.of)
    return `snapshot to ${sending.index}, ${share} %`
  }
  return inFlight === 0 ? mode : `${mode}, ${inFlight} in flight`
}
