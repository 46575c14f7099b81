import { describe, expect, it } from 'vitest'
import { type ChaosRun, chaosRun } from './chaos.testing.ts'
import { lab } from './lab.ts'
import type { RingMistakes } from './config.ts'

const RUNS = 500

describe('The ring under crashes, cuts, loss, doubling, joins and leaves', () => {
  const runs: ChaosRun[] = []

  it(`keeps its promises in ${RUNS} seeded runs, and after healing all replicas agree`, { timeout: 120_000 }, () => {
    for (let seed = 1; seed <= RUNS; seed++) {
      const run = chaosRun(seed)
      const [violation] = run.violations
      const hint = `replay it with: npx tsx scripts/chaos.ts ${seed} --lab ring`
      expect(violation, `seed ${seed}: ${violation?.monitor}: ${violation?.text}; ${hint}`).toBeUndefined()
      expect(run.agreed, `seed ${seed}: replicas differ at the end; ${hint}`).toBe(true)
      runs.push(run)
    }
  })

  it('was not vacuous', () => {
    const share = (holds: (run: ChaosRun) => boolean): number => runs.filter(holds).length / runs.length
    const shares = {
      hints: share((run) => run.hints),
      siblings: share((run) => run.siblings),
      'read repair': share((run) => run.repaired),
      'anti-entropy': share((run) => run.healed),
      joins: share((run) => run.joined),
      leaves: share((run) => run.left),
      '20 operations': share((run) => run.completed >= 20),
    }
    console.log(
      `Ring, ${RUNS} runs: ${Object.entries(shares)
        .map(([what, x]) => `${what} ${Math.round(100 * x)} %`)
        .join(', ')}`,
    )
    for (const [what, x] of Object.entries(shares)) expect({ what, enough: x >= 0.2 }).toEqual({ what, enough: true })
  })

  for (const mistake of lab.mistakes) {
    it(`catches “${mistake.label}” by ${mistake.caughtBy}, on a seed that is clean without it`, {
      timeout: 60_000,
    }, () => {
      const name = mistake.name as keyof RingMistakes
      const seeds = Array.from({ length: 60 }, (_, i) => i + 1)
      const caught = seeds.find((seed) =>
        chaosRun(seed, { [name]: true }).violations.some((v) => v.monitor === mistake.caughtBy),
      )
      expect(caught, 'no seed of sixty shows the mistake').toBeDefined()
      expect(chaosRun(caught as number).violations).toEqual([])
    })
  }

  it('gives the same fingerprint when a seed is run again', () => {
    expect(chaosRun(77).fingerprint).toBe(chaosRun(77).fingerprint)
  })
})
