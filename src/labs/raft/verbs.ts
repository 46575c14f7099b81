import type { ProcessId, World } from '../../kernel/types.ts'
import type { LabCommand, Verb } from '../../lab/definition.ts'
import { aliases } from './aliases.ts'
import type { Operation } from './client.ts'
import { membershipVerbs } from './membership-verbs.ts'
import { READ_MODES, type ReadMode } from './messages.ts'
import type { Command } from './store.ts'
import type { Action, Raft } from './types.ts'

/** How a scenario writes what clients do. `via` is the server that is asked, `client` who asks; each has a default. */
export const verbs: readonly Verb<Raft>[] = [
  {
    name: 'write',
    says: 'A client writes a key.',
    example: { write: 'x = 5', via: 'n1' },
    options: ['via', 'client'],
    read: (value, options, world) =>
      withPair(value, (key, text) => invoke({ type: 'put', key, value: text }, options, world)),
  },
  {
    name: 'read',
    says: `A client reads a key; \`mode\` is one of ${READ_MODES.join(', ')}, if not as configured.`,
    example: { read: 'x', via: 'n2', mode: 'dirty' },
    options: ['via', 'client', 'mode'],
    read(value, options, world) {
      const { mode } = options
      if (mode !== undefined && !(READ_MODES as readonly string[]).includes(mode))
        return { error: `mode: expected one of ${READ_MODES.join(', ')}, found “${mode}”` }
      return withKey(value, (key) => invoke({ type: 'get', key }, options, world))
    },
  },
  {
    name: 'append',
    says: 'A client puts a value at the end of what a key holds.',
    example: { append: 'x = 5', via: 'n1' },
    options: ['via', 'client'],
    read: (value, options, world) =>
      withPair(value, (key, text) => invoke({ type: 'append', key, value: text }, options, world)),
  },
  {
    name: 'delete',
    says: 'A client deletes a key.',
    example: { delete: 'x' },
    options: ['via', 'client'],
    read: (value, options, world) => withKey(value, (key) => invoke({ type: 'delete', key }, options, world)),
  },
  {
    name: 'compareAndSwap',
    says: 'A client sets a key if it holds an expected value (`nothing`: if it is absent).',
    example: { compareAndSwap: 'x: 5 -> 6' },
    options: ['via', 'client'],
    read(value, options, world) {
      const found = /^\s*(\w+)\s*:\s*(\S+)\s*->\s*(\S+)\s*$/.exec(value)
      if (!found) return { error: `expected “key: old -> new”, found “${value}”` }
      const [, key, expected, next] = found as unknown as [string, string, string, string]
      return invoke(
        { type: 'cas', key, expected: expected === 'nothing' ? null : expected, value: next },
        options,
        world,
      )
    },
  },
  {
    name: 'timeout',
    says: 'A server’s election timer expires now.',
    example: { timeout: 'n3' },
    options: [],
    read: (value, _options, world) =>
      withServer(value, world, (process) => ({ command: { type: 'fire', process, timer: 'election' } })),
  },
  {
    name: 'campaign',
    says: 'A server campaigns now, as if its election timer had expired.',
    example: { campaign: 'n3' },
    options: [],
    read: (value, _options, world) => withServer(value, world, (process) => act(process, { type: 'campaign' })),
  },
  {
    name: 'transfer',
    says: 'The leader hands over to this server (thesis §3.10).',
    example: { transfer: 'n3' },
    options: [],
    read: (value, _options, world) =>
      // Where nobody leads, whoever is asked instead refuses.
      withServer(value, world, (to) => act(aliases.leader(world) ?? to, { type: 'transfer', to })),
  },
  ...membershipVerbs,
]

type Read = { command: LabCommand<Raft> } | { error: string }

const act = (process: ProcessId, action: Action): Read => ({ command: { type: 'act', process, action } })

function withServer(value: string, world: World<Raft>, then: (id: ProcessId) => Read): Read {
  return world.ids('server').includes(value) ? then(value) : { error: `expected a server, found “${value}”` }
}

function withPair(value: string, then: (key: string, value: string) => Read): Read {
  const found = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(value)
  if (!found) return { error: `expected “key = value”, found “${value}”` }
  return then(found[1] as string, found[2] as string)
}

function withKey(value: string, then: (key: string) => Read): Read {
  return /^\w+$/.test(value) ? then(value) : { error: `expected a key (letters, digits, _), found “${value}”` }
}

/** The client that stands beside the server that is asked, unless another is named. */
function invoke(command: Command, options: Record<string, string>, world: World<Raft>): Read {
  const { via, client, mode } = options
  if (via !== undefined && !world.ids('server').includes(via))
    return { error: `via: expected a server, found “${via}”` }
  if (client !== undefined && !world.ids('client').includes(client))
    return { error: `client: expected a client, found “${client}”` }
  const who = client ?? clientBeside(world, via)
  const operation: Operation = {
    command,
    ...(via === undefined ? {} : { via }),
    ...(mode === undefined ? {} : { read: mode as ReadMode }),
  }
  return { command: { type: 'invoke', client: who, operation } }
}

function clientBeside(world: World<Raft>, server: ProcessId | undefined): ProcessId {
  const beside = world.processes.find((process) => process.beside === server && process.role === 'client')
  return beside?.id ?? (world.ids('client')[0] as ProcessId)
}
