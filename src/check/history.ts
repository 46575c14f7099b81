import type { Micros } from '../base/units.ts'
import type { Event } from '../kernel/event.ts'
import type { LabTypes, OperationId, ProcessId } from '../kernel/types.ts'

/** One operation as its client saw it. */
export interface OperationRecord {
  id: OperationId
  client: ProcessId
  what: unknown
  call: Micros
  callSeq: number
  /** Null while it has not returned. */
  return: Micros | null
  returnSeq: number | null
  outcome: unknown
}

/** What clients asked and were told, in the order of asking; the raw material of every consistency check. */
export class History {
  readonly #records: OperationRecord[] = []
  readonly #open = new Map<OperationId, number>()

  get records(): readonly OperationRecord[] {
    return this.#records
  }

  add<T extends LabTypes>(event: Event<T>): void {
    if (event.type === 'invoked') this.#begin(event)
    else if (event.type === 'completed') this.#finish(event.operation, event)
  }

  /** Forgets all that came after event number `seq`. */
  truncate(seq: number): void {
    let kept = this.#records.length
    while (kept > 0 && (this.#records[kept - 1] as OperationRecord).callSeq > seq) kept--
    this.#records.length = kept
    this.#open.clear()
    for (const [i, record] of this.#records.entries()) {
      if (record.returnSeq !== null && record.returnSeq > seq) this.#records[i] = reopened(record)
      if (this.#records[i]?.returnSeq === null) this.#open.set(record.id, i)
    }
  }

  #begin(event: { seq: number; at: Micros; process: ProcessId; operation: OperationId; what: unknown }): void {
    this.#open.set(event.operation, this.#records.length)
    this.#records.push({
      id: event.operation,
      client: event.process,
      what: event.what,
      call: event.at,
      callSeq: event.seq,
      return: null,
      returnSeq: null,
      outcome: null,
    })
  }

  #finish(id: OperationId, event: { seq: number; at: Micros; outcome: unknown }): void {
    const place = this.#open.get(id)
    const record = place === undefined ? undefined : this.#records[place]
    if (place === undefined || record === undefined) return
    this.#records[place] = { ...record, return: event.at, returnSeq: event.seq, outcome: event.outcome }
    this.#open.delete(id)
  }
}

const reopened = (record: OperationRecord): OperationRecord => ({
  ...record,
  return: null,
  returnSeq: null,
  outcome: null,
})
