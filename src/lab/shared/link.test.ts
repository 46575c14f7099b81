import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Random, stream } from '../../base/random.ts'
import { ms, SECOND } from '../../base/units.ts'
import { labsOnDisk } from '../../cli/loaders.ts'
import { Session } from '../../engine/session.ts'
import type { FromEngine } from '../../engine/messages.ts'
import { scripting } from '../../engine/scripting.ts'
import { Timeline } from '../../engine/timeline.ts'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes } from '../../kernel/types.ts'
import { lab as gossip } from '../../labs/gossip/lab.ts'
import { lab as ping } from '../../labs/ping/lab.ts'
import { lab as raft } from '../../labs/raft/lab.ts'
import { lab as ring } from '../../labs/ring/lab.ts'
import { anyCommand } from '../any-command.testing.ts'
import type { AnyLab } from '../definition.ts'
import { readScenario } from '../scenario.ts'
import { defaultSetup, freshRun } from '../setup.ts'
import { readRunData, writeRunFile } from './file.ts'
import { MAX_LINK, readLink, SAFE_LINK, writeLink, writeLinkWithin } from './link.ts'
import type { FindScenario, ReadRun, SharedRead } from './read.ts'
import { dataOf, type SharedPlan, type SharedRun } from './shared-run.ts'

const labs = labsOnDisk()
const lab: AnyLab = raft
const nothing: FindScenario = async () => null
const view = { panel: 'logs', selected: 'n3', speed: 0.05 }

function sharedOf(line: Timeline, plan: SharedPlan | null = null): SharedRun {
  const { moment, fired } = line
  const { name, branches } = line.branches.tree
  const futures = { name, branches }
  return { run: line.run(), plan, fired, moment, view, fingerprint: line.fingerprint(), futures }
}

/** A cluster with faults, cuts, settings and clients at work, wound back and forth. */
function anyLine(lab: AnyLab, seed: number): Timeline {
  const random = new Random(stream(seed, 'user'))
  const setup = { ...defaultSetup<LabTypes>(lab, seed, 3 + random.int(3)), workload: lab.defaults.workload }
  const line = new Timeline(lab, freshRun<LabTypes>(lab, setup), { spacing: 200 })
  for (let i = 0; i < 8; i++) {
    const before = line.moment.at
    line.seek(random.int(2 * SECOND))
    if (random.unit() < 0.5) line.stepForward()
    line.act(anyCommand(lab, line.world, random), [], line.moment.at < before)
  }
  line.seek(random.int(2 * SECOND))
  if (random.unit() < 0.7) line.stepBack()
  return line
}

async function opened(fragment: string, find = nothing): Promise<ReadRun> {
  const read = await readLink(labs, fragment, find)
  if (!read.ok) throw new Error(read.error)
  return read.value
}

/** The fingerprint that an engine shows which opens what was read, as the page does. */
async function fingerprintOf({ shared: { run, plan, fired, moment } }: ReadRun): Promise<string> {
  const heard: FromEngine[] = []
  const session = new Session(labs, (message) => heard.push(message))
  const window = {}
  const { script = [], expectations = [] } = plan ?? {}
  session.receive({ type: 'open', run: 1, turn: 1, value: run, script, fired, expectations, ...moment, window })
  while (!heard.some(({ type }) => type === 'frame' || type === 'broken')) {
    if (session.busy) session.work()
    else await new Promise((resolve) => setTimeout(resolve))
  }
  session.receive({ type: 'ask', run: 1, id: 1, question: { type: 'fingerprint' } })
  session.work()
  const last = heard.at(-1)
  return last?.type === 'answer' && last.answer.type === 'fingerprint' ? last.answer.fingerprint : JSON.stringify(last)
}

