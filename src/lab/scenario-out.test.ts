import { expect, it } from 'vitest'
import { Random, stream } from '../base/random.ts'
import { ms, SECOND } from '../base/units.ts'
import { readText } from '../cli/files.ts'
import { labsOnDisk } from '../cli/loaders.ts'
import { accounts } from '../engine/accounts.ts'
import { runToEnd } from '../engine/run-scenario.ts'
import { scripting } from '../engine/scripting.ts'
import { Timeline } from '../engine/timeline.ts'
import type { LabTypes } from '../kernel/types.ts'
import { lab as gossip } from '../labs/gossip/lab.ts'
import { lab as ping } from '../labs/ping/lab.ts'
import { lab as raft } from '../labs/raft/lab.ts'
import { lab as ring } from '../labs/ring/lab.ts'
import { anyCommand } from './any-command.testing.ts'
import type { AnyLab } from './definition.ts'
import { readScenario } from './scenario.ts'
import { readScenarioFile } from './scenario-file.ts'
import { writeScenario } from './scenario-out.ts'
import { defaultSetup, freshRun } from './setup.ts'

const labs = labsOnDisk()

/** A cluster that is not quite the lab's own, with faults, cuts, settings and clients at work, and single steps. */
function anyLine(lab: AnyLab, seed: number): Timeline {
  const random = new Random(stream(seed, 'user'))
  const usual = defaultSetup<LabTypes>(lab, seed, 3 + random.int(3))
  const setup = {
    ...usual,
    network: { ...usual.network, latency: { type: 'uniform' as const, min: 5_001, max: 23_000 }, loss: 0.05 },
    disk: { ...usual.disk, sync: { type: 'exponential' as const, floor: 300, mean: 1_500 } },
    workload: seed % 2 === 0 ? null : { ...lab.defaults.workload, rate: 7.5 },
  }
  const line = new Timeline(lab, freshRun<LabTypes>(lab, setup), { spacing: 200 })
  for (let i = 0; i < 6; i++) {
    line.seek(line.moment.at + random.int(400_000))
    if (random.unit() < 0.5) line.stepForward()
    line.act(anyCommand(lab, line.world, random))
  }
  line.seek(line.moment.at + random.int(SECOND))
  return line
}

it.each([raft, gossip, ring, ping] as AnyLab[])(
  'any run of $id is a scenario file that plays to the same fingerprint',
  async (lab) => {
    for (let seed = 1; seed <= 4; seed++) {
      const line = anyLine(lab, seed)
      const { at } = line.moment
      const broken = [...new Set(line.chronicle.violations.map(({ monitor }) => monitor))]
      const out = await writeScenario(lab, line.run(), { title: 'Any run', about: '', until: at, broken })
      if (!out.ok) throw new Error(out.error)
      const read = await readScenarioFile(labs, out.value, 'any.scenario.json')
      if (!read.ok) throw new Error(read.error)
      const { result } = await runToEnd(read.value.lab, read.value.scenario)
      expect(result.fingerprint, `seed ${seed}`).toBe(line.fingerprint())
      expect(result.outcome, `seed ${seed}: ${JSON.stringify(result.expectations)}`).toBe('passed')
    }
  },
)

/** What a user did by hand while a scenario ran, done again in it from another seed. */
async function secondLine(file: string, seed: number): Promise<Timeline> {
  const read = await readScenarioFile(labs, await readText(file), file)
  if (!read.ok) throw new Error(read.error)
  const { lab, scenario } = read.value
  const random = new Random(stream(5, file))
  const { script } = scenario
  const lineOf = (run: typeof scenario.run): Timeline => new Timeline(lab, run, { script, scripting, accounts })
  const first = lineOf(scenario.run)
  const until = Math.min(scenario.until, 4 * SECOND)
  for (let i = 1; i <= 3; i++) {
    first.seek(Math.round((until * i) / 5) + random.int(1_000))
    if (i === 2) first.stepForward()
    first.act(anyCommand(lab, first.world, random))
  }
  const commands = first.run().commands.filter(({ scripted }) => scripted !== true)
  const second = lineOf({ ...scenario.run, setup: { ...scenario.run.setup, seed }, commands })
  second.seek(until)
  return second
}

