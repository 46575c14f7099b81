import { expect, it } from 'vitest'
import { ms } from '../../base/units.ts'
import { eventSet } from '../../kernel/event.ts'
import { Simulation } from '../../kernel/simulation.ts'
import { defaultSetup } from '../../lab/setup.ts'
import { lab } from './lab.ts'
import { predicates } from './predicates.ts'
import type { Gossip } from './types.ts'

const seen = { told: 0, violations: [], undecided: () => [], outcome: () => ({ done: false, outcome: null }) }
const ARGUMENTS: Record<string, string> = { SERVER: 'g2', WORD: 'dead', NUMBER: '1' }

it('has no sentence that says to change with notes and commands alone, and changes in between', () => {
  const setup = defaultSetup(lab, 3, 5)
  const told = { count: 0 }
  const sim = new Simulation<Gossip>(
    lab,
    { setup: { ...setup, network: { ...setup.network, loss: 0.2 } }, commands: [] },
    undefined,
    {
      wants: eventSet(['noted', 'commanded']),
      observe: () => told.count++,
    },
  )
  const noted = predicates.filter((predicate) => predicate.noted === true)
  expect(noted.length).toBeGreaterThan(10)
  const answers = (): boolean[] =>
    noted.map((predicate) => {
      const slots = predicate.pattern.split(' ').filter((word) => word in ARGUMENTS)
      return predicate.holds(
        sim,
        slots.map((slot) => ARGUMENTS[slot] as string),
        seen,
      )
    })
  const changes = new Set<string>()
  const follow = (until: number): void => {
    let last = { told: told.count, answers: answers() }
    while (sim.step(until)) {
      const now = { told: told.count, answers: answers() }
      for (const [i, answer] of now.answers.entries()) {
        if (answer === last.answers[i]) continue
        changes.add(noted[i]?.pattern as string)
        expect(now.told, `${noted[i]?.pattern} changes at ${sim.now} µs`).toBeGreaterThan(last.told)
      }
      last = now
    }
    sim.advanceTo(until)
  }
  follow(ms(3000))
  sim.apply({ type: 'stall', process: 'g2' })
  sim.apply({ type: 'act', process: 'g1', action: { type: 'tell', rumour: 'dead' } })
  follow(ms(60_000))
  sim.apply({ type: 'resume', process: 'g2' })
  follow(ms(70_000))
  sim.apply({ type: 'crash', process: 'g3' })
  follow(ms(80_000))
  sim.apply({ type: 'restart', process: 'g3' })
  sim.apply({ type: 'act', process: 'g2', action: { type: 'leave' } })
  follow(ms(90_000))
  expect(changes.size).toBeGreaterThan(8)
})
