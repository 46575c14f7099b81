import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { labsOnDisk } from '../cli/loaders.ts'
import { runToEnd } from '../engine/run-scenario.ts'
import { scripting } from '../engine/scripting.ts'
import { Timeline } from '../engine/timeline.ts'
import { piecesOf } from '../lab/glossary.ts'
import { readScenario } from '../lab/scenario.ts'
import { readScenarioFile } from '../lab/scenario-file.ts'

const labs = labsOnDisk()
const lessons = Object.keys(labs).flatMap((lab) => {
  const folder = join(import.meta.dirname, lab, 'lessons')
  return existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : []
})

/** What all ready-made files of all labs are called. */
const titles = new Set(
  Object.keys(labs).flatMap((lab) =>
    ['scenarios', 'lessons', 'challenges'].flatMap((kind) => {
      const folder = join(import.meta.dirname, lab, kind)
      if (!existsSync(folder)) return []
      return readdirSync(folder).map((name) => parse(readFileSync(join(folder, name), 'utf8')).title as string)
    }),
  ),
)

describe.each(lessons)('the lesson %s', (file) => {
  it('comes to every step, agrees with its run in every answer, asks, tells the speaker what to say, and ends with what to read', async () => {
    const read = await readScenarioFile(labs, readFileSync(file, 'utf8'), file)
    if (!read.ok) throw new Error(read.error)
    const { lab, scenario } = read.value
    const { result, fired } = await runToEnd(lab, scenario)
    expect(result.expectations.filter(({ ok }) => !ok)).toEqual([])
    expect(result.outcome).toBe('passed')
    expect(fired).toHaveLength(scenario.script.length)
    expect(scenario.steps.flatMap(({ questions }) => questions).length).toBeGreaterThan(2)
    expect(scenario.steps.filter(({ notes }) => notes === '')).toEqual([])
    expect(scenario.steps.at(-1)).toMatchObject({ title: 'What to read', words: expect.stringContaining('https://') })
  })

  it('names scenarios, challenges and lessons by titles that there are', async () => {
    const read = await readScenarioFile(labs, readFileSync(file, 'utf8'), file)
    if (!read.ok) throw new Error(read.error)
    const { words = '', notes = '' } = read.value.scenario.steps.at(-1) ?? {}
    const [, onwards = ''] = words.split('**Try on your own:**')
    const named = [...onwards.matchAll(/\*(.+?)\*/gs), ...notes.matchAll(/(?:scenario|challenge) \*(.+?)\*/gs)]
    const names = named.map(([, name = '']) => name.replaceAll('\n', ' '))
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name) => !titles.has(name))).toEqual([])
  })

  it('speaks of terms that its glossary explains', async () => {
    const read = await readScenarioFile(labs, readFileSync(file, 'utf8'), file)
    if (!read.ok) throw new Error(read.error)
    const glossary = (await read.value.lab.glossary?.()) ?? []
    const explained = read.value.scenario.steps.map(
      ({ words }) => piecesOf(glossary, words).filter(({ term }) => term !== null).length,
    )
    expect(explained.filter((count) => count > 0).length).toBeGreaterThan(explained.length / 2)
  })
})

const step = (title: string, more: object = {}) => ({ title, words: title, ...more })
const story = (...steps: object[]) => ({ format: 1, lab: 'raft', title: 'T', seed: 1, until: '3s', steps })

async function outcomeOf(file: object) {
  const read = await readScenario(labs, file)
  if (!read.ok) throw new Error(read.error)
  const { result } = await runToEnd(read.value.lab, read.value.scenario)
  return { outcome: result.outcome, failed: result.expectations.filter(({ ok }) => !ok).map(({ text }) => text) }
}

test('an answer that the run contradicts, no right choice, two right ones and a step that never comes fail the check', async () => {
  const asked = (question: object) =>
    story(step('one', { questions: [{ ask: 'Who?', ...question }] }), step('two', { when: 'there is a leader' }))
  const leads = { among: 'servers', when: '{} is leader' }
  expect(await outcomeOf(asked(leads))).toEqual({ outcome: 'passed', failed: [] })
  const wrong = await outcomeOf(asked({ ...leads, answer: 'n1' }))
  expect(wrong.failed.join()).toMatch(/Step 1 asks: Who\? The run answers n\d, and the file says n1/)
  expect((await outcomeOf(asked({ ...leads, among: ['n1'] }))).failed.join()).toMatch(/none of the choices/)
  const both = [
    { text: 'a', when: 'there is a leader' },
    { text: 'b', when: '5 servers are up' },
  ]
  expect((await outcomeOf(asked({ choices: both }))).failed.join()).toMatch(/a and b/)
  const never = story(step('one', { do: { crash: 'n1' } }), step('two', { when: 'n1 is leader' }))
  expect((await outcomeOf(never)).failed).toEqual(['Step 2 is reached: two'])
})

test.each([
  ['a script beside them', { ...story(step('one')), script: [{ at: '0ms' }] }, /script: expected a script or steps/],
  [
    'a question at the end',
    story(step('one', { questions: [{ ask: 'A?', when: 'no violation' }] })),
    /steps\[0\].questions\[0\]: expected a step after it/,
  ],
  [
    'a condition that is none',
    story(step('one', { when: 'n1 is boss' })),
    /steps\[0\].when: “n1 is boss” is no sentence/,
  ],
  ['a highlight of nothing', story(step('one', { highlight: ['n9'] })), /steps\[0\].highlight: .*found “n9”/],
  [
    'an answer that is no choice',
    story(step('one', { questions: [{ ask: 'A?', when: 'no violation', answer: 'Maybe' }] }), step('two')),
    /expected one of Yes, No, found “Maybe”/,
  ],
])('steps with %s are refused in a sentence that names the field', async (_, file, words) => {
  expect(await readScenario(labs, file)).toMatchObject({ ok: false, error: expect.stringMatching(words) as unknown })
})

test('a run stands at a step, again after it went on, and its deed is left out where somebody did it by hand', async () => {
  const read = await readScenario(
    labs,
    story(
      step('one', { when: 'there is a leader', do: { crash: 'leader' }, unless: 'not there is a leader' }),
      step('two', { delay: '100ms' }),
    ),
  )
  if (!read.ok) throw new Error(read.error)
  const { lab } = read.value
  const { run, script, steps } = read.value.scenario
  const line = new Timeline(lab, run, { script, scripting })
  const part = steps[1]?.part as number
  expect(line.reach(0, 3_000_000)).toBe(true)
  const [first, print] = [line.moment, line.fingerprint()]
  line.reach(part, 3_000_000)
  const down = () => line.world.processes.filter(({ id }) => line.world.status(id) === 'down').length
  expect([line.fired.length, down()]).toEqual([part + 1, 1])
  line.goTo(first)
  expect(line.fingerprint()).toBe(print)
  const leader = line.world.processes.find(({ id }) => line.world.status(id) === 'up' && lead(line) === id)
  line.act({ type: 'crash', process: leader?.id as string })
  line.reach(part, 3_000_000)
  expect([line.fired.length, down()]).toEqual([part + 1, 1])
})

const lead = (line: Timeline): string | null => line.lab.aliases['leader']?.(line.world) ?? null
