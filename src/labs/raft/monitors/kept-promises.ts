import { Log } from '../../../base/log.ts'
import { type Finding, monitor } from '../../../check/monitor.ts'
import { type EventOf, HANDLED } from '../../../kernel/event.ts'
import type { ProcessId, World } from '../../../kernel/types.ts'
import { serialOf } from '../client.ts'
import { entryAt } from '../entry.ts'
import type { ServerState } from '../state.ts'
import type { Raft } from '../types.ts'
import { changes } from './changes.ts'
import { actor } from './memory.ts'

/** What a client was told: that its request stands at this index of the log. */
interface Promised {
  readonly index: number
  readonly client: ProcessId
  readonly serial: number
  /** The term in which it was told so, and by whom. */
  readonly inTerm: number
  readonly by: ProcessId
}

interface Memory {
  promised: Log<Promised>
  leaders: Map<ProcessId, number>
}

export const keptPromises = monitor<Raft, Memory>({
  name: 'Kept Promises',
  says: 'What a client was told to be done is in the log of every leader of a later term.',
  source: 'Raft paper §8; Leader Completeness as a client sees it',
  on: [...HANDLED, 'completed'],
  gate: changes,
  begin: () => ({ promised: new Log(), leaders: new Map() }),
  copy: ({ promised, leaders }) => ({ promised: promised.copy(), leaders: new Map(leaders) }),
  watch(memory, event, world) {
    if (event.type === 'completed') return remember(memory, event, world)
    const at = actor(event, world)
    if (at === null || at.state.role !== 'leader' || memory.leaders.get(at.id) === at.state.currentTerm) return null
    memory.leaders.set(at.id, at.state.currentTerm)
    for (const promise of memory.promised) {
      const broken = brokenBy(at.id, at.state, promise)
      if (broken !== null) return broken
    }
    return null
  },
})

/** Whoever leads a later term already must hold it, too. */
function remember(memory: Memory, event: EventOf<Raft, 'completed'>, world: World<Raft>): Finding | null {
  const { outcome, process: client, operation } = event
  if (outcome.type !== 'ok' || outcome.served.mode !== 'log') return null
  const { index, term: inTerm } = outcome.served
  const promise = { index, client, serial: serialOf(operation), inTerm, by: outcome.from }
  memory.promised.append(promise)
  for (const id of memory.leaders.keys()) {
    const state = world.state(id)
    if (state?.kind !== 'server' || state.role !== 'leader') continue
    const broken = brokenBy(id, state, promise)
    if (broken !== null) return broken
  }
  return null
}

function brokenBy(id: ProcessId, { currentTerm: term, log }: ServerState, promise: Promised): Finding | null {
  const { index, client, serial, inTerm, by } = promise
  if (term <= inTerm || index <= log.first) return null
  const entry = entryAt(log, index)
  if (entry?.client === client && entry.serial === serial) return null
  return {
    text: `${id} leads term ${term} without entry ${index}, which ${by} told ${client} was done in term ${inTerm}`,
    nodes: [id, by, client],
  }
}
