import type { OperationRecord } from './history.ts'
import type { Level } from './levels.ts'
import type { AnyModel, Operation } from './operation.ts'

/** What a lab's operations mean to whoever judges its histories. */
export interface HistoryReader<What = unknown, Outcome = unknown> {
  readonly model: AnyModel
  /** What a client was promised: the level that a run is held to. A weaker store is judged, but not accused. */
  readonly promises: Level
  /** What was asked, as the model's input. */
  input(what: What): unknown
  /** What came of it. */
  answer(outcome: Outcome, what: What): Answer
  /** An operation in a few words: `x ← 5`. */
  describe(what: What): string
}

export type Answer =
  | { type: 'returned'; output: unknown }
  /** It may have happened, it may still happen, or it never will. */
  | { type: 'unknown' }
  /** It did not happen and never will. */
  | { type: 'never' }

/** The operations of a run for `checkHistory`, in the order of asking, each with the record it was made from. */
export function readRecords(
  reader: HistoryReader,
  records: readonly OperationRecord[],
): { operations: Operation[]; records: OperationRecord[] } {
  const operations: Operation[] = []
  const kept: OperationRecord[] = []
  for (const record of records) {
    const operation = readRecord(reader, record)
    if (operation === null) continue
    operations.push(operation)
    kept.push(record)
  }
  return { operations, records: kept }
}

/** One operation, or null for one that did not happen. */
export function readRecord(reader: HistoryReader, record: OperationRecord): Operation | null {
  const { client, call, what } = record
  const open: Operation = { client, call, return: null, input: reader.input(what) }
  if (record.return === null) return open
  const answer = reader.answer(record.outcome, what)
  if (answer.type === 'never') return null
  return answer.type === 'unknown' ? open : { ...open, return: record.return, output: answer.output }
}
