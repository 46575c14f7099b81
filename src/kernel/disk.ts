import { drawUnit, type Distribution, sample, stream } from '../base/random.ts'
import type { Core } from './core.ts'
import { eventCode } from './event.ts'
import { type Machine, ownDisk } from './machine.ts'
import type { LabTypes, WriteId } from './types.ts'
import { transmit } from './network.ts'
import { finishOperation } from './operations.ts'

/** Writes; the sync comes after the disk's latency, and never before that of an earlier write. */
export function persist<T extends LabTypes>(core: Core<T>, m: Machine<T>, durable: T['durable']): WriteId {
  const disk = ownDisk(m)
  const write = ++disk.writes
  recordWrite(core, m, WROTE, 'wrote', write, 0)
  const latency = syncLatency(m, (m.diskSettings ?? core.disk).sync, write, core.seed)
  const last = disk.pending.at(-1)
  if (latency === 0 && last === undefined) {
    keep(core, m, write, durable, m.lastSeq)
    return write
  }
  const syncsAt = Math.max(core.now + latency, last === undefined ? 0 : last.syncsAt)
  disk.pending.push({ write, durable, syncsAt, seq: m.lastSeq })
  core.agenda.push({ type: 'sync', at: syncsAt, order: core.nextOrder(), process: m.index, life: m.life })
  return write
}

/** The oldest write is on the platter; what waited for it goes out. */
export function syncOldest<T extends LabTypes>(core: Core<T>, m: Machine<T>): WriteId {
  const { write, durable, seq } = m.disk.pending.shift() as Machine<T>['disk']['pending'][number]
  keep(core, m, write, durable, seq)
  return write
}

/** Lets go what no longer waits for a sync. */
export function releaseHeld<T extends LabTypes>(core: Core<T>, m: Machine<T>): void {
  const { disk } = m
  let free = 0
  while (free < disk.held.length && (disk.held[free] as { after: WriteId }).after <= disk.synced) free++
  if (free === 0) return
  for (const held of disk.held.splice(0, free)) {
    if (held.type === 'send') transmit(core, m, held.to, held.message, held.channel, held.said, 'disk')
    else finishOperation(core, m, held.operation, held.outcome, held.said)
  }
}

const WROTE = eventCode('wrote')
const SYNCED = eventCode('synced')

function keep<T extends LabTypes>(
  core: Core<T>,
  m: Machine<T>,
  write: WriteId,
  durable: T['durable'],
  wrote: number,
): void {
  if (!(m.diskSettings ?? core.disk).lying) m.disk.kept = durable
  m.disk.synced = write
  recordWrite(core, m, SYNCED, 'synced', write, wrote)
}

function syncLatency<T extends LabTypes>(m: Machine<T>, sync: Distribution, write: WriteId, seed: number): number {
  if (sync.type === 'constant') return sync.value
  m.diskRandomness ??= stream(seed, `${m.id} disk`)
  return sample(sync, drawUnit(m.diskRandomness, write))
}

function recordWrite<T extends LabTypes>(
  core: Core<T>,
  m: Machine<T>,
  code: number,
  type: 'wrote' | 'synced',
  write: WriteId,
  wrote: number,
): void {
  const seq = core.record(code, m.index, write, 0)
  if (core.wants(code)) {
    core.emit({ seq, at: core.now, causes: core.causesAt(m, wrote, 'disk'), type, process: m.id, write })
  }
  m.lastSeq = seq
}
