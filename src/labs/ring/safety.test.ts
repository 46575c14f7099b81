import { describe, expect, it } from 'vitest'
import { type ChaosRun, chaosRun, faultOf, replayHint, WORTH } from './chaos.testing.ts'
import { lab } from './lab.ts'

const RUNS = 500

describe('The ring under crashes, cuts, loss, doubling, joins and leaves', () => {
  const runs: ChaosRun[] = []

  it(`keeps its promises in ${RUNS} seeded runs, and after healing all replicas agree`, { timeout: 120_000 }, () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const run = chaosRun(seed)
      expect(faultOf(run), `seed ${seed}; ${replayHint(seed)}`).toBeNull()
      runs.push(run)
    }
  })

  it('was not vacuous: enough of the runs each saw what can go wrong', () => {
    const shares = Object.entries(WORTH).map(([what, { of, least }]) => {
      const share = runs.filter(of).length / runs.length
      return { what, share, enough: share >= least }
    })
    const said = shares.map(({ what, share }) => `${what} ${Math.round(100 * share)} %`)
    console.log(`Ring, ${RUNS} runs: ${said.join(', ')}`)
    expect(shares.filter(({ enough }) => !enough)).toEqual([])
  })

  for (const mistake of lab.mistakes) {
    it(`catches “${mistake.label}” by ${mistake.caughtBy}, on a seed that is clean without it`, {
      timeout: 60_000,
    }, () => {
      const seeds = Array.from({ length: 60 }, (_, i) => i + 1)
      const caught = seeds.find((seed) =>
        chaosRun(seed, mistake.config).violations.some((v) => v.monitor === mistake.caughtBy),
      )
      expect(caught, 'no seed of sixty shows the mistake').toBeDefined()
      expect(faultOf(chaosRun(caught as number))).toBeNull()
    })
  }

  it('gives the same fingerprint when a seed is run again', () => {
    expect(chaosRun(77).fingerprint).toBe(chaosRun(77).fingerprint)
  })
})
