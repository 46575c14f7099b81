import type { Env } from '../../kernel/types.ts'
import type { Entry } from './entry.ts'
import type { ServerState } from './state.ts'
import type { Result } from './store.ts'
import type { Raft } from './types.ts'

/** An entry was applied: whoever was asked for it tells the client, be it the leader or a server that forwarded it. */
export function answerApplied(self: ServerState, entry: Entry, result: Result, env: Env<Raft>): void {
  const { client, serial, index } = entry
  if (self.owed.get(client) !== serial) return
  self.owed.delete(client)
  env.send(client, {
    type: 'ClientReply',
    serial,
    result,
    served: { mode: 'log', index, term: self.currentTerm },
  })
}
