import { expect, it } from 'vitest'
import { atOwnTimes, inStep, serfsEstimate } from './theory.ts'

it('expects the last of 30, 100 and 1,000 servers to hear in as many rounds as published, to the round', () => {
  expect([30, 100, 1000].map((n) => inStep(n, 3).length - 1)).toEqual([4, 6, 8])
})

it('expects half of the servers sooner if ticks are not in step, and later by Serf’s estimate', () => {
  const half = (share: (rounds: number) => number): number => {
    let rounds = 0
    while (share(rounds) < 0.5) rounds += 0.01
    return rounds
  }
  const free = half((rounds) => atOwnTimes(100, 3, rounds))
  const serf = half((rounds) => serfsEstimate(100, 3, rounds))
  const step = inStep(100, 3).findIndex((share) => share >= 0.5)
  expect(free).toBeCloseTo(Math.log(99) / 3, 1)
  expect(serf).toBeCloseTo(Math.log(101) / 1.5, 1)
  expect(free).toBeLessThan(step)
})
