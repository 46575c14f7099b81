import type { ProcessId, World } from '../../kernel/types.ts'
import type { LabCommand, Verb } from '../../lab/definition.ts'
import { joinVerb } from '../../lab/join-verb.ts'
import type { Operation } from './client.ts'
import type { Action, Ring } from './types.ts'

type Read = { command: LabCommand<Ring> } | { error: string }

const ASKING = ['via', 'client'] as const

/** How a scenario writes what clients and servers do. `via` is the server that is asked, `client` who asks. */
export const verbs: readonly Verb<Ring>[] = [
  {
    name: 'read',
    says: 'A client reads a key.',
    example: { read: 'x', via: 'n2' },
    options: ASKING,
    read: (key, options, world) => withKey(key, (k) => invoke({ type: 'get', key: k }, options, world)),
  },
  {
    name: 'write',
    says: 'A client writes a key; it supersedes what that client has seen of it.',
    example: { write: 'x = 5', via: 'n1' },
    options: ASKING,
    read: (text, options, world) => withPair(text, (key, value) => invoke({ type: 'put', key, value }, options, world)),
  },
  {
    name: 'writeBlind',
    says: 'A client writes a key without saying what it has seen: whatever is there stays beside it.',
    example: { writeBlind: 'x = 5', client: 'c2' },
    options: ASKING,
    read: (text, options, world) =>
      withPair(text, (key, value) => invoke({ type: 'put', key, value, blind: true }, options, world)),
  },
  {
    name: 'delete',
    says: 'A client deletes a key.',
    example: { delete: 'x' },
    options: ASKING,
    read: (key, options, world) => withKey(key, (k) => invoke({ type: 'delete', key: k }, options, world)),
  },
  joinVerb('A server of this name starts with an empty disk and joins the ring.'),
  {
    name: 'leave',
    says: 'A server leaves the ring and sends its ranges on.',
    example: { leave: 'n3' },
    options: [],
    read: (id, _options, world) => withServer(id, world, (process) => act(process, { type: 'leave' })),
  },
  {
    name: 'remove',
    says: 'A server that is down is taken out of the ring, by the server `by`.',
    example: { remove: 'n3', by: 'n1' },
    options: ['by'],
    read: (id, { by }, world) =>
      withServer(id, world, (server) => {
        const other = by ?? world.ids('server').find((s) => s !== server && world.status(s) === 'up') ?? server
        return withServer(other, world, (process) => act(process, { type: 'remove', server }))
      }),
  },
  {
    name: 'compareTrees',
    says: 'A server compares its Merkle tree with that of the server `with` now.',
    example: { compareTrees: 'n1', with: 'n2' },
    options: ['with'],
    read: (id, { with: other }, world) =>
      withServer(id, world, (process) =>
        withServer(other ?? '', world, (server) => act(process, { type: 'compareWith', server })),
      ),
  },
]

function invoke(operation: Operation, options: Record<string, string>, world: World<Ring>): Read {
  const { via, client } = options
  if (via !== undefined && !world.ids('server').includes(via))
    return { error: `via: expected a server, found “${via}”` }
  const beside = via === undefined ? undefined : world.processes.find((process) => process.beside === via)?.id
  const who = client ?? beside ?? world.ids('client')[0]
  if (who === undefined || !world.ids('client').includes(who)) {
    return { error: `client: expected a client, found “${who}”` }
  }
  return { command: { type: 'invoke', client: who, operation: via === undefined ? operation : { ...operation, via } } }
}

const act = (process: ProcessId, action: Action): Read => ({ command: { type: 'act', process, action } })

function withServer(id: string, world: World<Ring>, then: (id: ProcessId) => Read): Read {
  return world.ids('server').includes(id) ? then(id) : { error: `expected a server, found “${id}”` }
}

function withKey(text: string, then: (key: string) => Read): Read {
  return /^[\w:-]+$/.test(text) ? then(text) : { error: `expected a key, found “${text}”` }
}

function withPair(text: string, then: (key: string, value: string) => Read): Read {
  const found = /^\s*([\w:-]+)\s*=\s*(\S+)\s*$/.exec(text)
  return found ? then(found[1] as string, found[2] as string) : { error: `expected “key = value”, found “${text}”` }
}