it.each([
  'raft/scenarios/leader-crash.json',
  'gossip/scenarios/a-crash-is-found.json',
  'ring/scenarios/a-server-joins.yaml',
])(
  'a run of %s from another seed, with what was done by hand, is a scenario file of the same fingerprint',
  async (file) => {
    for (const seed of [7, 77]) {
      const line = await secondLine(`src/labs/${file}`, seed)
      expect(line.fired.length).toBeGreaterThan(0)
      const broken = [...new Set(line.chronicle.violations.map(({ monitor }) => monitor))]
      const out = await writeScenario(line.lab, line.run(), {
        title: 'Again',
        about: '',
        until: line.moment.at,
        broken,
      })
      if (!out.ok) throw new Error(out.error)
      const read = await readScenarioFile(labs, out.value, 'again.scenario.json')
      if (!read.ok) throw new Error(read.error)
      const { result } = await runToEnd(read.value.lab, read.value.scenario)
      expect([result.fingerprint, result.outcome]).toEqual([line.fingerprint(), 'passed'])
    }
  },
)

it('mistakes and settings are said as one would write them', async () => {
  const lab: AnyLab = raft
  const usual = defaultSetup<LabTypes>(lab, 5)
  const mistake = lab.mistakes[0] as AnyLab['mistakes'][number]
  const config = { ...usual.config, ...mistake.config, electionTimeoutMax: ms(412.5) }
  const out = await writeScenario(lab, freshRun<LabTypes>(lab, { ...usual, config }), {
    title: 'Said',
    about: 'What for',
    until: ms(1_250),
    broken: [mistake.caughtBy],
  })
  expect(out.ok && JSON.parse(out.value)).toEqual({
    format: 1,
    lab: 'raft',
    title: 'Said',
    about: 'What for',
    seed: 5,
    servers: 5,
    setup: { config: { electionTimeoutMax: '412500us' }, mistakes: [mistake.name] },
    expect: [`violation of "${mistake.caughtBy}"`],
    until: '1250ms',
  })
})

it('what a scenario has no words for is refused, and named', async () => {
  const usual = defaultSetup<LabTypes>(raft, 5)
  const processes = usual.processes.map((process) => (process.id === 'n2' ? { ...process, zone: 'east' } : process))
  const all = { title: 'Zones', about: '', until: SECOND, broken: [] }
  expect(await writeScenario(raft, freshRun<LabTypes>(raft, { ...usual, processes }), all)).toMatchObject({
    error: expect.stringMatching(
      /^A scenario file cannot hold this run: its setup has "east" as processes\.1\.zone/,
    ) as unknown,
  })
})

it.each([
  [
    [
      { at: '2s', command: { type: 'crash', process: 'n1' } },
      { at: '1s', command: { type: 'crash', process: 'n2' } },
    ],
    /commands\[1\]\.at: 1s lies before the command above it/,
  ],
  [
    [{ at: '1s', command: { type: 'eval', code: '1' } }],
    /commands\[0\]\.command: .*expected a command that this page knows/,
  ],
  [[{ at: '9s', command: { type: 'crash', process: 'n1' } }], /commands\[0\]\.at: 9s lies after the end/],
  [
    [{ at: '1s', command: { type: 'configure', config: { colour: 7 } } }],
    /commands\[0\]\.command: config\.colour: there is no such field/,
  ],
])('a wrong command %j is refused in a sentence', async (commands, words) => {
  const file = { format: 1, lab: 'raft', title: 'Wrong', seed: 1, commands, until: '3s' }
  expect(await readScenario(labs, file)).toMatchObject({ ok: false, error: expect.stringMatching(words) as unknown })
})
