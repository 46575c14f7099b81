import type { Env, ProcessId } from '../../kernel/types.ts'
import type { ClusterConfig } from './conf-change.ts'
import { isVoter, membersOf, type PlacedConfig, placedConfigs } from './config-entry.ts'
import { lastIndex } from './entry.ts'
import { probe } from './progress.ts'
import type { ServerState } from './state.ts'
import type { Raft } from './types.ts'

/* Which configuration a server goes by. How a leader changes it is in `membership.ts`. */

/** The configuration that a cluster begins with, known to all: the first `initialVoters` servers, or all of them for 0. */
export function firstConfig(env: Env<Raft>): ClusterConfig {
  const { initialVoters } = env.config
  const founders = env.founders('server')
  const voters = initialVoters === 0 ? founders : founders.slice(0, initialVoters)
  return { voters, outgoing: [], learners: [], learnersNext: [], autoLeave: false }
}

/** A configuration has come into the log, at its end. */
export function onConfigLogged(self: ServerState, index: number, config: ClusterConfig, env: Env<Raft>): void {
  self.configs = [...self.configs, { index, config }]
  goByConfig(self, env)
}

/** Entries from `from` on are gone from the log: so are their configurations (thesis §4.1). */
export function onConfigsCut(self: ServerState, from: number, env: Env<Raft>): void {
  if ((self.configs.at(-1) as PlacedConfig).index < from) return
  // The first is what the cluster began with, or is applied: only what is wrong on purpose could cut it.
  self.configs = self.configs.filter(({ index }, place) => place === 0 || index < from)
  goByConfig(self, env)
}

/** The log begins anew behind a snapshot with this configuration. */
export function onConfigRestored(self: ServerState, first: PlacedConfig, env: Env<Raft>): void {
  self.configs = placedConfigs(self.log, first)
  goByConfig(self, env)
}

/** Goes by the configuration that is in effect now: after a change of the log, and after one was applied. */
export function goByConfig(self: ServerState, env: Env<Raft>): void {
  const next = inEffect(self, env.config.configTakesEffect)
  if (next === self.config) return
  self.config = next
  env.note({ type: 'configInEffect', term: self.currentTerm, config: next })
  if (self.role === 'leader') alignProgress(self, env.self)
}

/**
 * Whether this server may campaign. One that its latest configuration leaves out still may while that is not known to be
 * committed, for its log may be needed (thesis §4.2.2).
 */
export function mayCampaign(self: ServerState, id: ProcessId): boolean {
  if (isVoter(self.config, id)) return true
  const [before, last] = self.configs.slice(-2)
  return last !== undefined && before !== undefined && last.index > self.commitIndex && isVoter(before.config, id)
}

/** A leader keeps book of everybody who takes its log, and of nobody else; what else the configuration asks is seen to later. */
export function alignProgress(self: ServerState, me: ProcessId): void {
  const members = membersOf(self.config)
  for (const id of self.progress.keys()) if (!members.includes(id)) self.progress.delete(id)
  for (const id of members)
    if (id !== me && !self.progress.has(id)) self.progress.set(id, probe(lastIndex(self.log) + 1))
  self.unsettled = true
}

/**
 * At append: the latest in the log, committed or not (thesis §4.1). At apply: the latest that is applied (etcd raft); and
 * after a restart, when nothing is applied yet, the one before the last, since nobody logs a change before the one before
 * is committed.
 */
function inEffect({ configs, lastApplied }: ServerState, when: 'append' | 'apply'): ClusterConfig {
  const last = configs.at(-1) as PlacedConfig
  if (when === 'append' || last.index <= lastApplied) return last.config
  return (configs.at(-2) ?? last).config
}
