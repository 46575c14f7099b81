import { useEffect, useState } from 'react'
import type { LabProps } from '../../../ui/lab-view.ts'
import type { RingLabView } from '../observe.ts'
import type { TreesView } from '../trees-view.ts'
import { act } from './actions.ts'
import { counted, listed } from './describe.ts'
import { Tool } from '../../../ui/Tool.tsx'

/** Two servers' Merkle trees over the keys that both should hold: where they differ, and what they ask each other about now. */
export function Trees(props: LabProps<RingLabView>) {
  const { view, selected, dispatch, setWindow } = props
  const [other, setOther] = useState<string | null>(null)
  const a = Math.max(
    0,
    view.servers.findIndex(({ id }) => id === selected),
  )
  const wished = view.servers.findIndex(({ id }) => id === other)
  const b = wished >= 0 && wished !== a ? wished : (a + 1) % Math.max(1, view.servers.length)
  // The trees of two servers come with the picture while this panel is open.
  useEffect(() => {
    setWindow({ treeA: a, treeB: b })
    return () => setWindow({ treeA: -1, treeB: -1 })
  }, [a, b, setWindow])
  const left = view.servers[a]
  const right = view.servers[b]
  if (left === undefined || right === undefined || left === right) {
    return <p className="section dim">It takes two servers to compare.</p>
  }
  const why =
    left.status !== 'up'
      ? `${left.id} is ${left.status}`
      : view.layout === 'single' || view.layout === 'ranges'
        ? 'Each key has one copy'
        : null
  return (
    <section className="section">
      <h3 className="section-title">Merkle trees over what both should hold</h3>
      <div className="ring-trees-head">
        <Picker label="First server" view={view} value={left.id} onPick={props.onSelect} />
        <span>with</span>
        <Picker label="Second server" view={view} value={right.id} except={left.id} onPick={setOther} />
        <Tool
          className="button small"
          disabled={why}
          title={`${left.id} sends the root of its tree to ${right.id}`}
          onClick={() => dispatch(act(left.id, { type: 'compareWith', server: right.id }))}
        >
          Compare now
        </Tool>
      </div>
      {view.trees === null ? <p className="dim">…</p> : <Picture trees={view.trees} />}
    </section>
  )
}

function Picker(props: { label: string; view: RingLabView; value: string; except?: string; onPick(id: string): void }) {
  const { label, view, value, except, onPick } = props
  return (
    <select className="select small" aria-label={label} value={value} onChange={(event) => onPick(event.target.value)}>
      {view.servers
        .filter(({ id }) => id !== except)
        .map(({ id }) => (
          <option key={id}>{id}</option>
        ))}
    </select>
  )
}

const WIDTH = 384
const LEVEL = 44
const TALL = [26, 24, 20, 16]

/** Four levels, the root on top; a node whose two hashes differ is struck, one that is being asked about is framed. */
function Picture({ trees }: { trees: TreesView }) {
  const asked = new Set(trees.underWay.flatMap(({ depth, nodes }) => nodes.map((node) => `${depth} ${node}`)))
  return (
    <>
      <svg className="ring-tree" viewBox={`0 0 ${WIDTH} ${LEVEL * 4}`} role="img" aria-label={wordsOf(trees)}>
        {trees.differ.map((level, depth) =>
          level.map((differs, node) => {
            const width = WIDTH / level.length
            const x = (node + 0.5) * width
            const y = depth * LEVEL + 14
            const w = Math.min(60, width - (depth === 3 ? 1.4 : 4))
            const tall = TALL[depth] ?? 16
            const parent = WIDTH / (level.length / 4)
            return (
              // oxlint-disable-next-line react/no-array-index-key -- a node is its place in the tree
              <g key={node} data-differs={differs || undefined} data-asked={asked.has(`${depth} ${node}`) || undefined}>
                {depth > 0 && (
                  <path
                    d={`M${x} ${y - tall / 2}L${(Math.floor(node / 4) + 0.5) * parent} ${y - LEVEL + (TALL[depth - 1] ?? 0) / 2}`}
                  />
                )}
                <rect x={x - w / 2} y={y - tall / 2} width={w} height={tall} rx={2} />
                {differs && depth < 3 && (
                  <text x={x} y={y + 4}>
                    ≠
                  </text>
                )}
                {!differs && depth < 2 && (
                  <text x={x} y={y + 4}>
                    =
                  </text>
                )}
              </g>
            )
          }),
        )}
      </svg>
      <p className="ring-says" aria-live="polite">
        {wordsOf(trees)}
      </p>
      {trees.underWay.map(({ from, depth, nodes }) => (
        <p key={`${from} ${depth}`} className="ring-caption">
          {depth < 3
            ? `${from} asks about ${counted(nodes.length, 'node')} of level ${depth + 1}.`
            : `${from} asks about ${counted(nodes.length, 'leaf').replace('leafs', 'leaves')}.`}
        </p>
      ))}
      <p className="ring-caption">
        Two servers send each other the hashes of one level; only below nodes that differ do they go on, and only leaves
        that differ are sent.
      </p>
    </>
  )
}

function wordsOf({ a, b, differ, keys, shared }: TreesView): string {
  const leaves = (differ.at(-1) ?? []).filter(Boolean).length
  if (shared.a + shared.b === 0) return `${a} and ${b} have no key in common.`
  if (leaves === 0)
    return `The roots are equal: ${a} and ${b} hold the same ${counted(shared.a, 'key')}. One message shows it.`
  const named = keys.length > 6 ? `${keys.slice(0, 6).join(', ')} and ${keys.length - 6} more` : listed(keys)
  return `${leaves} of 64 leaves ${leaves === 1 ? 'differs' : 'differ'}, with ${named} in ${leaves === 1 ? 'it' : 'them'}.`
}