describe('a link', () => {
  it.each([raft, gossip, ring, ping] as AnyLab[])(
    'of any run of $id opens to the same fingerprint, at the same moment',
    async (lab) => {
      for (let seed = 1; seed <= 6; seed++) {
        const shared = sharedOf(anyLine(lab, seed))
        const again = await opened(`#${await writeLink(lab, shared)}`)
        expect(again.doubts).toEqual([])
        expect(again.shared).toEqual(shared)
        expect(await fingerprintOf(again), `seed ${seed}`).toBe(shared.fingerprint)
      }
    },
  )

  it('brings the branches along, each of which goes where it went', async () => {
    const line = anyLine(raft, 2)
    const { shared } = await opened(await writeLink(raft, sharedOf(line)))
    const [first, ...more] = shared.futures.branches
    if (first === undefined) throw new Error('the run has no branches')
    expect(more.length).toBeGreaterThan(1)
    const tree = { ...shared.futures, redoable: false }
    const again = new Timeline(raft, shared.run, { tree })
    for (const timeline of [line, again]) {
      timeline.switchTo(first.id)
      timeline.seek(first.reached)
    }
    expect(again.fingerprint()).toBe(line.fingerprint())
    expect(again.branches.tree.branches).toHaveLength(more.length + 1)
  })

  it.each([raft, gossip, ring, ping] as AnyLab[])(
    'brings the run of $id that it is compared with along',
    async (lab) => {
      const [line, other, seeded] = [anyLine(lab, 2), anyLine(lab, 2), anyLine(lab, 3)]
      other.seek(200_000)
      other.act({ type: 'network', settings: { loss: 0.5 } })
      other.seek(300_000)
      for (const [beside, branch] of [
        [other, 1],
        [seeded, null],
      ] as const) {
        const shared: SharedRun = {
          ...sharedOf(line),
          beside: {
            names: ['Main', 'The other'],
            branch,
            run: beside.run(),
            fired: beside.fired,
            until: SECOND,
            moment: beside.moment,
            fingerprint: beside.fingerprint(),
          },
        }
        const link = await writeLink(lab, shared)
        expect(link.slice(0, 6)).toBe('run=3.')
        const again = await opened(link)
        expect(again.shared).toEqual(shared)
        const its = again.shared.beside as NonNullable<SharedRun['beside']>
        expect(await fingerprintOf({ ...again, shared: { ...shared, ...its } })).toBe(its.fingerprint)
        expect(await fingerprintOf(again)).toBe(shared.fingerprint)
      }
    },
  )

  it('leaves out the oldest branches where there is little room, and still is of the first format without any', async () => {
    const shared = sharedOf(anyLine(raft, 2))
    const { branches } = shared.futures
    const whole = await writeLinkWithin(raft, shared, MAX_LINK)
    expect([whole.left, whole.link.slice(0, 6)]).toEqual([0, 'run=2.'])
    const some = await writeLinkWithin(raft, shared, whole.link.length - 1)
    expect(some.left).toBeGreaterThan(0)
    expect((await opened(some.link)).shared.futures.branches).toEqual(branches.slice(some.left))
    const none = await writeLinkWithin(raft, shared, 10)
    expect([none.left, none.link.slice(0, 6)]).toEqual([branches.length, 'run=1.'])
    expect(await fingerprintOf(await opened(none.link))).toBe(shared.fingerprint)
  })

  it('stays short: a demonstration with a cut, writes and a crash', async () => {
    const line = new Timeline(lab, freshRun<LabTypes>(lab, defaultSetup(lab, 108)))
    const ids = line.world.processes.map(({ id }) => id)
    const side = (id: string) => ['1', '2'].includes(id.slice(1))
    const links = ids.flatMap((from) => ids.filter((to) => side(from) !== side(to)).map((to) => ({ from, to })))
    const random = new Random(stream(1, 'operations'))
    const asks = (client: string) => ({
      type: 'invoke',
      client,
      operation: lab.workload(random, 1, lab.defaults.workload),
    })
    for (const [at, command] of [
      [ms(600), asks('c1')],
      [ms(900), { type: 'crash', process: 'n3' }],
      [ms(1_500), { type: 'cut', links }],
      [ms(2_500), asks('c4')],
      [ms(3_000), { type: 'mend', links }],
      [ms(3_200), { type: 'restart', process: 'n3' }],
      [ms(3_500), { type: 'configure', config: { preVote: true, checkQuorum: true } }],
    ] as [number, Command<LabTypes>][]) {
      line.seek(at)
      line.act(command)
    }
    line.seek(ms(4_000))
    const { length } = await writeLink(raft, sharedOf(line))
    expect(length).toBeLessThan(SAFE_LINK / 2)
  })

  it('of a ready-made scenario names it, goes on with it, and says so if it has changed', async () => {
    const { line, plan } = await scriptedLine()
    const link = await writeLink(raft, sharedOf(line, plan))
    const again = await opened(link, async () => plan)
    expect(again.shared.plan).toEqual(plan)
    expect(await fingerprintOf(again)).toBe(line.fingerprint())

    const changed = await opened(link, async () => ({ ...plan, until: plan.until + 1 }))
    expect(changed.shared.plan).toBeNull()
    expect(changed.doubts.join()).toContain('has changed since')
    expect(await fingerprintOf(changed)).toBe(line.fingerprint())
    expect((await opened(link)).doubts.join()).toContain('is not here')
  })

  it('of one’s own scenario brings it along, and what it has named', async () => {
    const { line, plan } = await scriptedLine()
    const { shared } = await opened(await writeLink(raft, sharedOf(line, { ...plan, id: '' })))
    expect(shared.plan).toEqual({ ...plan, id: '' })
    const { script, expectations } = plan
    const again = new Timeline(raft, shared.run, { script, expectations, fired: shared.fired, scripting })
    again.seek(3 * SECOND)
    line.seek(3 * SECOND)
    expect(line.expectations?.results().map(({ ok }) => ok)).toEqual([true])
    expect(again.expectations?.results()).toEqual(line.expectations?.results())
  })

  it.each([
    [
      'another format',
      (link: string) => link.replace(/run=./, 'run=4'),
      /format 4, and this page reads formats 1, 2 and 3/,
    ],
    ['a part that is missing', (link: string) => link.slice(0, -30), /damaged.*only the name of its lab, Raft/is],
    ['a character that was changed', (link: string) => flip(link, 60), /damaged/],
    ['too much', (link: string) => link + 'A'.repeat(MAX_LINK), /too long: expected at most 60000 characters/],
    ['nothing at all', () => 'run=', /damaged/],
    ['no lab', (link: string) => link.replace('.raft.', '.paxos.').slice(0, -5), /not even its lab.*paxos/is],
  ])('with %s is refused in a sentence', async (_, spoil, words) => {
    const link = await writeLink(raft, sharedOf(anyLine(raft, 1)))
    const read = await readLink(labs, spoil(link), nothing)
    expect(read).toMatchObject({ ok: false, error: expect.stringMatching(words) as unknown })
  })

  it('that another engine made says what holds and what does not', async () => {
    const shared = sharedOf(anyLine(raft, 2))
    const { doubts } = await opened(await writeLink(raft, { ...shared, run: { ...shared.run, engine: '77' } }))
    expect(doubts).toEqual([expect.stringMatching(/made by engine 77.*setup and commands hold.*another course/)])
  })
})

