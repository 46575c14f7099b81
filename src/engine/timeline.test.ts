import { describe, expect, it } from 'vitest'
import { Random, stream } from '../base/random.ts'
import { ms, SECOND } from '../base/units.ts'
import type { Command } from '../kernel/command.ts'
import { Simulation } from '../kernel/simulation.ts'
import type { LabTypes } from '../kernel/types.ts'
import { defaultSetup, freshRun } from '../lab/setup.ts'
import { lab as raft } from '../labs/raft/lab.ts'
import type { AnyLab } from '../lab/definition.ts'
import { accounts } from './accounts.ts'
import type { AnyRun } from './messages.ts'
import { scripting } from './scripting.ts'
import { Timeline, type TimelineOptions } from './timeline.ts'
import { traceOf } from './trace.ts'

const lab: AnyLab = raft
const LENGTH = 4 * SECOND

function busyRun(seed: number): AnyRun {
  const setup = {
    ...defaultSetup(raft, seed),
    workload: { rate: 20, readShare: 0.4, keys: 3, distribution: 'uniform' as const },
  }
  const commands = [
    { at: ms(900), command: { type: 'crash' as const, process: 'n1' } },
    { at: ms(1_700), command: { type: 'restart' as const, process: 'n1' } },
    { at: ms(2_500), command: { type: 'pause' as const, process: 'n3' } },
  ]
  return { ...freshRun<LabTypes>(lab, setup), commands }
}

const timeline = (seed: number, options: TimelineOptions = {}): Timeline => new Timeline(lab, busyRun(seed), options)

/** What a straight run of this value comes to at an instant. */
function straight(run: AnyRun, at: number): string {
  const sim = new Simulation<LabTypes>(lab, run)
  sim.advanceTo(at)
  return sim.fingerprint()
}

