import type { ProcessId, World } from '../../kernel/types.ts'
import type { LabCommand, Verb } from '../../lab/definition.ts'
import type { Command } from './store.ts'
import type { Raft } from './types.ts'

/** How a scenario writes what clients do. `via` is the server that is asked, `client` who asks; each has a default. */
export const verbs: readonly Verb<Raft>[] = [
  {
    name: 'write',
    says: 'A client writes a key.',
    example: { write: 'x = 5', via: 'n1' },
    options: ['via', 'client'],
    read(value, options, world) {
      const found = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(value)
      if (!found) return { error: `expected “key = value”, found “${value}”` }
      return invoke({ type: 'put', key: found[1] as string, value: found[2] as string }, options, world)
    },
  },
  {
    name: 'read',
    says: 'A client reads a key, through the log.',
    example: { read: 'x', via: 'n2' },
    options: ['via', 'client'],
    read: (value, options, world) => withKey(value, (key) => invoke({ type: 'get', key }, options, world)),
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
    read(value, _options, world) {
      if (!world.ids('server').includes(value)) return { error: `expected a server, found “${value}”` }
      return { command: { type: 'fire', process: value, timer: 'election' } }
    },
  },
]

type Read = { command: LabCommand<Raft> } | { error: string }

function withKey(value: string, then: (key: string) => Read): Read {
  return /^\w+$/.test(value) ? then(value) : { error: `expected a key (letters, digits, _), found “${value}”` }
}

/** The client that stands beside the server that is asked, unless another is named. */
function invoke(command: Command, options: Record<string, string>, world: World<Raft>): Read {
  const { via, client } = options
  if (via !== undefined && !world.ids('server').includes(via))
    return { error: `via: expected a server, found “${via}”` }
  if (client !== undefined && !world.ids('client').includes(client))
    return { error: `client: expected a client, found “${client}”` }
  const who = client ?? clientBeside(world, via)
  return { command: { type: 'invoke', client: who, operation: via === undefined ? { command } : { command, via } } }
}

function clientBeside(world: World<Raft>, server: ProcessId | undefined): ProcessId {
  const beside = world.processes.find((process) => process.beside === server && process.role === 'client')
  return beside?.id ?? (world.ids('client')[0] as ProcessId)
}