/** A run that is compared with another. */
const BESIDE = { names: ['a', 'b'], until: 1, moment: { at: 0, steps: 0 } }

describe('what pretends to be a run', () => {
  it.each([
    [
      'setup.config.preVote',
      (d: Plain) => set(d, ['setup', 'config'], { preVote: 7 }),
      /preVote: expected true or false/,
    ],
    [
      'setup.config',
      (d: Plain) => set(d, ['setup', 'config'], { colour: 7 }),
      /setup.config.colour: there is no such field/,
    ],
    ['setup.seed', (d: Plain) => set(d, ['setup', 'seed'], -1), /setup.seed: expected a whole number/],
    ['setup.servers', (d: Plain) => set(d, ['setup', 'servers'], 400), /setup.servers: expected/],
    [
      'commands',
      (d: Plain) => set(d, ['commands'], [{ at: 1, command: { type: 'eval', code: '1' } }]),
      /commands\[0\]/,
    ],
    ['their order', (d: Plain) => set(d, ['commands'], [crashAt(5), crashAt(4)]), /commands\[1\].at: lies before/],
    [
      'branches',
      (d: Plain) => set(d, ['branches'], [{ id: 2, name: 'b', shares: 99, reached: 1 }]),
      /branches\[0\].shares: expected at most \d, found 99/,
    ],
    [
      'a branch’s order',
      (d: Plain) => set(d, ['branches'], [{ id: 2, name: 'b', commands: [crashAt(5), crashAt(4)], reached: 1 }]),
      /branches\[0\].commands\[1\].at: lies before/,
    ],
    [
      'beside',
      (d: Plain) => set(d, ['beside'], { ...BESIDE, shares: 99 }),
      /beside.shares: expected at most \d+, found 99/,
    ],
    [
      'a setup beside it',
      (d: Plain) => set(d, ['beside'], { ...BESIDE, setup: { seed: 1, config: { colour: 7 } } }),
      /beside.setup.config.colour: there is no such field/,
    ],
    ['fingerprint', (d: Plain) => set(d, ['fingerprint'], 'abc'), /fingerprint: expected 16 hexadecimal digits/],
    [
      'another lab',
      (d: Plain) => set(d, ['lab'], 'paxos'),
      /the lab “paxos”, which is not here: the labs of this page are/,
    ],
  ])('is refused for its %s', async (_, spoil, words) => {
    const data = dataOf(raft, sharedOf(anyLine(raft, 1)), true) as Plain
    const read = await readRunData(labs, spoil(data), nothing, 'run.json')
    expect(read).toMatchObject({ ok: false, error: expect.stringMatching(words) as unknown })
  })

  it('never makes the reader throw, whatever it is', async () => {
    const data = dataOf(raft, sharedOf(anyLine(raft, 3)), true) as Plain
    expect(data['branches']).not.toHaveLength(0)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), fc.jsonValue(), async (path, value) => {
        sound(await readRunData(labs, spoilt(data, path, value), nothing, 'run.json'))
      }),
      { numRuns: 300 },
    )
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => sound(await readRunData(labs, value, nothing, 'x'))),
    )
  })

  it('never makes the reader of links throw, whatever the fragment', async () => {
    const shared = sharedOf(anyLine(raft, 4))
    expect(shared.futures.branches).not.toHaveLength(0)
    const link = await writeLink(raft, shared)
    const fragments = fc.oneof(
      fc.string(),
      fc.string().map((s) => `run=2.raft.${s}`),
      fc.nat(link.length).map((n) => link.slice(0, n)),
      fc.tuple(fc.nat(link.length - 1), fc.string()).map(([n, s]) => link.slice(0, n) + s + link.slice(n + 1)),
    )
    await fc.assert(
      fc.asyncProperty(fragments, async (fragment) => sound(await readLink(labs, fragment, nothing))),
      { numRuns: 300 },
    )
  })

  it('is refused when it is deeper than any run, before anybody walks it', async () => {
    let deep: unknown = 1
    for (let i = 0; i < 20_000; i++) deep = [deep]
    expect(await readRunData(labs, { scenario: deep }, nothing, 'x')).toMatchObject({ ok: false })
  })
})

