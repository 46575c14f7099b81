import { mix, mixString } from '../../base/hash.ts'
import type { Log } from '../../base/log.ts'
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

/** Entries count from 1, as in the paper; position 0 of the sequence holds entry 1. */
export type EntryLog = Log<Entry>

export const lastIndex = (log: EntryLog): number => log.length

export function lastTerm(log: EntryLog): number {
  return log.last()?.term ?? 0
}

export const entryAt = (log: EntryLog, index: number): Entry | undefined => log.at(index - 1)

/** The term of the entry at `index`; 0 before the first entry and beyond the last. */
export function termAt(log: EntryLog, index: number): number {
  return log.at(index - 1)?.term ?? 0
}

/** Whether a log that ends so is at least as up-to-date as `log` (§5.4.1): the later last term, or as long with the same. */
export function isAtLeastAsUpToDate(log: EntryLog, candidateLastIndex: number, candidateLastTerm: number): boolean {
  const term = lastTerm(log)
  return candidateLastTerm > term || (candidateLastTerm === term && candidateLastIndex >= lastIndex(log))
}

/** The first index in `log` that holds an entry of `term`, walking back from `index`. */
export function firstIndexOfTerm(log: EntryLog, index: number, term: number): number {
  let first = index
  while (first > 1 && termAt(log, first - 1) === term) first--
  return first
}

/** The last index in `log`, at or below `from`, that holds an entry of `term`; 0 if there is none. */
export function lastIndexOfTerm(log: EntryLog, from: number, term: number): number {
  for (let index = Math.min(from, lastIndex(log)); index > 0; index--) {
    const found = termAt(log, index)
    if (found === term) return index
    if (found < term) return 0
  }
  return 0
}
