import { mix, mixString } from '../../base/hash.ts'
import type { ClusterConfig, ConfigChange, ConfigRequest } from './conf-change.ts'
import type { EntryLog } from './entry.ts'

/** A configuration as an entry of the log: the whole of it, so that the latest entry says all (thesis §4.1). */
export interface ConfigCommand {
  readonly type: 'config'
  readonly op: 'simple' | 'enterJoint' | 'leaveJoint'
  /** What led to it, for people. */
  readonly changes: readonly ConfigChange[]
  readonly config: ClusterConfig
}

/** A configuration and the entry that holds it; 0 for the one that the cluster began with. */
export interface PlacedConfig {
  readonly index: number
  readonly config: ClusterConfig
}

/** All configurations behind `first` in a log, `first` included. */
export function placedConfigs(log: EntryLog | null, first: PlacedConfig): readonly PlacedConfig[] {
  const configs = [first]
  for (let index = Math.max(first.index, log?.first ?? 0) + 1; index <= (log?.length ?? 0); index++) {
    const command = log?.at(index - 1)?.command
    if (command?.type === 'config') configs.push({ index, config: command.config })
  }
  return configs
}

export const isVoter = ({ voters, outgoing }: ClusterConfig, id: string): boolean =>
  voters.includes(id) || outgoing.includes(id)

/** Everybody who takes the log, voters first; each once. */
export function membersOf({ voters, outgoing, learners, learnersNext }: ClusterConfig): string[] {
  return [...new Set([...voters, ...outgoing, ...learners, ...learnersNext])]
}

export const requestText = ({ op, changes = [] }: ConfigRequest): string =>
  op === 'leaveJoint' ? 'leave joint' : `${op === 'simple' ? '' : 'joint: '}${changes.map(changeText).join(' ')}`

/** `+n4`, `−n2`, `joint: +n4 −n1`, `leave joint`: as a cell of the log shows it. */
export const configText = (command: ConfigCommand): string => requestText(command)

export function changeText({ type, id }: ConfigChange): string {
  if (type === 'remove') return `−${id}`
  return type === 'addVoter' ? `+${id}` : `+${id} (learner)`
}

/** `n1 n2 n3, learner n4`; while joint `n1 n2 n4 (new) and n1 n2 n3 (old)`. */
export function configWords({ voters, outgoing, learners, learnersNext }: ClusterConfig): string {
  const sets = outgoing.length === 0 ? voters.join(' ') : `${voters.join(' ')} (new) and ${outgoing.join(' ')} (old)`
  return `${sets}${part('learner', learners)}${part('learner to be', learnersNext)}`
}

const part = (name: string, ids: readonly string[]): string => (ids.length === 0 ? '' : `, ${name} ${ids.join(' ')}`)

/** Ids by their characters, and a byte for each set. */
export function configBytes({ config }: ConfigCommand): number {
  return 5 + listsOf(config).reduce((sum, ids) => sum + ids.join(' ').length, 0)
}

export function digestConfigCommand({ op, config, changes }: ConfigCommand): number {
  let h = mixString(61, op)
  for (const ids of listsOf(config)) h = mixString(mix(h, ids.length), ids.join(' '))
  for (const { type, id } of changes) h = mixString(mixString(h, type), id)
  return mix(h, config.autoLeave ? 1 : 0)
}

const listsOf = ({ voters, outgoing, learners, learnersNext }: ClusterConfig): (readonly string[])[] => [
  voters,
  outgoing,
  learners,
  learnersNext,
]