describe('Timeline', () => {
  it('shows, wound back and forth a hundred times at random, the moments of a run played straight through', () => {
    const line = timeline(5, { spacing: 300 })
    const random = new Random(stream(5, 'winding'))
    for (let i = 0; i < 100; i++) {
      const at = random.int(LENGTH)
      line.seek(at)
      expect(line.fingerprint()).toBe(straight(busyRun(5), at))
    }
  })

  it('rebuilds, after a hundred windings, the trace of a run played straight through', () => {
    const wound = timeline(6, { spacing: 200 })
    const random = new Random(stream(6, 'winding'))
    for (let i = 0; i < 100; i++) wound.seek(random.int(LENGTH))
    wound.seek(LENGTH)
    const plain = timeline(6, { spacing: 0 })
    plain.seek(LENGTH)
    expect(traceOf(wound, ms(500), ms(2_000))).toEqual(traceOf(plain, ms(500), ms(2_000)))
    expect(wound.chronicle.stories).toEqual(plain.chronicle.stories)
    expect(wound.chronicle.history.records).toEqual(plain.chronicle.history.records)
  })

  it('changes nothing by a checkpoint after every step', () => {
    const often = timeline(7, { spacing: 1 })
    const never = timeline(7, { spacing: 0 })
    often.seek(ms(1_500))
    never.seek(ms(1_500))
    expect(often.fingerprint()).toBe(never.fingerprint())
    expect(often.witness.watched()).toEqual(never.witness.watched())
  })

  it('steps forward and back one step at a time, to the same moments', () => {
    const line = timeline(8)
    line.seek(ms(700))
    const prints = [line.fingerprint()]
    for (let i = 0; i < 40; i++) {
      line.stepForward()
      prints.push(line.fingerprint())
    }
    for (let i = 40; i > 0; i--) {
      expect(line.fingerprint()).toBe(prints[i])
      expect(line.stepBack()).toBe(true)
    }
    expect(line.fingerprint()).toBe(prints[0])
  })

  it('does not step back before the start', () => {
    const line = timeline(8)
    expect(line.stepBack()).toBe(false)
  })

  it('drops, when somebody acts in the past, what came after, and keeps what came before', () => {
    const line = timeline(9)
    line.seek(LENGTH)
    line.seek(ms(1_000))
    line.act({ type: 'crash', process: 'n5' })
    const { commands } = line.run()
    expect(commands.map((c) => c.command.type)).toEqual(['crash', 'crash'])
    expect(line.chronicle.stories.every((story) => story.at <= ms(1_000))).toBe(true)
    line.seek(LENGTH)
    expect(line.fingerprint()).toBe(straight(line.run(), LENGTH))
  })

  it('replays to the bit a command given between two steps of one instant', () => {
    const line = timeline(10)
    line.seek(ms(600))
    for (let i = 0; i < 7; i++) line.stepForward()
    line.act({ type: 'pause', process: 'n2' })
    line.seek(LENGTH)
    expect(line.fingerprint()).toBe(straight(line.run(), LENGTH))
  })

  it('takes back the last command and stands at its instant', () => {
    const line = timeline(11)
    line.seek(ms(1_200))
    const before = line.fingerprint()
    line.act({ type: 'crash', process: 'n4' })
    line.seek(ms(2_000))
    expect(line.undo()).toBe(true)
    expect(line.moment.at).toBe(ms(1_200))
    expect(line.fingerprint()).toBe(before)
    // What it had dropped is to come again.
    expect(line.run()).toEqual(busyRun(11))
  })

  it('takes back together what was done together, in another engine too, as after a worker died', () => {
    const line = new Timeline(lab, freshRun<LabTypes>(lab, defaultSetup(raft, 3)))
    line.seek(ms(700))
    line.act({ type: 'pause', process: 'n1' })
    line.act({ type: 'crash', process: 'n2' }, [
      { type: 'crash', process: 'n3' },
      { type: 'crash', process: 'n4' },
    ])
    line.seek(ms(900))
    const again = new Timeline(lab, line.run())
    again.seek(ms(900))
    expect(again.fingerprint()).toBe(line.fingerprint())
    for (const each of [line, again]) {
      expect(each.undo()).toBe(true)
      expect(each.run().commands).toHaveLength(1)
      expect(each.world.ids('server').map((id) => each.world.status(id))).toEqual(['paused', 'up', 'up', 'up', 'up'])
    }
  })

  it('ends, after any sequence of seeks, steps, commands and undos, where a fresh run of the surviving commands ends', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const line = timeline(seed, { spacing: 150 })
      const random = new Random(stream(seed, 'user'))
      for (let i = 0; i < 20; i++) fiddle(line, random)
      line.seek(LENGTH)
      expect(line.fingerprint(), `seed ${seed}`).toBe(straight(line.run(), LENGTH))
    }
  })

  it('ends, after branch switches, undos and redos among them, where a fresh run of the surviving commands ends', () => {
    let switched = 0
    const kept = { accounts, overview: true }
    for (let seed = 1; seed <= 12; seed++) {
      const line = timeline(seed, { spacing: 150, ...kept })
      const random = new Random(stream(seed, 'user'))
      for (let i = 0; i < 25; i++) switched += wander(line, random)
      line.seek(LENGTH)
      expect(line.fingerprint(), `seed ${seed}`).toBe(straight(line.run(), LENGTH))
      const plain = new Timeline(lab, line.run(), kept)
      plain.seek(LENGTH)
      expect(line.overview(0, LENGTH, 1_000)).toEqual(plain.overview(0, LENGTH, 1_000))
      expect(line.chronicle.stories).toEqual(plain.chronicle.stories)
      expect(line.chronicle.history.records).toEqual(plain.chronicle.history.records)
    }
    expect(switched).toBeGreaterThan(20)
  })

  it('keeps, when somebody acts in the past, what came after as a branch that can be taken up again', () => {
    const line = timeline(9)
    line.seek(LENGTH)
    const [end, run] = [line.fingerprint(), line.run()]
    line.seek(ms(1_000))
    line.act({ type: 'crash', process: 'n5' }, [], true)
    const { name, branches } = line.branches.tree
    expect(name).toBe('Branch 2')
    expect(branches).toMatchObject([{ name: 'Main', reached: LENGTH, commands: run.commands }])
    line.seek(LENGTH)
    const other = line.fingerprint()

    expect(line.switchTo(branches[0]?.id ?? 0)).toBe(true)
    line.seek(LENGTH)
    expect(line.fingerprint()).toBe(end)
    expect(line.branches.tree).toMatchObject({ name: 'Main', branches: [{ name: 'Branch 2' }] })
    line.switchTo(branches[0]?.id ?? 0)
    line.seek(LENGTH)
    expect(line.fingerprint()).toBe(other)
    expect(line.switchTo(99)).toBe(false)
  })

  it('restores by undo the future that the command had left, and by redo the one that it had made', () => {
    const line = timeline(9)
    line.seek(LENGTH)
    const end = line.fingerprint()
    line.seek(ms(1_000))
    const before = line.fingerprint()
    line.act({ type: 'crash', process: 'n5' }, [{ type: 'crash', process: 'n4' }], true)
    const after = line.fingerprint()
    line.seek(ms(1_500))
    line.undo()
    expect([line.fingerprint(), line.branches.tree.branches]).toEqual([before, []])
    line.seek(LENGTH)
    expect(line.fingerprint()).toBe(end)
    line.redo()
    expect(line.branches.tree).toMatchObject({ name: 'Branch 2', branches: [{ name: 'Main' }], redoable: false })
    line.goTo({ at: ms(1_000), steps: line.moment.steps })
    line.seek(ms(1_500))
    line.undo()
    line.redo()
    line.seek(ms(1_000))
    expect(line.fingerprint()).toBe(after)
    expect(line.redo()).toBe(false)
  })

  it('works in slices: a seek with a small budget comes to the same moment', () => {
    const line = timeline(12)
    let slices = 1
    while (!line.seek(LENGTH, 50)) slices++
    expect(slices).toBeGreaterThan(10)
    expect(line.fingerprint()).toBe(straight(busyRun(12), LENGTH))
  })
})

