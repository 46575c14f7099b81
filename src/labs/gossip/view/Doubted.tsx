import type { LabProps } from '../../../ui/lab-view.ts'
import type { GossipView } from '../observe.ts'
import { conditionOf, reputationOf, truthOf } from './describe.ts'

const MOST = 12

/** A crowd is too large for a matrix: whom others doubt, the most doubted first, and whether they are right. */
export function Doubted({ view, onSelect }: Pick<LabProps<GossipView>, 'view' | 'onSelect'>) {
  const doubted = view.servers
    .filter(({ suspectedBy, deadTo }) => suspectedBy + deadTo > 0)
    .toSorted((x, y) => y.suspectedBy + y.deadTo - (x.suspectedBy + x.deadTo))
  if (doubted.length === 0) return <p className="dim">Nobody doubts anybody. Pick a server to see its own beliefs.</p>
  return (
    <table className="gossip-members">
      <thead>
        <tr>
          <th scope="col">Server</th>
          <th scope="col">is</th>
          <th scope="col">to the others</th>
        </tr>
      </thead>
      <tbody>
        {doubted.slice(0, MOST).map((server) => (
          <tr key={server.id} data-wrong={truthOf(server) === 'there' || undefined}>
            <th scope="row">
              <button type="button" className="link-button" onClick={() => onSelect(server.id)}>
                {server.id}
              </button>
            </th>
            <td>{conditionOf(server)}</td>
            <td>{toOthers(server, view.servers.length - 1)}</td>
          </tr>
        ))}
        {doubted.length > MOST && (
          <tr>
            <td colSpan={3}>and {doubted.length - MOST} more</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

/** `dead to 12, suspect to 200 of 999` */
function toOthers(server: GossipView['servers'][number], others: number): string {
  const { suspectedBy, deadTo } = server
  const both = deadTo > 0 && suspectedBy > 0
  return `${both ? `dead to ${deadTo}, suspect to ${suspectedBy}` : reputationOf(server)} of ${others}`
}
