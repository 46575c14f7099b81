import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { labsOnDisk } from '../cli/loaders.ts'
import { runCommand } from '../cli/run.ts'
import { verify } from '../cli/verify.ts'
import { accounts } from '../engine/accounts.ts'
import { runToEnd } from '../engine/run-scenario.ts'
import { scripting } from '../engine/scripting.ts'
import { Timeline } from '../engine/timeline.ts'
import { judge } from '../lab/challenge.ts'
import type { AnyLab } from '../lab/definition.ts'
import { readScenario, type Scenario } from '../lab/scenario.ts'
import { dataOf, ONE_FUTURE } from '../lab/shared/shared-run.ts'

const labs = labsOnDisk()
const all = Object.keys(labs).flatMap((lab) => {
  const folder = join(import.meta.dirname, lab, 'challenges')
  return existsSync(folder) ? readdirSync(folder).map((file) => ({ lab, file, path: join(folder, file) })) : []
})

/** Who solves it, or null for what cannot be solved. */
function solutionOf({ lab, file }: { lab: string; file: string }): object[] | null {
  const path = join(import.meta.dirname, lab, 'solutions', file.replace(/\.\w+$/, '.script'))
  return existsSync(path) ? (parse(readFileSync(path, 'utf8')) as object[]) : null
}

async function scenarioOf(path: string, script?: object[]): Promise<{ lab: AnyLab; scenario: Scenario }> {
  const file = { ...(parse(readFileSync(path, 'utf8')) as object), ...(script && { script }) }
  const read = await readScenario(labs, file)
  if (!read.ok) throw new Error(read.error)
  return read.value
}

/** The run of a solution, by a hand that does what its script says. */
async function solved(path: string, script: object[]) {
  const { lab, scenario } = await scenarioOf(path, script)
  const { expectations, until, run } = scenario
  const line = new Timeline(lab, run, { script: scenario.script, expectations, scripting, accounts })
  line.seek(until)
  line.expectations?.close(until)
  return { lab, scenario, line }
}

describe.each(all)('the challenge $lab/$file', (one) => {
  it('is not met by doing nothing', async () => {
    const { lab, scenario } = await scenarioOf(one.path)
    const { result } = await runToEnd(lab, scenario)
    expect(result.expectations.filter(({ ok }) => !ok)).toEqual([])
    expect(result.outcome).toBe('passed')
    expect(scenario.challenge?.hints.length).toBeGreaterThan(0)
  })

  it('is met by its solution with what is allowed, or says what a hunt searched', async () => {
    const script = solutionOf(one)
    const { scenario } = await scenarioOf(one.path)
    expect(scenario.challenge?.impossible === null).toBe(script !== null)
    if (script === null) {
      expect(scenario.challenge?.impossible?.searched).toMatch(/netsplit hunt .*--seeds 1\.\.\d+/)
      return
    }
    const { lab, line } = await solved(one.path, script)
    expect(line.fired.filter(({ problem }) => problem !== null)).toEqual([])
    expect(line.fired).toHaveLength(script.length)
    const goal = line.expectations?.results()[0] ?? { ok: null, at: null }
    const { commands } = line.run()
    const judged = judge(lab, scenario.challenge as NonNullable<Scenario['challenge']>, commands, goal)
    expect(judged).toMatchObject({ verdict: 'met', over: [] })
    // One thing less is allowed of what it used, and it is spoiled.
    const scarce = judged.uses.find(({ most, used }) => most !== null && used > 0)
    const tools = { ...scenario.challenge?.tools, [scarce?.tool as string]: (scarce?.used as number) - 1 }
    expect(judge(lab, { tools }, commands, goal).verdict).toBe('spoiled')
  })
})

const byHand = <T extends object>(command: T): T =>
  Object.fromEntries(Object.entries(command).filter(([key]) => key !== 'scripted')) as T

test('a run that is handed in is verified: the goal, the budget, the fingerprint and the version', async () => {
  const path = join(import.meta.dirname, 'raft/challenges/two-leaders-by-mistake.yaml')
  const { lab, scenario, line } = await solved(
    path,
    solutionOf({ lab: 'raft', file: 'two-leaders-by-mistake.yaml' }) ?? [],
  )
  const { title, about, until, expectations, challenge } = scenario
  const plan = { id: 'raft/two-leaders-by-mistake', title, about, until, script: [], expectations, challenge }
  // As a hand did it, and not a script.
  const commands = line.run().commands.map(byHand)
  const run = { ...line.run(), commands }
  const { moment } = line
  const view = { panel: null, selected: null, speed: 1 }
  const shared = { run, plan, fired: [], moment, view, fingerprint: line.fingerprint(), futures: ONE_FUTURE }
  const data = dataOf(lab, shared) as Record<string, unknown>
  expect(await verify(data, 'run.json')).toMatchObject({
    outcome: 'passed',
    sameFingerprint: true,
    challenge: { verdict: 'met' },
  })
  const forged = { ...data, fingerprint: '0123456789abcdef' }
  expect(await verify(forged, 'run.json')).toMatchObject({ outcome: 'failed', sameFingerprint: false })
  const lazy = { ...data, commands: [], fingerprint: undefined }
  const idle = await verify(JSON.parse(JSON.stringify(lazy)), 'run.json')
  expect(idle.outcome).toBe('failed')
  expect(idle.challenge?.verdict).not.toBe('met')
  const old = { ...data, engine: '77' }
  expect((await verify(old, 'run.json')).doubts.join()).toMatch(/made by engine 77/)
  const file = join(mkdtempSync(join(tmpdir(), 'hand-in-')), 'run.json')
  writeFileSync(file, JSON.stringify(data))
  expect(await runCommand([file], { json: true })).toBe(0)
})
