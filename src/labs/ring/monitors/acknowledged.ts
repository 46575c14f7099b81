import { monitor } from '../../../check/monitor.ts'
import type { World } from '../../../kernel/types.ts'
import { acksNeeded, isLastWrite } from '../config.ts'
import { covers, type Dot, dotText, isLater, type Version } from '../store/versions.ts'
import type { Ring } from '../types.ts'
import { durableCopies, durableVersions } from './copies.ts'
import { copyWrites, follows, learn, type Writes } from './writes.ts'

/** What a client was told is on as many disks as it was told. */
export const onEnoughDisks = monitor<Ring, { writes: Writes; keys: Map<string, string> }>({
  name: 'Acknowledged by W disks',
  says: 'When a client is told that its write is stored, at least W servers have it, or what followed it, on disk.',
  source: 'DeCandia et al. 2007 §4.5',
  on: ['noted', 'invoked', 'completed'],
  begin: () => ({ writes: new Map(), keys: new Map() }),
  copy: ({ writes, keys }) => ({ writes: copyWrites(writes), keys: new Map(keys) }),
  watch(memory, event, world) {
    learn(memory.writes, event)
    if (event.type === 'invoked') memory.keys.set(event.operation, event.what.key)
    if (event.type !== 'completed' || event.outcome.type !== 'written') return null
    const key = memory.keys.get(event.operation)
    const { dot } = event.outcome
    // What is deleted without a tombstone is on no disk; another check looks at that.
    if (key === undefined || world.config.mistakes.noTombstones) return null
    const holders = new Set(
      durableCopies(world, key)
        .filter(({ versions }) => covers(versions.clock, dot))
        .map(({ server }) => server),
    )
    const need = Math.min(needed(world), world.ids('server').length)
    if (holders.size >= need) return null
    const text = `${event.process} was told that ${key} (${dotText(dot)}) is stored; it is on ${holders.size} disks, and W is ${need}`
    return { text, nodes: [...holders, ...event.outcome.acks] }
  },
})

interface SurvivalMemory {
  writes: Writes
  /** Acknowledged and not yet followed by another, by key. */
  acknowledged: Map<string, Version[]>
  keys: Map<string, string>
  /** Servers that lost their disk. */
  wiped: Set<string>
}

/** No acknowledged write is gone unless another followed it. */
export const survives = monitor<Ring, SurvivalMemory>({
  name: 'Acknowledged writes survive',
  says: 'With fewer than W disks lost, an acknowledged version is on some disk, or one whose writer had seen it. Where the last write wins, one with a later stamp will do.',
  source: 'DeCandia et al. 2007 §4.4; Preguiça et al. 2012',
  on: ['noted', 'invoked', 'completed', 'crashed', 'started', 'wiped'],
  begin: () => ({ writes: new Map(), acknowledged: new Map(), keys: new Map(), wiped: new Set() }),
  copy: (memory) => ({
    writes: copyWrites(memory.writes),
    acknowledged: new Map(Array.from(memory.acknowledged, ([key, all]) => [key, all.slice()])),
    keys: new Map(memory.keys),
    wiped: new Set(memory.wiped),
  }),
  watch(memory, event, world) {
    learn(memory.writes, event)
    if (event.type === 'wiped') memory.wiped.add(event.process)
    if (event.type === 'invoked') memory.keys.set(event.operation, event.what.key)
    if (event.type === 'completed' && event.outcome.type === 'written')
      acknowledge(memory, event.operation, event.outcome.dot)
    // Only a merge, a hand-over or a lost disk can take a version away.
    if (event.type === 'noted' && !CHANGES.has(event.note.type)) return null
    if (event.type === 'invoked' || memory.wiped.size >= needed(world) || world.disk.lying) return null
    return lost(memory, world)
  },
})

const CHANGES = new Set([
  'wrote',
  'healed',
  'handedBack',
  'streamed',
  'repaired',
  'overruled',
  'joined',
  'left',
  'removed',
])

function acknowledge(memory: SurvivalMemory, operation: string, dot: Dot): void {
  const key = memory.keys.get(operation)
  const known = key === undefined ? undefined : memory.writes.get(key)?.get(dotText(dot))
  if (key === undefined || known === undefined) return
  memory.acknowledged.set(key, [...(memory.acknowledged.get(key) ?? []), known.version])
}

function lost(memory: SurvivalMemory, world: World<Ring>): { text: string; nodes: string[] } | null {
  for (const [key, versions] of memory.acknowledged) {
    // A deletion that keeps no tombstone leaves nothing to find.
    if (world.config.mistakes.noTombstones) continue
    const there = durableVersions(world, key)
    const missing = versions.find((version) => !there.some((other) => replaces(memory, world, key, other, version)))
    if (missing !== undefined) {
      memory.acknowledged.set(
        key,
        versions.filter((version) => version !== missing),
      )
      const what = missing.value === null ? `the deletion of ${key}` : `${key} = ${missing.value}`
      return {
        text: `${what} (${dotText(missing.dot)}) was acknowledged and is on no disk, nor is what followed it`,
        nodes: [],
      }
    }
    // What has been followed needs no more watching.
    const left = versions.filter((v) => there.some(({ dot }) => dot.by === v.dot.by && dot.n === v.dot.n))
    if (left.length < versions.length) memory.acknowledged.set(key, left)
  }
  return null
}

/** `lastWriteIsSafe` claims more than last write wins can keep, so it is held to the whole of it. */
function replaces(memory: SurvivalMemory, world: World<Ring>, key: string, other: Version, version: Version): boolean {
  if (follows(memory.writes, key, other.dot, version.dot)) return true
  return isLastWrite(world.config) && !world.config.mistakes.lastWriteIsSafe && isLater(other, version)
}

/** `weakQuorum` asks for fewer than it claims. */
const needed = ({ config }: World<Ring>): number =>
  config.layout === 'ring' && !config.mistakes.weakQuorum ? config.w : acksNeeded(config)
