import type { ProcessId, World } from '../../kernel/types.ts'
import type { LabCommand, Verb } from '../../lab/definition.ts'
import { isLive } from './beliefs.ts'
import type { Action, Gossip } from './types.ts'

/** How a scenario writes what a hand does to a server: `{ "tell": "r1", "to": "g3" }`. */
export const verbs: readonly Verb<Gossip>[] = [
  {
    name: 'tell',
    says: 'A user tells a server a rumour; without “to”, the first that is up.',
    example: { tell: 'r1', to: 'g3' },
    options: ['to'],
    read(value, { to }, world) {
      if (!/^\w{1,20}$/.test(value))
        return { error: `expected a name of 1 to 20 letters, digits or _, found “${value}”` }
      const server = to ?? world.ids('server').find((id) => isLive(world, id)) ?? ''
      return on(server, 'to: ', { type: 'tell', rumour: value }, world)
    },
  },
  {
    name: 'leave',
    says: 'A server announces that it leaves, and shuts down when that is told.',
    example: { leave: 'g3' },
    options: [],
    read: (value, _options, world) => on(value, '', { type: 'leave' }, world),
  },
  {
    name: 'rejoin',
    says: 'A server turns to its seeds, or to one server, with all it knows.',
    example: { rejoin: 'g3', via: 'g1' },
    options: ['via'],
    read(value, { via }, world) {
      if (via !== undefined && (via === value || !isServer(via, world)))
        return { error: `via: expected another server, found “${via}”` }
      return on(value, '', via === undefined ? { type: 'join' } : { type: 'join', via }, world)
    },
  },
  {
    name: 'probe',
    says: 'A server probes the next one now.',
    example: { probe: 'g3' },
    options: [],
    read: (value, _options, world) => on(value, '', { type: 'probeNow' }, world),
  },
]

type Read = { command: LabCommand<Gossip> } | { error: string }

/** `field` is what the name stood under, where that is not the verb itself. */
function on(process: ProcessId, field: '' | 'to: ', action: Action, world: World<Gossip>): Read {
  if (!isServer(process, world)) return { error: `${field}expected a server, found “${process}”` }
  return { command: { type: 'act', process, action } }
}

const isServer = (id: string, world: World<Gossip>): boolean => world.ids('server').includes(id)
