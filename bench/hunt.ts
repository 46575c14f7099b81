import { explore } from '../src/hunt/explore.ts'
import type { Quarry } from '../src/hunt/plan.ts'
import { hints } from '../src/labs/raft/hunt.ts'
import { lab } from '../src/labs/raft/lab.ts'
import { type Figure, median } from './figures.ts'

const SEEDS = 100
/** A fresh process compiles as it goes: the first hundred seeds take four times as long as later ones. */
const WARM = 4
const ROUNDS = 3

/** Seeds per CPU second of a hunt through five Raft servers, with every monitor; and how much of a run one seed is. */
export async function huntFigures(): Promise<Figure[]> {
  const quarry: Quarry = { lab, hints: { ...hints, servers: [5] }, faults: null, mistake: null }
  let events = 0
  const rates: number[] = []
  for (let round = 0; round < WARM + ROUNDS; round++) {
    const before = process.cpuUsage()
    events = 0
    for (let seed = 1; seed <= SEEDS; seed++) events += explore(quarry, seed).events
    const { user, system } = process.cpuUsage(before)
    if (round >= WARM) rates.push((SEEDS * 1e6) / (user + system))
  }
  return [
    { name: 'hunt.rate', value: Math.round(median(rates)), unit: 'seeds/cpu-s' },
    { name: 'hunt.events', value: Math.round(events / SEEDS), unit: 'events/seed' },
  ]
}
