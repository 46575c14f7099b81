import { electionSafety } from './election-safety.ts'
import { leaderAppendOnly } from './leader-append-only.ts'
import { leaderCompleteness } from './leader-completeness.ts'
import { logMatching } from './log-matching.ts'
import { stateMachineSafety } from './state-machine-safety.ts'

/** The five properties of thesis Figure 3.2, in its order. */
export const monitors = [electionSafety, leaderAppendOnly, logMatching, leaderCompleteness, stateMachineSafety]
