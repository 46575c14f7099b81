import { describe, expect, it } from 'vitest'
import { type ChaosRun, chaosRun, faultOf, PLANS, replayHint, WORTH } from './chaos.testing.ts'
import { lab } from './lab.ts'

const RUNS = 500

describe('Raft under crashes, cuts, loss, doubling, drifting clocks, transfers and restarts, with switches at random', () => {
  const runs: ChaosRun[] = []

  it(`keeps every property, and tells clients one consistent story, in ${RUNS} seeded runs`, () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const run = chaosRun(seed)
      expect(faultOf(run), `seed ${seed}; ${replayHint(seed)}`).toBeNull()
      runs.push(run)
    }
    const undecided = runs.filter(({ history }) => history !== 'ok')
    expect(undecided.length).toBeLessThanOrEqual(RUNS / 1000)
  }, 240_000)

  it('was not vacuous: enough of the runs each saw what can go wrong', () => {
    const shares = Object.entries(WORTH).map(([what, { of, least }]) => {
      const share = runs.filter(of).length / runs.length
      return { what, share, enough: share >= least }
    })
    const said = shares.map(({ what, share }) => `${what} ${Math.round(100 * share)} %`)
    console.log(`Raft safety, ${RUNS} runs: ${said.join(', ')}`)
    expect(shares.filter(({ enough }) => !enough)).toEqual([])
  })

  for (const mistake of lab.mistakes) {
    it(`catches “${mistake.label}” by ${mistake.caughtBy}, on a seed that is clean without it`, () => {
      const plan = PLANS[mistake.name]
      const seeds = Array.from({ length: 120 }, (_, i) => i + 1)
      const caught = seeds.find((seed) =>
        chaosRun(seed, mistake.config, { ...plan, judged: false }).violations.some(
          (v) => v.monitor === mistake.caughtBy,
        ),
      )
      expect(caught, `no seed of ${seeds.length} shows the mistake`).toBeDefined()
      expect(faultOf(chaosRun(caught as number, {}, plan))).toBeNull()
    })
  }

  it.each([
    ['applyUncommitted', 521120108],
    ['halfQuorum', 521120159],
  ])('goes on when %s cuts a log below a snapshot that is not on disk yet', (name, seed) => {
    const mistake = lab.mistakes.find((m) => m.name === name)
    const run = chaosRun(seed, mistake?.config, { ...PLANS[name], judged: false })
    expect(run.violations.length).toBeGreaterThan(0)
  })

  it('gives the same fingerprint when a seed is run again', () => {
    expect(chaosRun(77).fingerprint).toBe(chaosRun(77).fingerprint)
  })
})
