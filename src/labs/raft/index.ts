/** The pure parts of Raft, for use without a simulation: values in, values out. */
export { applyConfChange } from './conf-change.ts'
export type { ClusterConfig, ConfigChange, ConfigOutcome, ConfigRequest } from './conf-change.ts'
export { findConflict, findConflictByTerm, isUpToDate, maybeAppend } from './log-matching.ts'
export type { Append, EntryId, LogValue } from './log-matching.ts'
export { quorumCommitted, quorumVote } from './quorum.ts'
export type { ById } from './quorum.ts'
