import type { ProcessId, World } from '../../kernel/types.ts'
import type { Window } from '../../lab/definition.ts'
import { hashOf, LEAF_DEPTH, sharedLeaves } from './anti-entropy.ts'
import type { Durable } from './state.ts'
import type { Ring } from './types.ts'

/** Two servers' Merkle trees over the keys that both should hold, as anti-entropy would compare them now. */
export interface TreesView {
  a: ProcessId
  b: ProcessId
  /** For each level from the root down, for each node, whether the two hashes differ. */
  differ: readonly (readonly boolean[])[]
  /** The first hash of each. */
  roots: { a: number; b: number }
  /** Keys in the leaves that differ, by either. */
  keys: readonly string[]
  /** How many keys each holds of those that both should. */
  shared: { a: number; b: number }
  /** What the two ask each other about at this instant. */
  underWay: readonly { from: ProcessId; depth: number; nodes: readonly number[] }[]
}

/** The trees of the two servers that the window picks by their places; null unless there are two that ever ran. */
export function viewTrees(
  world: World<Ring>,
  window: Window,
  diskOf: (id: ProcessId) => Durable | null,
): TreesView | null {
  const ids = world.ids('server')
  const a = ids[window['treeA'] ?? -1]
  const b = ids[window['treeB'] ?? -1]
  if (a === undefined || b === undefined || a === b) return null
  const diskA = diskOf(a)
  const diskB = diskOf(b)
  if (diskA === null || diskB === null) return null
  const leavesA = sharedLeaves(world.config, diskA, ids, a, b)
  const leavesB = sharedLeaves(world.config, diskB, ids, b, a)
  const differ = Array.from({ length: LEAF_DEPTH + 1 }, (_, depth) =>
    Array.from(
      { length: 1 << (2 * depth) },
      (_, node) => hashOf(leavesA, depth, node) !== hashOf(leavesB, depth, node),
    ),
  )
  const keys = new Set<string>()
  for (const [leaf, isOther] of (differ[LEAF_DEPTH] ?? []).entries()) {
    if (!isOther) continue
    for (const { key } of [...(leavesA[leaf] ?? []), ...(leavesB[leaf] ?? [])]) keys.add(key)
  }
  return {
    a,
    b,
    differ,
    roots: { a: hashOf(leavesA, 0, 0), b: hashOf(leavesB, 0, 0) },
    keys: [...keys].toSorted(),
    shared: { a: count(leavesA), b: count(leavesB) },
    underWay: asked(world, a, b),
  }
}

function asked(world: World<Ring>, a: ProcessId, b: ProcessId): TreesView['underWay'] {
  return world.flights().flatMap(({ from, to, message }) => {
    const between = (from === a && to === b) || (from === b && to === a)
    if (!between) return []
    if (message.type === 'Tree') return [{ from, depth: message.depth, nodes: message.nodes }]
    return message.type === 'Exchange' ? [{ from, depth: LEAF_DEPTH, nodes: message.leaves }] : []
  })
}

const count = (leaves: readonly (readonly unknown[])[]): number => leaves.reduce((sum, leaf) => sum + leaf.length, 0)
