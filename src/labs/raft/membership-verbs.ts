import type { ProcessId, World } from '../../kernel/types.ts'
import type { LabCommand, Verb } from '../../lab/definition.ts'
import { joinVerb } from '../../lab/join-verb.ts'
import { aliases } from './aliases.ts'
import type { ConfigChange, ConfigRequest } from './conf-change.ts'
import type { Raft } from './types.ts'

type Read = { command: LabCommand<Raft> } | { error: string }

/** How a scenario changes who takes part. `via` is the leader that is asked; left out, the one of the latest term. */
export const membershipVerbs: readonly Verb<Raft>[] = [
  {
    name: 'addServer',
    says: 'The leader takes a server in as a voter; it is a learner until it has caught up, if so configured.',
    example: { addServer: 'n4' },
    options: ['via'],
    read: (value, options, world) => simple('addVoter', value, options, world),
  },
  {
    name: 'addLearner',
    says: 'The leader takes a server in as a learner; of a voter it makes one.',
    example: { addLearner: 'n4' },
    options: ['via'],
    read: (value, options, world) => simple('addLearner', value, options, world),
  },
  {
    name: 'promote',
    says: 'The leader makes a learner a voter, whether it has caught up or not.',
    example: { promote: 'n4' },
    options: ['via'],
    read: (value, options, world) => simple('addVoter', value, options, world),
  },
  {
    name: 'removeServer',
    says: 'The leader takes a server out of the configuration.',
    example: { removeServer: 'n2' },
    options: ['via'],
    read: (value, options, world) => simple('remove', value, options, world),
  },
  {
    name: 'changeServers',
    says: 'The leader enters a joint configuration: `+n4` adds a voter, `~n4` a learner, `-n1` removes; it leaves by itself.',
    example: { changeServers: '+n4 +n5 -n1' },
    options: ['via'],
    read: (value, options, world) => joint(value, true, options, world),
  },
  {
    name: 'enterJoint',
    says: 'The same, but the joint configuration stays until `leaveJoint`.',
    example: { enterJoint: '+n4 -n1' },
    options: ['via'],
    read: (value, options, world) => joint(value, false, options, world),
  },
  {
    name: 'leaveJoint',
    says: 'A server, the leader, leaves the joint configuration.',
    example: { leaveJoint: 'leader' },
    options: [],
    read: (via, _options, world) => ask({ op: 'leaveJoint' }, { via }, world),
  },
  joinVerb('A server of this name starts beside the others; it is in nobody’s configuration yet.'),
  {
    name: 'askToJoin',
    says: 'A server asks to be taken in as a voter, the leader if it knows one, else any voter.',
    example: { askToJoin: 'n6' },
    options: [],
    read(value, _options, world) {
      if (!world.ids('server').includes(value)) return { error: `expected a server, found “${value}”` }
      return { command: { type: 'act', process: value, action: { type: 'askToJoin', as: 'voter' } } }
    },
  },
]

function simple(type: ConfigChange['type'], value: string, options: Record<string, string>, world: World<Raft>): Read {
  const id = named(value, world)
  if (id === null) return { error: `expected a server, found “${value}”` }
  return ask({ op: 'simple', changes: [{ type, id }] }, options, world)
}

const SIGNS: Record<string, ConfigChange['type']> = { '+': 'addVoter', '~': 'addLearner', '-': 'remove' }

function joint(value: string, autoLeave: boolean, options: Record<string, string>, world: World<Raft>): Read {
  const changes: ConfigChange[] = []
  for (const word of value.trim().split(/\s+/)) {
    const type = SIGNS[word.slice(0, 1)]
    const id = named(word.slice(1), world)
    if (type === undefined || id === null) return { error: `expected servers such as “+n4 ~n5 -n1”, found “${word}”` }
    changes.push({ type, id })
  }
  return ask({ op: 'enterJoint', changes, autoLeave }, options, world)
}

function ask(request: ConfigRequest, options: { via?: string }, world: World<Raft>): Read {
  // Without a leader the first server says why it cannot.
  const process = options.via ?? aliases.leader(world) ?? (world.ids('server')[0] as ProcessId)
  if (!world.ids('server').includes(process)) return { error: `via: expected a server, found “${process}”` }
  return { command: { type: 'act', process, action: { type: 'changeConfig', ...request } } }
}

function named(value: string, world: World<Raft>): ProcessId | null {
  const alias = Object.hasOwn(aliases, value) ? aliases[value as keyof typeof aliases](world) : value
  return alias !== null && world.ids('server').includes(alias) ? alias : null
}
