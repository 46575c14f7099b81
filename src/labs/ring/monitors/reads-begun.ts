import type { Event } from '../../../kernel/event.ts'
import { descends, type VersionVector } from '../store/versions.ts'
import type { Ring } from '../types.ts'

/** What had been read of a key when a read of it began. */
export interface ReadsBegun {
  /** By operation. */
  begun: Map<string, { key: string; due: readonly EarlierRead[] }>
  /** By key, the reads that have ended and that no later one covers. */
  ended: Map<string, readonly EarlierRead[]>
}

export interface EarlierRead {
  readonly process: string
  readonly clock: VersionVector
}

/** A read that has ended, and those that had ended when it began. */
export interface EndedRead extends EarlierRead {
  readonly key: string
  readonly from: readonly string[]
  readonly due: readonly EarlierRead[]
}

export const noReads = (): ReadsBegun => ({ begun: new Map(), ended: new Map() })

export const copyReads = ({ begun, ended }: ReadsBegun): ReadsBegun => ({
  begun: new Map(begun),
  ended: new Map(ended),
})

/** Takes an event in; gives the read that it ends, if it ends one. */
export function learnRead(memory: ReadsBegun, event: Event<Ring>): EndedRead | null {
  if (event.type === 'invoked' && event.what.type === 'get') {
    const { key } = event.what
    memory.begun.set(event.operation, { key, due: memory.ended.get(key) ?? [] })
  }
  if (event.type !== 'completed') return null
  const begun = memory.begun.get(event.operation)
  memory.begun.delete(event.operation)
  if (begun === undefined || event.outcome.type !== 'read') return null
  const { clock } = event.outcome.versions
  remember(memory, begun.key, { process: event.process, clock })
  return { ...begun, process: event.process, clock, from: event.outcome.from }
}

function remember(memory: ReadsBegun, key: string, read: EarlierRead): void {
  const rest = (memory.ended.get(key) ?? []).filter(({ clock }) => !descends(read.clock, clock))
  memory.ended.set(key, [...rest, read].slice(-WATCHED))
}

/** Reads that nobody covers are few; a bound keeps it so. */
const WATCHED = 16
