import type { ServerView } from '../observe.ts'
import { Fact } from './Fact.tsx'

/** The state machine: the keys, and per client the last request that was applied, so that a retry is applied once (thesis §6.3). */
export function Store({ server: { status, store, sessions } }: { server: ServerView }) {
  return (
    <>
      <section className="section">
        <h3 className="section-title">Key-value store</h3>
        {store.length === 0 ? (
          <p className="raft-note first">
            {status === 'down'
              ? 'Gone with the crash; the log will fill it again.'
              : 'Empty: no write has been applied yet.'}
          </p>
        ) : (
          <dl className="raft-facts">
            {store.map(([key, value]) => (
              <Fact key={key} name={key}>
                {value}
              </Fact>
            ))}
          </dl>
        )}
      </section>
      {sessions.length > 0 && (
        <section className="section">
          <h3 className="section-title">Sessions</h3>
          <table className="raft-table">
            <thead>
              <tr>
                <td />
                <th scope="col">last request</th>
                <th scope="col">entry</th>
                <th scope="col">answer</th>
              </tr>
            </thead>
            <tbody>
              {sessions.map(({ client, serial, index, result }) => (
                <tr key={client} data-session={client}>
                  <th scope="row">{client}</th>
                  <td>no. {serial}</td>
                  <td>{index}</td>
                  <td>{result}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="raft-note">A request that comes again is not carried out again: it has the answer kept here.</p>
        </section>
      )}
    </>
  )
}
