import { monitor } from '../../../check/monitor.ts'
import type { World } from '../../../kernel/types.ts'
import { isLastWrite } from '../config.ts'
import { isChanging } from '../store/view.ts'
import { copyOn, diskOf } from '../cluster.ts'
import { covers, type Dot, dotText, isLater, type Version, type VersionVector } from '../store/versions.ts'
import type { Ring } from '../types.ts'

interface ReadMemory {
  keys: Map<string, string>
  /** The acknowledged writes of each key. */
  acknowledged: Map<string, Dot[]>
  /** What had been acknowledged when a read began. */
  begun: Map<string, Dot[]>
}

/** What `R + W > N` buys. It is asked for while the ring is stable and quorums are strict. */
export const readsMeetWrites = monitor<Ring, ReadMemory>({
  name: 'Reads meet acknowledged writes',
  says: 'With R + W > N, strict quorums and a ring that does not change, a read that begins after an acknowledged write has seen it.',
  source: 'DeCandia et al. 2007 §4.5; Gifford 1979',
  on: ['invoked', 'completed'],
  begin: () => ({ keys: new Map(), acknowledged: new Map(), begun: new Map() }),
  copy: ({ keys, acknowledged, begun }) => ({
    keys: new Map(keys),
    acknowledged: new Map(Array.from(acknowledged, ([key, dots]) => [key, dots.slice()])),
    begun: new Map(begun),
  }),
  watch(memory, event, world) {
    if (event.type === 'invoked') {
      memory.keys.set(event.operation, event.what.key)
      if (event.what.type === 'get') {
        memory.begun.set(event.operation, (memory.acknowledged.get(event.what.key) ?? []).slice())
      }
      return null
    }
    if (event.type !== 'completed') return null
    const key = memory.keys.get(event.operation)
    if (key === undefined) return null
    memory.keys.delete(event.operation)
    const due = memory.begun.get(event.operation)
    memory.begun.delete(event.operation)
    const { outcome } = event
    if (outcome.type === 'written') {
      memory.acknowledged.set(key, [...(memory.acknowledged.get(key) ?? []), outcome.dot].slice(-WATCHED))
      return null
    }
    if (outcome.type !== 'read' || due === undefined || !promised(world)) return null
    const unseen = due.find((dot) => !covers(outcome.versions.clock, dot))
    if (unseen === undefined) return null
    const text = `${event.process} reads ${key} from ${outcome.from.join(', ')}; none of them had ${dotText(unseen)}, which was acknowledged before the read began`
    return { text, nodes: [event.process, ...outcome.from] }
  },
})

/** The last writes of a key are enough to watch: a later one covers what its coordinator had seen. */
const WATCHED = 16

/** `weakQuorum` is the claim without the means. */
function promised(world: World<Ring>): boolean {
  const { layout, n, r, w, sloppyQuorum, mistakes } = world.config
  if (layout !== 'ring' || sloppyQuorum || world.disk.lying || isLastWrite(world.config)) return false
  if (mistakes.noTombstones) return false
  if (!mistakes.weakQuorum && r + w <= n) return false
  return world.ids('server').every((id) => {
    const view = diskOf(world, id)?.view
    return view === undefined || (!isChanging(view) && Object.values(view).every(({ version }) => version === 1))
  })
}

/** What a deletion took away does not come back. */
export const deletedStayDeleted = monitor<Ring, DeletionMemory>({
  name: 'The deleted stay deleted',
  says: 'A server that has acknowledged a deletion never again holds a version that the deletion had seen.',
  source: 'Riak KV, tombstones; Cassandra, gc_grace_seconds',
  on: ['noted', 'invoked', 'completed', 'crashed'],
  begin: () => ({ keys: new Map(), contexts: new Map(), deletions: [] }),
  copy: ({ keys, contexts, deletions }) => ({
    keys: new Map(keys),
    contexts: new Map(contexts),
    deletions: deletions.slice(),
  }),
  watch(memory, event, world) {
    if (event.type === 'invoked') memory.keys.set(event.operation, event.what.key)
    if (event.type === 'noted' && event.note.type === 'wrote' && event.note.version.value === null) {
      memory.contexts.set(`${event.note.key} ${dotText(event.note.version.dot)}`, event.note)
    }
    if (event.type === 'completed' && event.outcome.type === 'written') {
      const { dot, acks } = event.outcome
      const key = memory.keys.get(event.operation)
      const deletion = memory.contexts.get(`${key} ${dotText(dot)}`)
      // Who stands in keeps a deletion for another, and may hold an old copy of its own.
      const servers = acks.filter((id) => deletion?.owners.includes(id))
      if (key !== undefined && deletion !== undefined) memory.deletions.push({ key, ...deletion, servers })
    }
    if (event.type !== 'noted' || (event.note.type !== 'healed' && event.note.type !== 'repaired')) return null
    return returned(memory, world)
  },
})

interface DeletionMemory {
  keys: Map<string, string>
  contexts: Map<string, { context: VersionVector; version: Version; owners: readonly string[] }>
  deletions: { key: string; context: VersionVector; version: Version; servers: readonly string[] }[]
}

function returned(memory: DeletionMemory, world: World<Ring>): { text: string; nodes: string[] } | null {
  for (const { key, context, version, servers } of memory.deletions) {
    // Where the last write wins, a deletion loses to a later stamp.
    const stands = (v: Version): boolean => isLastWrite(world.config) && isLater(v, version)
    for (const id of servers) {
      const siblings = copyOn(world, id, key)?.siblings ?? []
      const back = siblings.find((v) => v.value !== null && covers(context, v.dot) && !stands(v))
      if (back === undefined) continue
      memory.deletions = memory.deletions.filter((deletion) => deletion.key !== key)
      return { text: `${id} had deleted ${key} and has ${back.value} (${dotText(back.dot)}) again`, nodes: [id] }
    }
  }
  return null
}
