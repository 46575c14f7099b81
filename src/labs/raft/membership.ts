import type { Env, Place } from '../../kernel/types.ts'
import { applyConfChange, type ConfigRequest } from './conf-change.ts'
import { isVoter, membersOf, type PlacedConfig } from './config-entry.ts'
import { onConfigLogged } from './configuration.ts'
import { lastIndex, makeEntry, termAt } from './entry.ts'
import { advanceCommit, append, broadcastEntries, broadcastHeartbeat } from './replication.ts'
import { becomeFollower } from './role.ts'
import type { ServerState } from './state.ts'
import type { Raft } from './types.ts'
import { quorumValue } from './voters.ts'

/**
 * Why this leader cannot change the configuration now, or null: one change at a time (thesis §4.1), and none before an entry
 * of the leader's own term is committed (Ongaro's correction of 2015, raft-dev).
 */
export function changeRefusal(self: ServerState, request: ConfigRequest, place: Place<Raft>): string | null {
  const { config } = place
  if (self.role !== 'leader') return 'only a leader changes the configuration'
  if (self.transfer !== null) return `it hands over to ${self.transfer}`
  const last = self.configs.at(-1) as PlacedConfig
  const settled = config.configTakesEffect === 'apply' ? self.lastApplied : self.commitIndex
  if (last.index > settled && !config.mistakes.overlappingChanges)
    return `the change before, entry ${last.index}, is not committed yet`
  if (termAt(self.log, self.commitIndex) !== self.currentTerm && !config.mistakes.changeBeforeOwnTerm)
    return `the leader has not committed an entry of its own term ${self.currentTerm} yet`
  const known = place.peers('server')
  const stranger = request.changes?.find(({ id }) => !known.includes(id))
  if (stranger !== undefined) return `there is no server called ${stranger.id}`
  const outcome = applyConfChange(last.config, request, lastIndex(self.log))
  return 'error' in outcome ? outcome.error : null
}

/** Logs a change of the configuration and sends it out. A new voter may have to catch up as a learner first. */
export function changeConfig(self: ServerState, request: ConfigRequest, env: Env<Raft>): void {
  const asked = env.config.catchUpFirst ? learnersFirst(self, request) : request
  const last = self.configs.at(-1) as PlacedConfig
  const outcome = applyConfChange(last.config, asked, lastIndex(self.log))
  if ('error' in outcome) return
  const { config } = outcome
  const { op, changes = [] } = asked
  const entry = makeEntry(lastIndex(self.log) + 1, self.currentTerm, { type: 'config', op, changes, config })
  env.note({ type: 'configProposed', term: self.currentTerm, index: entry.index, op, changes, config })
  append(self, entry, env)
  onConfigLogged(self, entry.index, config, env)
  broadcastEntries(self, env)
}

/** Learners that hold all that is committed become voters, if that is what they came for (thesis §4.2.1). */
function promoteCaughtUp(self: ServerState, env: Env<Raft>): void {
  for (const id of self.promoting) {
    const progress = self.progress.get(id)
    if (progress === undefined || progress.match < self.commitIndex) continue
    const request = { op: 'simple', changes: [{ type: 'addVoter', id }] } as const
    if (changeRefusal(self, request, env) !== null) continue
    self.promoting = self.promoting.filter((other) => other !== id)
    return changeConfig(self, request, env)
  }
}

/**
 * What a leader owes its configuration, looked at whenever something may have been committed: to promote learners, to leave
 * a joint configuration, and to go if it is not in the one that is committed (thesis §4.2.2).
 */
export function tendConfig(self: ServerState, env: Env<Raft>): void {
  if (self.role !== 'leader') return
  if (self.promoting.length > 0) promoteCaughtUp(self, env)
  if (!self.unsettled) return
  // With fewer voters, more may be committed than before.
  advanceCommit(self, committedBy(self, env), env)
  const last = self.configs.at(-1) as PlacedConfig
  if (last.index > self.commitIndex || last.config !== self.config) return
  if (termAt(self.log, self.commitIndex) === self.currentTerm) settle(self, last, env)
}

function settle(self: ServerState, { index, config }: PlacedConfig, env: Env<Raft>): void {
  if (index > self.settledConfig) {
    self.settledConfig = index
    env.note({ type: 'configCommitted', term: self.currentTerm, index, config })
  }
  if (!isVoter(config, env.self)) {
    // The others learn of the commit while there is somebody to tell them.
    broadcastHeartbeat(self, env)
    becomeFollower(self, null, env)
  } else if (config.autoLeave) changeConfig(self, LEAVE, env)
  else self.unsettled = false
}

const committedBy = (self: ServerState, env: Env<Raft>): number =>
  quorumValue(self, env, (id) => (id === env.self ? self.syncedIndex : (self.progress.get(id)?.match ?? 0)))

/** A simple change that adds one voter becomes one that adds a learner, which is promoted later. */
function learnersFirst(self: ServerState, request: ConfigRequest): ConfigRequest {
  const [change, another] = request.changes ?? []
  const { config } = self.configs.at(-1) as PlacedConfig
  if (request.op !== 'simple' || change === undefined || another !== undefined) return request
  if (change.type !== 'addVoter' || membersOf(config).includes(change.id)) return request
  self.promoting = [...self.promoting, change.id]
  return { op: 'simple', changes: [{ type: 'addLearner', id: change.id }] }
}

const LEAVE: ConfigRequest = { op: 'leaveJoint' }
