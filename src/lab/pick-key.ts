import type { Random } from '../base/random.ts'
import type { Workload } from '../kernel/types.ts'

/** The number of a workload's key, from 0. Zipf has the exponent 1: the k-th key comes 1/k as often as the first. */
export function pickKey(random: Random, { keys, distribution }: Workload): number {
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
