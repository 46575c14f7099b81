import { mixString, mixValue } from '../base/hash.ts'
import type { Core } from './core.ts'
import { eventCode } from './event.ts'
import type { Machine } from './machine.ts'
import type { LabTypes, OperationId } from './types.ts'

/** Ends an operation and says what its client learnt. */
export function finishOperation<T extends LabTypes>(
  core: Core<T>,
  m: Machine<T>,
  operation: OperationId,
  outcome: T['outcome'],
  said = 0,
): void {
  // One that was begun before a crash is no longer counted as open.
  m.openOperations = Math.max(0, m.openOperations - 1)
  const seq = core.record(COMPLETED, m.index, mixString(0, operation), mixValue(19, outcome))
  if (core.wants(COMPLETED)) {
    const causes = core.causesAt(m, said, 'disk')
    core.emit({ seq, at: core.now, causes, type: 'completed', process: m.id, operation, outcome })
  }
  m.lastSeq = seq
}

/** Numbers the next operation of a client; whoever calls it runs the client's handler. */
export function beginOperation<T extends LabTypes>(
  core: Core<T>,
  m: Machine<T>,
  what: T['operation'],
  cause: number,
): OperationId {
  const operation = `${m.id}#${++m.operations}`
  m.openOperations++
  const seq = core.record(INVOKED, m.index, m.operations, mixValue(23, what))
  if (core.wants(INVOKED)) {
    const causes = core.causesAt(m, cause, 'command')
    core.emit({ seq, at: core.now, causes, type: 'invoked', process: m.id, operation, what })
  }
  m.lastSeq = seq
  return operation
}

const INVOKED = eventCode('invoked')
const COMPLETED = eventCode('completed')
