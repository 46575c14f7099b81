import { describe, expect, it } from 'vitest'
import { Random, stream } from '../../base/random.ts'
import { ms, SECOND } from '../../base/units.ts'
import { same } from '../../check/plain.ts'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes } from '../../kernel/types.ts'
import { type Comparison, differenceText } from '../../lab/comparison.ts'
import type { AnyLab } from '../../lab/definition.ts'
import { firstDifference } from '../../lab/event-words.ts'
import { defaultSetup, freshRun } from '../../lab/setup.ts'
import { lab as gossip } from '../../labs/gossip/lab.ts'
import { lab as ping } from '../../labs/ping/lab.ts'
import { lab as raft } from '../../labs/raft/lab.ts'
import { lab as ring } from '../../labs/ring/lab.ts'
import type { AnyRun } from '../messages.ts'
import { scripting } from '../scripting.ts'
import { Timeline } from '../timeline.ts'
import { type ComparedSide, Comparer } from './comparer.ts'

const labs: AnyLab[] = [raft, gossip, ring, ping]

const side = (value: AnyRun): ComparedSide => ({ value, script: [], fired: [] })

function compare(lab: AnyLab, a: AnyRun, b: AnyRun, until: number, steps = 500): Comparison {
  const comparer = new Comparer(lab, { sides: [side(a), side(b)], until }, scripting)
  for (;;) {
    const comparison = comparer.goOn(steps)
    if (comparison !== null) return comparison
  }
}

function fresh(lab: AnyLab, seed: number): AnyRun {
  const setup = defaultSetup<LabTypes>(lab, seed, Math.max(3, lab.defaults.minServers))
  return freshRun<LabTypes>(lab, { ...setup, workload: lab.defaults.workload })
}

/** The same run, with one more thing done somewhere. */
function forked(lab: AnyLab, run: AnyRun, random: Random): AnyRun {
  const line = new Timeline(lab, run, { spacing: 0 })
  line.seek(random.int(SECOND))
  if (random.unit() < 0.5) line.stepForward()
  const process = random.pick(run.setup.processes).id
  const any: readonly Command<LabTypes>[] = [
    { type: 'crash', process },
    { type: 'pause', process },
    { type: 'restart', process },
    { type: 'network', settings: { latency: { type: 'constant', value: 7_000 } } },
    { type: 'workload', workload: { ...lab.defaults.workload, rate: 1 } },
  ]
  line.act(random.pick(any))
  return line.run()
}

/** By listing every event of both. */
function partBrutely(lab: AnyLab, a: AnyRun, b: AnyRun, until: number): number {
  const [x, y] = [a, b].map((run) => {
    const line = new Timeline(lab, run, { spacing: 0 })
    line.seek(until)
    return line.trace(0, until).map((event) => ({ ...event, causes: [] }))
  }) as [object[], object[]]
  let i = 0
  while (i < x.length && i < y.length && same(x[i], y[i])) i++
  return i + 1
}

describe('two runs in step', () => {
  it.each(labs)('part at the very event at which their whole traces of $id do, in slices of any size', (lab) => {
    for (let seed = 1; seed <= 4; seed++) {
      const random = new Random(stream(seed, 'compare'))
      const run = fresh(lab, seed)
      const others = [forked(lab, run, random), forked(lab, run, random), fresh(lab, seed + 50)]
      for (const other of others) {
        const { first } = compare(lab, run, other, SECOND, 1 + random.int(700))
        const parted = partBrutely(lab, run, other, SECOND)
        expect(first?.sides.map((said) => said?.seq ?? parted)).toEqual([parted, parted])
        expect(first?.sides.map((said) => said === null || said.text.length > 5)).toEqual([true, true])
      }
    }
  })

  it('that are one run do not part, and come to the same', () => {
    const comparison = compare(raft, fresh(raft, 3), fresh(raft, 3), 2 * SECOND)
    expect(comparison).toMatchObject({ first: null, told: null })
    expect(comparison.events[0]).toBe(comparison.events[1])
    for (const { values } of comparison.figures) expect(values[0]).toBe(values[1])
  })

  it('are told apart by what was done, and by the first thing that is told otherwise', () => {
    const run = freshRun<LabTypes>(raft, defaultSetup<LabTypes>(raft, 108))
    const line = new Timeline(raft, run)
    line.seek(ms(1_000))
    line.act({ type: 'crash', process: 'n1' })
    const { first, figures } = compare(raft, line.run(), run, 2 * SECOND)
    if (first === null) throw new Error('they do not part')
    expect(first.at).toBe(ms(1_000))
    expect(differenceText(first, ['Main', 'Branch 2'])).toMatch(
      /^At 1\.000 s in Main: You crashed n1\. What comes next in Branch 2, at 1\.0\d\d s: n\d .+\.$/,
    )
    expect(figures.find(({ label }) => label === 'Messages a second')?.values[0]).toBeLessThan(
      figures.find(({ label }) => label === 'Messages a second')?.values[1] as number,
    )

    const seeds = compare(raft, run, { ...run, setup: { ...run.setup, seed: 7 } }, 2 * SECOND)
    const [one, other] = seeds.told?.sides ?? []
    expect(one?.text).not.toBe(other?.text)
    expect(one?.text).toMatch(/n\d/)
  })

  it('that differ in a setting part where it first makes a difference', () => {
    const run = fresh(raft, 5)
    const patient = { ...run, setup: { ...run.setup, config: { ...run.setup.config, electionTimeoutMax: ms(900) } } }
    const { first } = compare(raft, run, patient, 3 * SECOND)
    expect(first?.sides[0]?.text).toMatch(/election/)
    expect(first?.at).toBeGreaterThan(0)
  })
})

it('says what differs within an event that reads the same', () => {
  expect(firstDifference({ a: 1, message: { term: 2, x: [1, 2] } }, { a: 1, message: { term: 2, x: [1, 3] } })).toEqual(
    {
      field: 'message.x.1',
      values: ['2', '3'],
    },
  )
  expect(firstDifference({ a: [1] }, { a: [1] })).toBeNull()
  const said = { seq: 9, at: 5_000, text: 'n1 sent Vote to n2', about: [], tone: 'plain' } as const
  const field = { field: 'message.term', values: ['2', '3'] as const }
  expect(differenceText({ at: 5_000, sides: [said, said], field }, ['Main', 'Branch 2'])).toBe(
    'At 0.005 s in both: n1 sent Vote to n2, but message.term is 2 in Main and 3 in Branch 2.',
  )
})
