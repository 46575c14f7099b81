import { expect, it } from 'vitest'
import type { Event } from '../../../kernel/event.ts'
import type { World } from '../../../kernel/types.ts'
import { defaultSetup } from '../../../lab/setup.ts'
import { lab } from '../lab.ts'
import { keyPlace } from '../placement.ts'
import { EMPTY_SHELF, put } from '../store/shelf.ts'
import type { Version, VersionVector } from '../store/versions.ts'
import type { Note, Ring } from '../types.ts'
import { siblingsAreConcurrent } from './versions.ts'

const { config } = defaultSetup(lab, 1, 3)
const first: Version = { dot: { by: 'n1', n: 1 }, value: 'a', stamp: 1 }
const second: Version = { dot: { by: 'n1', n: 2 }, value: 'b', stamp: 2 }

/** A world whose servers all hold both versions side by side. */
const shelf = put(EMPTY_SHELF, 'x', keyPlace(config, 'x'), { clock: { n1: 2 }, siblings: [first, second] })
const world = { config, state: () => ({ kind: 'server', disk: { shelf } }) } as unknown as World<Ring>

const wrote = (version: Version, context: VersionVector): Event<Ring> => {
  const note: Note = { type: 'wrote', key: 'x', version, context, owners: [], beside: 0, strict: true }
  return { type: 'noted', process: 'n1', note, seq: 1, at: 0, causes: [] }
}

it('two versions side by side are fine if neither client had seen the other’s', () => {
  const memory = siblingsAreConcurrent.begin()
  expect(siblingsAreConcurrent.watch(memory, wrote(first, {}), world)).toBeNull()
  expect(siblingsAreConcurrent.watch(memory, wrote(second, {}), world)).toBeNull()
})

it('a version that stays beside the one that was written over it is seen', () => {
  const memory = siblingsAreConcurrent.begin()
  siblingsAreConcurrent.watch(memory, wrote(first, {}), world)
  expect(siblingsAreConcurrent.watch(memory, wrote(second, { n1: 1 }), world)).toMatchObject({
    text: expect.stringContaining('x = b (n1:2) beside a (n1:1)'),
    nodes: ['n1'],
  })
})