it('a file with a run opens to the same run', async () => {
  const shared = sharedOf(anyLine(raft, 5))
  const read = await readRunData(labs, JSON.parse(writeRunFile(raft, shared)), nothing, 'run.json')
  expect(read).toMatchObject({ ok: true, value: { shared, doubts: [] } })
})

async function scriptedLine(): Promise<{ line: Timeline; plan: SharedPlan }> {
  const read = await readScenario(labs, {
    format: 1,
    lab: 'raft',
    title: 'A write',
    seed: 4,
    script: [
      { when: 'there is a leader', delay: '50ms', do: { write: 'x = 5', via: 'leader', as: 'write' } },
      { when: 'write succeeded', delay: '200ms', say: 'It is done.', do: { crash: 'leader' } },
    ],
    expect: ['write succeeded'],
    until: '3s',
  })
  if (!read.ok) throw new Error(read.error)
  const { run, ...plan } = read.value.scenario
  const { title, about, until, script, expectations } = plan
  const line = new Timeline(raft, run, { script, expectations, scripting })
  line.seek(ms(900))
  return { line, plan: { id: 'raft/a-write', title, about, until, script, expectations } }
}

type Plain = Record<string, unknown>
const crashAt = (at: number): unknown => ({ at, command: { type: 'crash', process: 'n1' } })

function set(data: Plain, [key, ...rest]: string[], value: unknown): Plain {
  if (key === undefined) return value as Plain
  return { ...data, [key]: rest.length === 0 ? value : set(data[key] as Plain, rest, value) }
}

/** With something else at some place of it. */
function spoilt(data: unknown, [step, ...rest]: number[], value: unknown): unknown {
  if (step === undefined || typeof data !== 'object' || data === null) return value
  const keys = Object.keys(data)
  const key = keys[step % Math.max(1, keys.length)]
  if (key === undefined) return value
  const copy = structuredClone(data) as Plain
  copy[key] = spoilt(copy[key], rest, value)
  return copy
}

function flip(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
}

/** Either a run, or a sentence. */
function sound(read: SharedRead): void {
  if (!read.ok) expect(read.error).toMatch(/^\S.{10,}/s)
}
