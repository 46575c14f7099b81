import type { Random } from '../../base/random.ts'
import type { Workload } from '../../kernel/types.ts'
import type { Operation } from './client.ts'

/** The n-th operation of a workload: a read or a write of some key; every value written is another. */
export function workload(random: Random, n: number, settings: Workload): Operation {
  const key = `k${1 + pickKey(random, settings)}`
  if (random.chance(settings.readShare)) return { type: 'get', key }
  return { type: 'put', key, value: String(n + 1) }
}

/** Zipf with exponent 1: the k-th key comes 1/k as often as the first. */
function pickKey(random: Random, { keys, distribution }: Workload): number {
  if (distribution === 'uniform') return random.int(keys)
  let total = 0
  for (let k = 1; k <= keys; k++) total += 1 / k
  let left = random.unit() * total
  for (let k = 1; k < keys; k++) {
    left -= 1 / k
    if (left < 0) return k - 1
  }
  return keys - 1
}
