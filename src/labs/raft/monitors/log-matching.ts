import { Log } from '../../../base/log.ts'
import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import { type Entry, type EntryLog, termAt } from '../entry.ts'
import type { Raft } from '../types.ts'
import { changes } from './changes.ts'
import { actor } from './memory.ts'

/**
 * By index: the entries that any log ever held there, each with the term before it. If every pair (index, term) has one
 * command and one predecessor, two logs that share a pair are the same up to it, by induction.
 */
interface Memory {
  known: Log<readonly Known[]>
  checked: Map<ProcessId, EntryLog>
}
interface Known {
  readonly entry: Entry
  readonly before: number
  readonly holder: ProcessId
}

export const logMatching = monitor<Raft, Memory>({
  name: 'Log Matching',
  says: 'If two logs have an entry with the same index and term, they are the same in all entries up to it.',
  source: 'Raft thesis, Figure 3.2; paper §5.3',
  on: HANDLED,
  gate: changes,
  begin: () => ({ known: new Log(), checked: new Map() }),
  copy: ({ known, checked }) => ({ known: known.copy(), checked: new Map(checked) }),
  watch(memory, event, world) {
    const at = actor(event, world)
    if (at === null) return null
    const { log } = at.state
    const before = memory.checked.get(at.id)
    if (before !== undefined && before.length === log.length && before.last() === log.last()) return null
    memory.checked.set(at.id, log.copy())
    for (let index = Math.max(log.first, before?.sharedPrefix(log) ?? 0) + 1; index <= log.length; index++) {
      const other = conflicting(memory, at.id, log.at(index - 1) as Entry, termAt(log, index - 1))
      if (other === null) continue
      const { term } = log.at(index - 1) as Entry
      return {
        text: `${at.id} and ${other.holder} both hold entry ${index} of term ${term}, but their logs differ up to it`,
        nodes: [at.id, other.holder],
      }
    }
    return null
  },
})

function conflicting(memory: Memory, holder: ProcessId, entry: Entry, before: number): Known | null {
  const position = entry.index - 1
  const here = memory.known.at(position) ?? []
  const twin = here.find((known) => known.entry.term === entry.term)
  if (twin === undefined) remember(memory, position, [...here, { entry, before, holder }])
  else if (twin.before !== before || twin.entry.digest !== entry.digest) return twin
  return null
}

/** Places below the end are replaced in a copy, so that an older copy of the memory keeps its own. */
function remember(memory: Memory, position: number, known: readonly Known[]): void {
  // A gap are entries that were compacted in the very step in which they came.
  while (memory.known.length < position) memory.known.append([])
  if (position === memory.known.length) {
    memory.known.append(known)
    return
  }
  const tail = memory.known.slice(position + 1)
  memory.known.truncate(position)
  memory.known.append(known)
  for (const item of tail) memory.known.append(item)
}
