import { describe, expect, it } from 'vitest'
import { type ChaosRun, chaosRun, replayHint } from './chaos.testing.ts'
import { lab } from './lab.ts'

const RUNS = 500

describe('Raft under crashes, cuts, loss, doubling and restarts', () => {
  const runs: ChaosRun[] = []

  it(`keeps the five properties of Figure 3.2 in ${RUNS} seeded runs`, () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const run = chaosRun(seed)
      const [violation] = run.violations
      expect(violation, `seed ${seed}: ${violation?.monitor}: ${violation?.text}; ${replayHint(seed)}`).toBeUndefined()
      runs.push(run)
    }
  })

  it('was not vacuous: at least half of the runs each saw what can go wrong', () => {
    const share = (holds: (run: ChaosRun) => boolean): number => runs.filter(holds).length / runs.length
    const shares = {
      'leader change': share((run) => run.leaderChange),
      'truncated log': share((run) => run.truncated),
      'un-synced loss': share((run) => run.unsyncedLoss),
      '20 operations': share((run) => run.completed >= 20),
    }
    console.log(
      `Raft safety, ${RUNS} runs: ${Object.entries(shares)
        .map(([what, x]) => `${what} ${Math.round(100 * x)} %`)
        .join(', ')}`,
    )
    for (const [what, found] of Object.entries(shares))
      expect({ what, enough: found >= 0.5 }).toEqual({ what, enough: true })
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
