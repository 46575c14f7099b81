import type { KeyView } from '../key-view.ts'
import type { RingLabView } from '../observe.ts'
import { ownerColor } from './colours.ts'
import { listed } from './describe.ts'
import { clockText, standingOf, valuesText } from './standing.ts'
import { versionGraph, type VersionNode } from './version-graph.ts'

const WIDTH = 96
const STEP = 124
const ROW = 66

/** The versions of one key as a small graph, and below it what each replica holds, with its version vector. */
export function VersionGraph({ view, entry }: { view: RingLabView; entry: KeyView }) {
  const nodes = versionGraph(entry)
  const index = new Map(view.servers.map(({ id }, i) => [id, i]))
  const spots = spotsOf(nodes)
  const deep = Math.max(0, ...nodes.map(({ depth }) => depth))
  const rows = Math.max(1, ...[...spots.values()].map(({ y }) => y / ROW + 1))
  return (
    <section className="section ring-versions" aria-label={`Versions of ${entry.key}`}>
      <h3 className="section-title">Versions of {entry.key} on its replicas</h3>
      {nodes.length > 0 && (
        <svg
          viewBox={`-2 -2 ${deep * STEP + WIDTH + 4} ${rows * ROW}`}
          style={{ width: deep * STEP + WIDTH + 4 }}
          role="img"
          aria-label={wordsOf(nodes, view.lastWrite)}
        >
          {nodes.flatMap((node) =>
            node.after.map((later) => (
              <Edge key={`${node.dot} ${later}`} from={spots.get(node.dot)} to={spots.get(later)} />
            )),
          )}
          {nodes.map((node) => (
            <Node key={node.dot} node={node} at={spots.get(node.dot) ?? { x: 0, y: 0 }} index={index} />
          ))}
        </svg>
      )}
      <p className="ring-says">{wordsOf(nodes, view.lastWrite)}</p>
      <table className="ring-table">
        <thead>
          <tr>
            <th scope="col">Replica</th>
            <th scope="col">Value</th>
            <th scope="col">Version vector</th>
          </tr>
        </thead>
        <tbody>
          {entry.copies.map(({ server, hintFor, versions }) => {
            const standing = hintFor === null ? standingOf(entry, server, view.lastWrite) : 'hint'
            return (
              <tr key={`${server} ${hintFor ?? ''}`} data-standing={standing}>
                <th scope="row">
                  {server}
                  {hintFor !== null && <span className="dim"> for {hintFor}</span>}
                  {hintFor === null && !entry.owners.includes(server) && <span className="dim"> no owner</span>}
                </th>
                <td className="mono">
                  {valuesText(versions)}
                  {standing === 'behind' && <i> stale</i>}
                </td>
                <td className="mono">{clockText(versions)}</td>
              </tr>
            )
          })}
          {entry.owners
            .filter((id) => standingOf(entry, id, view.lastWrite) === 'missing')
            .map((id) => (
              <tr key={id} data-standing="missing">
                <th scope="row">{id}</th>
                <td>
                  <i>lacks it</i>
                </td>
                <td className="mono">–</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}

interface Spot {
  x: number
  y: number
}

function spotsOf(nodes: readonly VersionNode[]): Map<string, Spot> {
  const used = new Map<number, number>()
  return new Map(
    nodes.map(({ dot, depth }) => {
      const row = used.get(depth) ?? 0
      used.set(depth, row + 1)
      return [dot, { x: depth * STEP, y: row * ROW }]
    }),
  )
}

function Node({ node, at, index }: { node: VersionNode; at: Spot; index: ReadonlyMap<string, number> }) {
  const { dot, value, holders, after } = node
  return (
    <g className="version" transform={`translate(${at.x} ${at.y})`} data-old={after.length > 0 || undefined}>
      <rect width={WIDTH} height={32} rx={5} />
      <text x={8} y={14} className="value">
        {value === null ? '† deleted' : value.length > 11 ? `${value.slice(0, 10)}…` : value}
      </text>
      <text x={8} y={26} className="dot">
        {dot}
      </text>
      {holders.slice(0, 7).map(({ server, hintFor }, i) => (
        <g key={`${server} ${hintFor ?? ''}`} transform={`translate(${12 + i * 25} 45)`}>
          <rect
            className="holder"
            x={-11}
            y={-8}
            width={22}
            height={16}
            rx={hintFor === null ? 8 : 2}
            style={{ stroke: ownerColor(index.get(server) ?? 0) }}
          />
          <text y={4} className="holder-name">
            {server}
          </text>
        </g>
      ))}
    </g>
  )
}

function Edge({ from, to }: { from: Spot | undefined; to: Spot | undefined }) {
  if (from === undefined || to === undefined) return null
  const a = { x: from.x + WIDTH, y: from.y + 16 }
  const b = { x: to.x - 2, y: to.y + 16 }
  const bend = (b.x - a.x) / 2
  return (
    <g className="version-edge">
      <path d={`M${a.x} ${a.y}C${a.x + bend} ${a.y} ${b.x - bend} ${b.y} ${b.x} ${b.y}`} />
      <path d={`M${b.x - 6} ${b.y - 4}L${b.x} ${b.y}L${b.x - 6} ${b.y + 4}`} />
    </g>
  )
}

function wordsOf(nodes: readonly VersionNode[], lastWrite: boolean): string {
  if (nodes.length === 0) return 'No replica holds a version of it.'
  const newest = nodes.filter(({ after }) => after.length === 0)
  const old = nodes.filter(({ after }) => after.length > 0)
  const value = ({ value: v, dot }: VersionNode): string => `${v ?? 'the deletion'} (${dot})`
  const first =
    newest.length === 1
      ? `${value(newest[0] as VersionNode)} is the newest.`
      : lastWrite
        ? `${listed(newest.map(value))} are concurrent: the one with the higher stamp will win.`
        : `${listed(newest.map(value))} are concurrent: siblings, until a client that has read them writes.`
  if (old.length === 0) return first
  return `${first} ${listed(old.map(value))} ${old.length === 1 ? 'has' : 'have'} been superseded, and ${old.length === 1 ? 'is' : 'are'} still held.`
}
