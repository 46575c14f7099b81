import { type Finding, monitor } from '../../../check/monitor.ts'
import type { EventOf } from '../../../kernel/event.ts'
import type { OperationId, ProcessId } from '../../../kernel/types.ts'
import { type Command, commandText } from '../store.ts'
import type { Raft } from '../types.ts'

/** A write that its client was told of. A value. */
interface Written {
  readonly index: number
  readonly command: Command
  readonly client: ProcessId
}

/** Per key the last write that a client was told of; and what each read that is under way must take in. */
interface Memory {
  written: Map<string, Written>
  asked: Map<
    OperationId,
    { readonly key: string; readonly write: boolean; readonly command: Command; readonly floor: Written | null }
  >
}

export const freshReads = monitor<Raft, Memory>({
  name: 'Fresh Reads',
  says: 'A read takes in every write of its key that a client had been told of before the read began.',
  source: 'Raft thesis §6.4; what linearizability asks of a read',
  on: ['invoked', 'completed'],
  begin: () => ({ written: new Map(), asked: new Map() }),
  copy: ({ written, asked }) => ({ written: new Map(written), asked: new Map(asked) }),
  watch(memory, event) {
    if (event.type === 'completed') return settle(memory, event)
    if (event.type !== 'invoked' || !('key' in event.what.command)) return null
    const { command } = event.what
    const { key, type } = command
    const floor = memory.written.get(key) ?? null
    memory.asked.set(event.operation, { key, write: type !== 'get', command, floor })
    return null
  },
})

function settle(memory: Memory, { operation, outcome, process }: EventOf<Raft, 'completed'>): Finding | null {
  const asked = memory.asked.get(operation)
  memory.asked.delete(operation)
  if (asked === undefined || outcome.type !== 'ok') return null
  const { index, term, mode } = outcome.served
  const known = memory.written.get(asked.key)
  if (asked.write) {
    const changed = outcome.result.type !== 'swapped' || outcome.result.swapped
    if (changed && index > (known?.index ?? 0))
      memory.written.set(asked.key, { index, command: asked.command, client: process })
    return null
  }
  if (asked.floor === null || index >= asked.floor.index) return null
  return {
    text: `${outcome.from} answered ${process} as of entry ${index} in term ${term} (${mode}), though ${asked.floor.client} had been told of ${commandText(asked.floor.command)}, entry ${asked.floor.index}, before`,
    nodes: [outcome.from, process],
  }
}
