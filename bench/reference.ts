import { mix } from '../src/base/hash.ts'
import { SECOND } from '../src/base/units.ts'
import { BareLoop } from './bare-loop.ts'
import { cpuSeconds, type Figure, median } from './figures.ts'

/** What the bare loop gave, at 10 requests a second, on the machine for which the goals in milliseconds were set. */
const GOAL_MACHINE = 33_700

/**
 * Sticks that do not change when the engines do: a hash, and Raft's messages in a bare loop. `reference.pace` is how fast
 * this machine is beside the one of the goals: a goal of 4 ms is 8 ms at a pace of a half.
 */
export function referenceFigures(): Figure[] {
  const slow = bareLoop(10)
  return [
    { name: 'reference.mix', value: mixes(), unit: 'million/cpu-s' },
    { name: 'reference.loop.10', value: Math.round(slow), unit: 'sim-s/cpu-s' },
    { name: 'reference.loop.100', value: Math.round(bareLoop(100)), unit: 'sim-s/cpu-s' },
    { name: 'reference.pace', value: Math.round((100 * slow) / GOAL_MACHINE) / 100, unit: 'of the goals’ machine' },
  ]
}

/**
 * Simulated seconds per CPU second of the bare loop.
 * @param rate requests a simulated second
 */
function bareLoop(rate: number): number {
  const seconds = 20_000 / Math.sqrt(rate)
  const go = (): void => new BareLoop(rate).advanceTo(seconds * SECOND)
  go()
  return seconds / median([0, 1, 2, 3, 4].map(() => cpuSeconds(go)))
}

function mixes(): number {
  let h = 1
  const go = (): void => {
    for (let i = 0; i < 10_000_000; i++) h = mix(h, i)
  }
  go()
  const times = [0, 1, 2, 3, 4].map(() => cpuSeconds(go))
  return Math.round(10 / median(times)) + (h === 0 ? 1 : 0)
}
