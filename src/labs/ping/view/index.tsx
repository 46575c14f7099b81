import { formatDuration } from '../../../base/units.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import type { Action, LabProps, LabView } from '../../../ui/lab-view.ts'
import type { Layout } from '../../../ui/stage/layout.ts'
import { Stage } from '../../../ui/stage/Stage.tsx'
import type { PingView, ServerView } from '../observe.ts'
import { Tool } from '../../../ui/Tool.tsx'
// oxlint-disable-next-line import/no-unassigned-import -- styles have no name
import './ping.css'

export const view: LabView<PingView> = {
  Stage: PingStage,
  Bar: PingBar,
  panels: [{ id: 'counts', title: 'Counts', Component: Counts }],
  actions: async () => (view, id) => [pingActions(view, id)],
  describe: (view, _world, id) => describe(view, id),
}

function pingActions(view: PingView, id: ProcessId): readonly Action[] {
  const server = serverOf(view, id)
  if (server === undefined) return []
  const disabled = server.status !== 'up' ? `${id} is ${server.status}` : server.open ? 'a ping is under way' : null
  return [
    {
      id: 'pingNow',
      label: 'Ping now',
      disabled,
      command: { type: 'act', process: id, action: { type: 'pingNow' } },
    },
  ]
}

/** Servers on their ring; each says what came of its pings. */
function PingStage(props: LabProps<PingView>) {
  return (
    <Stage
      {...props}
      describe={(id) => describe(props.view, id)}
      renderServer={({ id }, layout) => markOf(props.view, id, layout)}
      shape={({ type }) =>
        type === 'Pong' ? 'ack' : type === 'PingNow' ? 'ask' : type === 'PingReport' ? 'answer' : 'arrow'
      }
      caption={(id) => (props.view.clients.find((client) => client.id === id)?.open ? 'ping now' : null)}
    />
  )
}

function markOf(view: PingView, id: ProcessId, { radius, roomy }: Layout) {
  const server = serverOf(view, id)
  return server === undefined ? null : <Mark server={server} radius={radius} roomy={roomy} />
}

function Mark({ server, radius, roomy }: { server: ServerView; radius: number; roomy: boolean }) {
  const { id, status, answered, missed } = server
  return (
    <g className="ping-mark" data-status={status}>
      <circle r={radius} />
      <text className="name" y={roomy ? -1 : 4}>
        {id}
      </text>
      {roomy && (
        <text className="small" y={14}>
          {status === 'up' ? `${answered} ok` : status}
        </text>
      )}
      {roomy && missed > 0 && status === 'up' && (
        <text className="small missed" y={radius + 20}>{`${missed} missed`}</text>
      )}
    </g>
  )
}

/** A client asks a server to ping now. */
function PingBar({ view, world, dispatch }: LabProps<PingView>) {
  return (
    <div className="ping-bar" role="group" aria-label="Client">
      {view.servers.map(({ id }) => {
        const client = world.processes.find((process) => process.beside === id)?.id
        const ask = () =>
          client !== undefined && dispatch({ type: 'invoke', client, operation: { type: 'pingNow', via: id } })
        return (
          <Tool key={id} disabled={client === undefined ? `no client stands beside ${id}` : null} onClick={ask}>
            Ask {id} to ping
          </Tool>
        )
      })}
    </div>
  )
}

function Counts({ view }: LabProps<PingView>) {
  return (
    <section className="section">
      <h3 className="section-title">Pings of each server</h3>
      <table className="ping-counts">
        <thead>
          <tr>
            {['Server', 'pings', 'asked', 'answered', 'missed', 'last took'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.servers.map(({ id, neighbour, asked, answered, missed, lastTook }) => (
            <tr key={id}>
              <th scope="row">{id}</th>
              <td>{neighbour}</td>
              <td>{asked}</td>
              <td>{answered}</td>
              <td>{missed}</td>
              <td>{lastTook === null ? '–' : formatDuration(lastTook)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A process in words, for its accessible name. */
function describe(view: PingView, id: ProcessId): string {
  const server = serverOf(view, id)
  if (server === undefined) return `${id}, client`
  if (server.status !== 'up') return `${id}, ${server.status}`
  return `${id}, pings ${server.neighbour}, ${server.answered} answered, ${server.missed} missed`
}

const serverOf = (view: PingView, id: ProcessId): ServerView | undefined =>
  view.servers.find((server) => server.id === id)
