import { Log } from '../../../base/log.ts'
import { monitor } from '../../../check/monitor.ts'
import { HANDLED } from '../../../kernel/event.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import type { Raft } from '../types.ts'
import { changes } from './changes.ts'
import { actor } from './memory.ts'

/** By index: the hash of the store of the server that first stopped there; null where none did. */
interface Memory {
  stores: Log<{ readonly digest: number; readonly by: ProcessId } | null>
  upTo: Map<ProcessId, number>
}

export const equalStores = monitor<Raft, Memory>({
  name: 'Equal Stores',
  says: 'Two servers that have applied equally much hold the same keys and values.',
  source: 'Raft paper §2 (state machines are deterministic), §5.4.3',
  on: HANDLED,
  gate: changes,
  begin: () => ({ stores: new Log(), upTo: new Map() }),
  copy: ({ stores, upTo }) => ({ stores: stores.copy(), upTo: new Map(upTo) }),
  watch(memory, event, world) {
    const at = actor(event, world)
    if (at === null) return null
    const { lastApplied, store } = at.state
    if (lastApplied === 0 || (memory.upTo.get(at.id) === lastApplied && event.type !== 'started')) return null
    memory.upTo.set(at.id, lastApplied)
    const { stores } = memory
    while (stores.length < lastApplied - 1) stores.append(null)
    if (stores.length < lastApplied) stores.append({ digest: store.digest, by: at.id })
    const known = stores.at(lastApplied - 1) ?? null
    if (known === null || known.digest === store.digest) return null
    return {
      text: `${at.id} and ${known.by} have both applied entry ${lastApplied}, and their stores differ`,
      nodes: [at.id, known.by],
    }
  },
})
