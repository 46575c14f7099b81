import type { Verb } from '../../lab/definition.ts'
import type { Ping } from './types.ts'

/** How a scenario writes what a client does: `{ "pingNow": "a1", "client": "c2" }`. */
export const verbs: readonly Verb<Ping>[] = [
  {
    name: 'pingNow',
    says: 'A client asks a server to ping its neighbour and to tell how long it took.',
    example: { pingNow: 'a1' },
    options: ['client'],
    read(value, { client }, world) {
      if (!world.ids('server').includes(value)) return { error: `expected a server, found “${value}”` }
      const who = client ?? world.processes.find((process) => process.beside === value)?.id ?? world.ids('client')[0]
      if (who === undefined || !world.ids('client').includes(who))
        return { error: `client: expected a client, found “${who}”` }
      return { command: { type: 'invoke', client: who, operation: { type: 'pingNow', via: value } } }
    },
  },
]
