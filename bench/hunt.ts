import { explore } from '../src/hunt/explore.ts'
import type { Quarry } from '../src/hunt/plan.ts'
import { hints } from '../src/labs/raft/hunt.ts'
import { lab } from '../src/labs/raft/lab.ts'
import type { Figure } from './figures.ts'

const SEEDS = 100
const ROUNDS = 3

/** Seeds per CPU second of a hunt through five Raft servers, with every monitor; and how much of a run one seed is. */
export async function huntFigures(): Promise<Figure[]> {
  const quarry: Quarry = { lab, hints: { ...hints, servers: [5] }, faults: null, mistake: null }
  let events = 0
  const rates: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const before = process.cpuUsage()
    events = 0
    for (let seed = 1; seed <= SEEDS; seed++) events += explore(quarry, seed).events
    const { user, system } = process.cpuUsage(before)
    // The first round is for the compiler.
    if (round > 0) rates.push((SEEDS * 1e6) / (user + system))
  }
  return [
    { name: 'hunt.rate', value: Math.round(Math.max(...rates)), unit: 'seeds/cpu-s' },
    { name: 'hunt.events', value: Math.round(events / SEEDS), unit: 'events/seed' },
  ]
}
