import { describe, expect, it } from 'vitest'
import { Random, stream } from '../../base/random.ts'
import { ms, SECOND } from '../../base/units.ts'
import { same } from '../../check/plain.ts'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes } from '../../kernel/types.ts'
import { type Comparison, differenceText, type Stride, strideText } from '../../lab/comparison.ts'
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
import { traceOf } from '../trace.ts'
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
    return traceOf(line, 0, until).map((event) => ({ ...event, causes: [] }))
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

describe('strides', () => {
  it.each(labs)('of $id stop at every step of either run, and lead back the same way', (lab) => {
    const random = new Random(stream(7, 'strides'))
    const run = fresh(lab, 3)
    const other = forked(lab, run, random)
    const until = lab === ping || lab === gossip ? 1_500_000 : 300_000
    const comparer = new Comparer(lab, { sides: [side(run), side(other)], until }, scripting)
    while (comparer.goOn(500) === null);
    const start: Stride['moments'] = [
      { at: 0, steps: 0 },
      { at: 0, steps: 0 },
    ]
    const way: Stride[] = []
    for (let from = start; ; ) {
      const found = comparer.stride(from, 1)
      if (found === null) break
      way.push(found)
      from = found.moments
    }
    expect(way.length).toBeGreaterThan(10)
    // Every step of both was taken, one at a time, and time never went back.
    const lines = [run, other].map((value) => new Timeline(lab, value, { spacing: 0 }))
    for (const line of lines) line.seek(until)
    expect(way.at(-1)?.moments.map(({ steps }) => steps)).toEqual(lines.map(({ moment }) => moment.steps))
    for (const [i, { at, moments }] of way.entries()) {
      const before = i === 0 ? start : (way[i - 1] as Stride).moments
      for (const one of [0, 1] as const) expect(moments[one].steps - before[one].steps).toBeLessThanOrEqual(1)
      expect(at).toBeGreaterThanOrEqual(before[0].at)
    }
    // Back again, from where all of the last instant is.
    const last: Stride['moments'] = way.at(-1)?.moments ?? start
    let from = comparer.stride([{ at: last[0].at }, { at: last[1].at }], -1)
    for (const there of way.slice(0, -1).toReversed()) {
      expect(from).toEqual(there)
      from = comparer.stride(there.moments, -1)
    }
    expect(from).toMatchObject({ at: 0, sides: [null, null] })
    expect(comparer.stride(start, -1)).toBeNull()
  })

  it('say what is done in one run alone, and what is the same in both', () => {
    const run = freshRun<LabTypes>(raft, defaultSetup<LabTypes>(raft, 108))
    const line = new Timeline(raft, run)
    line.seek(ms(1_000))
    line.act({ type: 'crash', process: 'n1' })
    const comparer = new Comparer(raft, { sides: [side(line.run()), side(run)], until: 2 * SECOND }, scripting)
    const names = ['Main', 'Branch 2'] as const
    const text = (from: number, by: 1 | -1): string => {
      const found = comparer.stride([{ at: ms(from) }, { at: ms(from) }], by)
      return found === null ? '' : strideText(found, names)
    }
    expect(comparer.stride([{ at: 0 }, { at: 0 }], 1)).toBeNull()
    while (comparer.goOn(500) === null);
    expect(text(999.999, 1)).toBe('At 1.000000 s in Main alone: You crashed n1. In Branch 2 nothing happens then.')
    expect(text(500, 1)).toMatch(/^At 0\.5\d{5} s in both: .+\.$/)
    expect(text(2_000, 1)).toBe('')
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
