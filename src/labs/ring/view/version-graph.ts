import type { ProcessId } from '../../../kernel/types.ts'
import type { KeyView } from '../key-view.ts'
import { dotText } from './standing.ts'

/** One version of a key that somebody still holds. */
export interface VersionNode {
  /** The one event that made it: `n1:3`. */
  dot: string
  value: string | null
  stamp: number
  holders: readonly { server: ProcessId; hintFor: ProcessId | null }[]
  /** The versions that have superseded it, as far as anybody's vector tells. */
  after: readonly string[]
  /** 0 for what nothing precedes, and one more for each step. */
  depth: number
}

/**
 * The versions of a key on all its replicas and how they follow each other: a version was superseded where an object's
 * vector covers its dot and the object holds it no longer. Those that nothing joins are concurrent.
 */
export function versionGraph(key: KeyView): VersionNode[] {
  const nodes = new Map<
    string,
    { value: string | null; stamp: number; holders: VersionNode['holders'][number][]; after: Set<string> }
  >()
  for (const { server, hintFor, versions } of key.copies) {
    for (const { dot, value, stamp } of versions.siblings) {
      const name = dotText(dot)
      const node = nodes.get(name) ?? { value, stamp, holders: [], after: new Set<string>() }
      node.holders.push({ server, hintFor })
      nodes.set(name, node)
    }
  }
  for (const { versions } of key.copies) {
    const held = new Set(versions.siblings.map(({ dot }) => dotText(dot)))
    for (const [name, node] of nodes) {
      if (held.has(name) || !isCovered(versions.clock, name)) continue
      for (const later of held) if (!stoodBeside(key, name, later)) node.after.add(later)
    }
  }
  return [...nodes].map(([dot, { value, stamp, holders, after }]) => ({
    dot,
    value,
    stamp,
    holders,
    after: [...after],
    depth: depthOf(dot, nodes),
  }))
}

function isCovered(clock: Readonly<Record<string, number>>, name: string): boolean {
  const at = name.lastIndexOf(':')
  return (clock[name.slice(0, at)] ?? 0) >= Number(name.slice(at + 1))
}

/** Whether some replica holds both: then neither superseded the other. */
const stoodBeside = (key: KeyView, a: string, b: string): boolean =>
  key.copies.some(({ versions }) => {
    const names = versions.siblings.map(({ dot }) => dotText(dot))
    return names.includes(a) && names.includes(b)
  })

function depthOf(
  dot: string,
  nodes: ReadonlyMap<string, { after: ReadonlySet<string> }>,
  seen: readonly string[] = [],
): number {
  let depth = 0
  for (const [name, { after }] of nodes) {
    if (after.has(dot) && !seen.includes(name)) depth = Math.max(depth, 1 + depthOf(name, nodes, [...seen, dot]))
  }
  return depth
}
