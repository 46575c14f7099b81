import type { Random } from '../../base/random.ts'
import type { Workload } from '../../kernel/types.ts'
import { pickKey } from '../../lab/pick-key.ts'
import type { Operation } from './client.ts'

/** The n-th operation of a workload: a read or a write of some key; every value written is another. */
export function workload(random: Random, n: number, settings: Workload): Operation {
  const key = keyName(pickKey(random, settings))
  if (random.chance(settings.readShare)) return { command: { type: 'get', key } }
  return { command: { type: 'put', key, value: String(n + 1) } }
}

/** x, y, z, then k4, k5 … */
const keyName = (k: number): string => 'xyz'[k] ?? `k${k + 1}`