describe('a script', () => {
  const script = [
    { at: null, when: 'there is a leader', delay: ms(50), title: 'first', say: null, do: [{ crash: 'leader' }] },
    { at: ms(2_000), when: null, delay: 0, title: 'second', say: null, do: [{ restart: 'crashed' }] },
  ]
  const scripted = (): Timeline =>
    new Timeline(lab, freshRun<LabTypes>(lab, defaultSetup(raft, 1)), { script, scripting, spacing: 100 })

  it('becomes timed commands that replay without it', () => {
    const line = scripted()
    line.seek(3 * SECOND)
    expect(line.fired.map((f) => f.index)).toEqual([0, 1])
    expect(line.run().commands.map((c) => c.command.type)).toEqual(['crash', 'restart'])
    expect(line.fingerprint()).toBe(straight(line.run(), 3 * SECOND))
  })

  it('comes true once, however often one winds back', () => {
    const line = scripted()
    for (const at of [3, 1, 2.5, 0.1, 3]) line.seek(at * SECOND)
    expect(line.run().commands).toHaveLength(2)
    expect(line.fired).toHaveLength(2)
  })

  it('is as it was in a branch that is taken up again, and after an undo in another engine', () => {
    const line = scripted()
    line.seek(3 * SECOND)
    const [end, run] = [line.fingerprint(), line.run()]
    line.seek(ms(1_500))
    line.act({ type: 'pause', process: 'n1' }, [], true)
    line.seek(3 * SECOND)
    const again = new Timeline(lab, line.run(), { script, scripting, fired: line.fired, tree: line.branches.tree })
    line.switchTo(again.branches.tree.branches[0]?.id ?? 0)
    again.seek(3 * SECOND)
    again.undo()
    for (const each of [line, again]) {
      each.seek(3 * SECOND)
      expect(each.fired.map(({ index }) => index)).toEqual([0, 1])
      expect(each.run()).toEqual(run)
      expect(each.fingerprint()).toBe(end)
    }
  })

  it('goes on after somebody acts before a part of it', () => {
    const line = scripted()
    line.seek(3 * SECOND)
    line.seek(ms(1_500))
    line.act({ type: 'pause', process: line.lab.aliases['leader']?.(line.world) ?? 'n1' })
    line.seek(3 * SECOND)
    expect(line.run().commands.map((c) => c.command.type)).toEqual(['crash', 'pause', 'restart'])
    expect(line.fingerprint()).toBe(straight(line.run(), 3 * SECOND))
  })
})

function fiddle(line: Timeline, random: Random): void {
  const dice = random.unit()
  if (dice < 0.35) line.seek(random.int(LENGTH))
  else if (dice < 0.5) line.stepForward()
  else if (dice < 0.65) line.stepBack()
  else if (dice < 0.8) line.undo()
  else line.act(anyCommand(line, random), random.chance(0.3) ? [anyCommand(line, random)] : [])
}

/** The same with branches: 1 if it took up another one. */
function wander(line: Timeline, random: Random): number {
  const { branches } = line.branches.tree
  const dice = random.unit()
  if (dice < 0.25) line.act(anyCommand(line, random), [], random.unit() < 0.6)
  else if (dice < 0.4 && branches.length > 0) return Number(line.switchTo(random.pick(branches).id))
  else if (dice < 0.5) line.redo()
  else if (dice < 0.55 && branches.length > 3) line.branches.remove(random.pick(branches).id)
  else fiddle(line, random)
  return 0
}

/** What a user may do: to a process, a timer, the network, or with a message in hand. Some of it will be refused. */
function anyCommand(line: Timeline, random: Random): Command<LabTypes> {
  const process = random.pick(['n1', 'n2', 'n3', 'n4', 'n5'])
  const dice = random.unit()
  if (dice < 0.15) return { type: 'network', settings: { hold: random.chance(0.6) } }
  if (dice < 0.2) return { type: 'fire', process, timer: 'election' }
  const flights = line.world.flights()
  if (dice < 0.5 && flights.length > 0) {
    const before = random.chance(0.3) ? null : random.pick(flights).id
    const what = random.pick(['deliver', 'drop', 'duplicate', { delay: ms(20) }, { before }] as const)
    return { type: 'message', id: random.pick(flights).id, do: what }
  }
  return { type: random.pick(['crash', 'restart', 'pause', 'resume'] as const), process }
}
