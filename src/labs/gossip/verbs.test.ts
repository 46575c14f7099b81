import { expect, it } from 'vitest'
import { Simulation } from '../../kernel/simulation.ts'
import { defaultSetup } from '../../lab/setup.ts'
import { lab } from './lab.ts'
import type { Gossip } from './types.ts'
import { verbs } from './verbs.ts'

it.each([
  ['tell', 'r 1!', {}, 'expected a name of 1 to 20 letters, digits or _, found “r 1!”'],
  ['tell', 'r1', { to: 'h3' }, 'to: expected a server, found “h3”'],
  ['leave', 'g9', {}, 'expected a server, found “g9”'],
  ['rejoin', 'g1', { via: 'g9' }, 'via: expected another server, found “g9”'],
  ['rejoin', 'g1', { via: 'g1' }, 'via: expected another server, found “g1”'],
])('%s %s %o is refused in words that name the field once', (name, value, options, error) => {
  const sim = new Simulation<Gossip>(lab, { setup: defaultSetup(lab, 1, 3), commands: [] })
  expect(verbs.find((verb) => verb.name === name)?.read(value, options, sim)).toEqual({ error })
})
