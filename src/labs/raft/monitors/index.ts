import { appliedOnce } from './applied-once.ts'
import { durableCommit } from './durable-commit.ts'
import { electionSafety } from './election-safety.ts'
import { equalStores } from './equal-stores.ts'
import { freshReads } from './fresh-reads.ts'
import { keptPromises } from './kept-promises.ts'
import { leaderAppendOnly } from './leader-append-only.ts'
import { leaderCompleteness } from './leader-completeness.ts'
import { leaderElected } from './leader-elected.ts'
import { logMatching } from './log-matching.ts'
import { monotonicState } from './monotonic-state.ts'
import { oneChangeAtATime } from './one-change-at-a-time.ts'
import { oneVotePerTerm } from './one-vote-per-term.ts'
import { stateMachineSafety } from './state-machine-safety.ts'
import { undisturbedLeader } from './undisturbed-leader.ts'

/** The five properties of thesis Figure 3.2, in its order; then what they stand on, and what they are for. */
export const monitors = [
  electionSafety,
  leaderAppendOnly,
  logMatching,
  leaderCompleteness,
  stateMachineSafety,
  oneVotePerTerm,
  durableCommit,
  monotonicState,
  equalStores,
  appliedOnce,
  keptPromises,
  freshReads,
  leaderElected,
  undisturbedLeader,
  oneChangeAtATime,
]
