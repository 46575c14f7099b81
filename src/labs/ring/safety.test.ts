import { describe, expect, it } from 'vitest'
import { type ChaosRun, chaosRun, faultOf, replayHint, WORTH } from './chaos.testing.ts'
import { lab } from './lab.ts'

const RUNS = 500
/** Of the long check: seeds that once lost an acknowledged write, or acknowledged one with too few disks, to a leave. */
const ONCE_WRONG = [
  410_000_012, 410_000_502, 410_001_767, 410_001_840, 410_003_027, 410_003_726, 410_004_235, 410_004_762, 410_005_732,
  410_005_897, 410_006_415, 410_006_955, 410_007_613, 410_007_756, 410_008_377, 410_008_967,
]

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

  it('keeps them on the seeds that once went wrong', () => {
    for (const seed of ONCE_WRONG) expect(faultOf(chaosRun(seed)), `seed ${seed}; ${replayHint(seed)}`).toBeNull()
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
