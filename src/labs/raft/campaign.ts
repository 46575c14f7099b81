import type { Env } from '../../kernel/types.ts'
import { mayCampaign } from './configuration.ts'
import { startElection } from './election.ts'
import { startPreVote } from './prevote.ts'
import { resetElectionTimer, wordOf } from './role.ts'
import type { ServerState } from './state.ts'
import type { Raft } from './types.ts'

/** What an election timer's expiry does, or a hand on the server: it asks first, if that is how it is done (thesis §9.6). */
export function campaign(self: ServerState, env: Env<Raft>): void {
  if (self.role === 'leader') return
  if (!mayCampaign(self, env.self)) return resetElectionTimer(env, wordOf(self.leaderId))
  if (env.config.preVote && !env.config.mistakes.skipPreVote) startPreVote(self, env)
  else startElection(self, env, 'timeout')
}
