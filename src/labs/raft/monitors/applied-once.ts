import { Log } from '../../../base/log.ts'
import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import { type Entry, entryAt } from '../entry.ts'
import type { Raft } from '../types.ts'
import { changes } from './changes.ts'
import { actor } from './memory.ts'

/** By index: how many requests a store has carried out when each counts once, and the last repetition so far. */
interface Memory {
  expected: Log<{ readonly executed: number; readonly repeated: Entry | null }>
  serials: Map<ProcessId, number>
  upTo: Map<ProcessId, number>
}

export const appliedOnce = monitor<Raft, Memory>({
  name: 'Applied Once',
  says: 'A request that stands in the log twice is carried out once.',
  source: 'Raft paper §8; thesis §6.3',
  on: HANDLED,
  gate: changes,
  begin: () => ({ expected: new Log(), serials: new Map(), upTo: new Map() }),
  copy: ({ expected, serials, upTo }) => ({
    expected: expected.copy(),
    serials: new Map(serials),
    upTo: new Map(upTo),
  }),
  watch(memory, event, world) {
    const at = actor(event, world)
    if (at === null) return null
    const { lastApplied, store, log } = at.state
    if (lastApplied === 0 || (memory.upTo.get(at.id) === lastApplied && event.type !== 'started')) return null
    memory.upTo.set(at.id, lastApplied)
    while (memory.expected.length < lastApplied) {
      const entry = entryAt(log, memory.expected.length + 1)
      if (entry === undefined) return null
      count(memory, entry)
    }
    const should = memory.expected.at(lastApplied - 1)
    if (should === undefined || store.executed <= should.executed || should.repeated === null) return null
    const { client, serial, index } = should.repeated
    return {
      text: `${at.id} carried out request ${serial} of ${client} again, at entry ${index}`,
      nodes: [at.id, client],
    }
  },
})

function count(memory: Memory, entry: Entry): void {
  const { executed, repeated } = memory.expected.last() ?? { executed: 0, repeated: null }
  const { client, serial } = entry
  if (client === '') memory.expected.append({ executed, repeated })
  else if (serial > (memory.serials.get(client) ?? 0)) {
    memory.serials.set(client, serial)
    memory.expected.append({ executed: executed + 1, repeated })
  } else memory.expected.append({ executed, repeated: entry })
}
