import { Random, stream } from '../base/random.ts'
import type { Operation } from './operation.ts'

export interface Shape {
  seed: number
  operations: number
  clients: number
  keys: number
  /** The share of operations whose outcome nobody knows. */
  lost?: number
  /** The third read from the end is answered by what nobody wrote. */
  bad?: boolean
}

/**
 * What clients of a right key-value store saw, each asking as soon as it has its answer: half reads, and of the rest one in
 * five a compare-and-swap. Operations take 1 to 21 units of time, and effect somewhere between.
 */
export function randomHistory({ seed, operations: count, clients, keys, lost = 0, bad = false }: Shape): Operation[] {
  const random = new Random(stream(seed, 'history'))
  const free = Array.from({ length: clients }, () => 0)
  const operations = Array.from({ length: count }, (): Operation & { at: number } => {
    const client = free.indexOf(Math.min(...free))
    const call = (free[client] as number) + 3 * random.unit()
    const end = call + 1 + 20 * random.unit()
    free[client] = end
    return { client, call, return: end, input: null, at: call + random.unit() * (end - call) }
  })
  const store = new Map<string, unknown>()
  for (const [i, operation] of operations.toSorted((a, b) => a.at - b.at).entries()) {
    const key = `k${random.int(keys)}`
    const held = store.get(key) ?? null
    const kind = random.unit()
    const swaps = random.chance(0.5)
    if (kind < 0.5) Object.assign(operation, { input: { type: 'get', key }, output: held })
    else if (kind < 0.9) Object.assign(operation, { input: { type: 'put', key, value: i }, output: true })
    else {
      const expected = swaps ? held : 'something else'
      Object.assign(operation, { input: { type: 'cas', key, expected, value: i }, output: swaps })
    }
    if (kind >= 0.5 && (kind < 0.9 || swaps)) store.set(key, i)
    if (random.chance(lost)) Object.assign(operation, { return: null, output: undefined })
  }
  const reads = operations.filter(
    ({ input, return: end }) => (input as { type: string }).type === 'get' && end !== null,
  )
  if (bad) Object.assign(reads.at(-3) ?? {}, { output: 'nobody wrote this' })
  return operations.map(({ client, call, return: end, input, output }) => ({
    client,
    call,
    return: end,
    input,
    output,
  }))
}
