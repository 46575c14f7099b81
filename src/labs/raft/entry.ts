import { mix, mixString } from '../../base/hash.ts'
import { Log } from '../../base/log.ts'
import type { ProcessId } from '../../kernel/types.ts'
import { type Command, commandBytes, digestCommand } from './store.ts'

/** One entry of the replicated log. Never changed once made. */
export interface Entry {
  readonly index: number
  readonly term: number
  readonly command: Command
  /** Who asked for it, and its number among that client's requests; empty and 0 for a no-op. */
  readonly client: ProcessId
  readonly serial: number
  readonly bytes: number
  readonly digest: number
}

export function makeEntry(index: number, term: number, command: Command, client: ProcessId = '', serial = 0): Entry {
  const digest = mixString(mix(mix(mix(mix(41, index), term), digestCommand(command)), serial), client)
  return { index, term, command, client, serial, bytes: 24 + commandBytes(command), digest }
}

/**
 * The log of a server. Entries count from 1, as in the paper; position 0 of the sequence holds entry 1. Entries up to
 * `first` are compacted: they are committed, and of the last of them the term is known (§7).
 */
export class EntryLog extends Log<Entry> {
  #termBefore = 0

  constructor(from?: readonly Entry[] | EntryLog) {
    super(from)
    if (from instanceof EntryLog) this.#termBefore = from.#termBefore
  }

  /** The term of the last entry that is compacted; 0 if none is. */
  get termBefore(): number {
    return this.#termBefore
  }

  /** Drops the entries up to `index`, which a snapshot has taken the place of. */
  compact(index: number): void {
    if (index <= this.first) return
    this.#termBefore = termAt(this, index)
    this.dropBefore(index)
  }

  /** Drops all entries and goes on behind the last one of a snapshot. */
  beginBehind(index: number, term: number): void {
    this.#termBefore = term
    this.restartAt(index)
  }

  override copy(): EntryLog {
    return new EntryLog(this)
  }
}

export const lastIndex = (log: EntryLog): number => log.length

export function lastTerm(log: EntryLog): number {
  return log.last()?.term ?? log.termBefore
}

export const entryAt = (log: EntryLog, index: number): Entry | undefined => log.at(index - 1)

/** The term of the entry at `index`; 0 where that is not known: before the last compacted entry and beyond the end. */
export function termAt(log: EntryLog, index: number): number {
  const entry = log.at(index - 1)
  return entry === undefined ? (index === log.first ? log.termBefore : 0) : entry.term
}

/** Whether a log that ends so is at least as up-to-date as `log` (§5.4.1): the later last term, or as long with the same. */
export function isAtLeastAsUpToDate(log: EntryLog, candidateLastIndex: number, candidateLastTerm: number): boolean {
  const term = lastTerm(log)
  return candidateLastTerm > term || (candidateLastTerm === term && candidateLastIndex >= lastIndex(log))
}
