import { expect, it } from 'vitest'
import { ms, seconds } from '../../base/units.ts'
import { Simulation } from '../../kernel/simulation.ts'
import { defaultSetup } from '../../lab/setup.ts'
import { explainer } from './explain.ts'
import { lab } from './lab.ts'
import { observe } from './observe.ts'
import type { Gossip } from './types.ts'

/** A cluster, and the sentences that it was worth. */
function begin(servers: number, gossipToTheDead = seconds(5)) {
  const base = defaultSetup(lab, 1, servers)
  const setup = { ...base, config: { ...base.config, gossipToTheDead } }
  const told: string[] = []
  const sim = new Simulation<Gossip>(lab, { setup, commands: [] }, undefined, {
    wants: -1,
    observe(event, world) {
      const sentence = lab.story(event, world)
      if (sentence !== null) told.push(sentence.text)
    },
  })
  const whyNot = (process: string, name: string): string =>
    (explainer.whyNot?.(sim, { type: 'item', process, name }) ?? [])
      .flatMap(({ question, reasons }) => [question, ...reasons.map(({ text }) => text)])
      .join(' ')
  return { sim, told, whyNot }
}

const LINKS = [
  { from: 'g1', to: 'g2' },
  { from: 'g2', to: 'g1' },
]

it('says that a join which let two refute to nobody needs another one, and after that one says so no more', () => {
  const { sim, told, whyNot } = begin(2)
  const silent = (id: string, about: string): boolean => {
    const member = sim.state(id)?.members.get(about)
    return member?.standing === 'dead' && sim.now - member.since > seconds(5)
  }
  const join = (): void => {
    sim.apply({ type: 'act', process: 'g1', action: { type: 'join', via: 'g2' } })
    sim.advanceTo(sim.now + ms(200))
  }
  sim.apply({ type: 'cut', links: LINKS })
  while (sim.now < seconds(60) && !(silent('g1', 'g2') && silent('g2', 'g1'))) sim.advanceTo(sim.now + ms(20))
  sim.apply({ type: 'mend', links: LINKS })
  expect(whyNot('g1', 'g2')).toMatch(/g2 must hear that it is called dead.* Nobody tells g2 any more: .* after 5 s/)
  join()
  const unheard = /^g\d refutes what a push\/pull says, .* in incarnation 2, which g\d will hear by another join only/
  expect(told.filter((text) => unheard.test(text))).toHaveLength(2)
  expect(whyNot('g1', 'g2')).toMatch(
    /g2 has refuted it, in incarnation 2, and g1 has not heard that.* A join brings it/,
  )
  join()
  expect(told.filter((text) => unheard.test(text))).toHaveLength(2)
  expect(whyNot('g1', 'g2')).toBe('')
  sim.apply({ type: 'cut', links: LINKS })
  while (sim.now < seconds(120) && sim.state('g1')?.members.get('g2') !== undefined) sim.advanceTo(sim.now + ms(100))
  sim.apply({ type: 'mend', links: LINKS })
  expect(whyNot('g1', 'g2')).toMatch(/It held g2 for dead, and forgot it .* a join has to bring them together/)
})

it('sees the cluster through the eyes of none that is down or has left, and counts those that run', () => {
  const { sim, told } = begin(6)
  const focus = 1
  sim.apply({ type: 'act', process: 'g1', action: { type: 'tell', rumour: 'r1' } })
  sim.advanceTo(seconds(3))
  expect(observe(sim, { focus })).toMatchObject({ focus: 'g2', rumours: [{ of: 6 }] })
  sim.apply({ type: 'act', process: 'g2', action: { type: 'leave' } })
  sim.apply({ type: 'crash', process: 'g3' })
  sim.advanceTo(seconds(12))
  expect(observe(sim, { focus })).toMatchObject({ focus: null, focused: null })
  expect(observe(sim, { focus: 2 }).focus).toBeNull()
  sim.apply({ type: 'restart', process: 'g3' })
  sim.advanceTo(seconds(15))
  // The one that came back has not heard of the rumour, and the one that left counts no more.
  const { rumours, news } = observe(sim, {})
  expect([rumours[0]?.at.length, rumours[0]?.of]).toEqual([4, 5])
  expect([news?.at.length, news?.of]).toEqual([4, 4])
  // That all others are alive is news to nobody but the one that came back.
  expect(told.filter((text) => /believe that g\d is alive/.test(text))).toEqual([
    'All 4 others believe that g3 is alive',
  ])
})

it('tells in one sentence that two halves have found together', () => {
  const { sim, told } = begin(8)
  const halves = ['g1 g2 g3 g4', 'g5 g6 g7 g8'].map((half) => half.split(' '))
  const links = (halves[0] as string[]).flatMap((a) =>
    (halves[1] as string[]).flatMap((b) => [
      { from: a, to: b },
      { from: b, to: a },
    ]),
  )
  sim.apply({ type: 'cut', links })
  sim.advanceTo(seconds(90))
  sim.apply({ type: 'mend', links })
  sim.apply({ type: 'act', process: 'g1', action: { type: 'join', via: 'g5' } })
  sim.advanceTo(seconds(120))
  expect(told.filter((text) => /believe .* alive/.test(text))).toEqual([
    'All 8 servers that run believe each other alive',
  ])
})
