import { describe, expect, it } from 'vitest'
import { type ChaosRun, chaosRun, faultOf, replayHint, WORTH } from './chaos.testing.ts'
import { lab } from './lab.ts'

const RUNS = 500

describe('gossip under crashes, cuts, loss, pauses, stalls, leaves and rejoins', () => {
  const runs: ChaosRun[] = []

  it(`keeps every property in ${RUNS} seeded runs, and all live servers agree after heal and rejoin`, () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const run = chaosRun(seed)
      expect(faultOf(run), `seed ${seed}; ${replayHint(seed)}`).toBeNull()
      runs.push(run)
    }
  }, 120_000)

  it('was not vacuous: enough of the runs each saw what can go wrong', () => {
    const shares = Object.entries(WORTH).map(([what, { of, least }]) => {
      const share = runs.filter(of).length / runs.length
      return { what, share, enough: share >= least }
    })
    const said = shares.map(({ what, share }) => `${what} ${Math.round(100 * share)} %`)
    console.log(`Gossip, ${RUNS} runs: ${said.join(', ')}`)
    expect(shares.filter(({ enough }) => !enough)).toEqual([])
  })

  for (const mistake of lab.mistakes) {
    it(`catches “${mistake.label}” by ${mistake.caughtBy}, on a seed that is clean without it`, () => {
      const seeds = Array.from({ length: 60 }, (_, i) => i + 1)
      const caught = seeds.find((seed) =>
        chaosRun(seed, mistake.config).violations.some((v) => v.monitor === mistake.caughtBy),
      )
      expect(caught, 'no seed of sixty shows the mistake').toBeDefined()
      expect(chaosRun(caught as number).violations).toEqual([])
    })
  }

  it('gives the same fingerprint when a seed is run again', () => {
    expect(chaosRun(77).fingerprint).toBe(chaosRun(77).fingerprint)
  })
})
