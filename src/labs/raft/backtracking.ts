import { mix } from '../../base/hash.ts'
import { type EntryLog, lastIndex, termAt } from './entry.ts'

/** How a leader finds the place where a follower's log still agrees with its own. */
export const BACKTRACKING = ['decrement', 'conflict-term', 'hint'] as const
export type Backtracking = (typeof BACKTRACKING)[number]

/** What a follower says of a prevLogIndex that did not fit. */
export type Conflict =
  /** Nothing more: the leader tries the entry before (paper §5.3). */
  | { readonly type: 'decrement'; readonly rejected: number }
  /** The term of the conflicting entry (0 if the log ends before it), its first index, and the log's length (MIT 6.5840). */
  | {
      readonly type: 'conflict-term'
      readonly rejected: number
      readonly xTerm: number
      readonly xIndex: number
      readonly xLen: number
    }
  /** The last entry that may agree: its term is not above prevLogTerm (etcd raft, `findConflictByTerm`). */
  | { readonly type: 'hint'; readonly rejected: number; readonly hintIndex: number; readonly hintTerm: number }

/** What the follower with this log says of an entry (index, term) that it does not hold. */
export function conflictIn(log: EntryLog, type: Backtracking, index: number, term: number): Conflict {
  switch (type) {
    case 'decrement':
      return { type, rejected: index }
    case 'conflict-term': {
      const xTerm = termAt(log, index)
      const xIndex = xTerm === 0 ? 0 : firstIndexOfTerm(log, index, xTerm)
      return { type, rejected: index, xTerm, xIndex, xLen: lastIndex(log) }
    }
    case 'hint': {
      const hintIndex = lastIndexUpToTerm(log, Math.min(index, lastIndex(log)), term)
      return { type, rejected: index, hintIndex, hintTerm: termAt(log, hintIndex) }
    }
  }
}

/** The nextIndex that the leader with this log tries after a refusal. */
export function nextAfter(log: EntryLog, conflict: Conflict): number {
  switch (conflict.type) {
    case 'decrement':
      return conflict.rejected
    case 'conflict-term': {
      if (conflict.xTerm === 0) return conflict.xLen + 1
      // Past our last entry of the follower's term if we have one, else at its first entry of it.
      const ours = lastIndexOfTerm(log, lastIndex(log), conflict.xTerm)
      return ours > 0 ? ours + 1 : conflict.xIndex
    }
    case 'hint': {
      const { hintIndex, hintTerm } = conflict
      return (hintTerm > 0 ? lastIndexUpToTerm(log, Math.min(hintIndex, lastIndex(log)), hintTerm) : hintIndex) + 1
    }
  }
}

export function digestConflict(conflict: Conflict): number {
  switch (conflict.type) {
    case 'decrement':
      return mix(1, conflict.rejected)
    case 'conflict-term':
      return mix(mix(mix(mix(2, conflict.rejected), conflict.xTerm), conflict.xIndex), conflict.xLen)
    case 'hint':
      return mix(mix(mix(3, conflict.rejected), conflict.hintIndex), conflict.hintTerm)
  }
}

/** The first index that holds an entry of `term`, walking back from `index`. */
function firstIndexOfTerm(log: EntryLog, index: number, term: number): number {
  let first = index
  while (first > log.first + 1 && termAt(log, first - 1) === term) first--
  return first
}

/** The last index, at or below `from`, that holds an entry of `term`; 0 if there is none. */
function lastIndexOfTerm(log: EntryLog, from: number, term: number): number {
  const index = lastIndexUpToTerm(log, from, term)
  return termAt(log, index) === term ? index : 0
}

/** The last index, at or below `from`, whose term is not above `term`; the place before the first entry if none is. */
function lastIndexUpToTerm(log: EntryLog, from: number, term: number): number {
  let index = from
  while (index > log.first && termAt(log, index) > term) index--
  return index
}
