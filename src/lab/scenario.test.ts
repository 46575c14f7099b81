import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scenarioJsonSchema } from '../../scripts/scenario-json-schema.ts'
import { labsOnDisk } from '../cli/loaders.ts'
import { runScenario, ScenarioError } from '../index.ts'
import { readScenario } from './scenario.ts'

const labs = labsOnDisk()
const good = { format: 1, lab: 'raft', title: 'Test', seed: 1, until: '1s' }

async function errorOf(change: object): Promise<string> {
  const read = await readScenario(labs, { ...good, ...change })
  return read.ok ? 'no error' : read.error
}

describe('a scenario file', () => {
  it('may be as short as a lab, a title, a seed and an end', async () => {
    expect(await readScenario(labs, good)).toMatchObject({ ok: true })
  })

  it.each([
    [{ colour: 'red' }, 'colour', 'expected one of'],
    [{ format: 2 }, 'format', 'expected 1'],
    [{ lab: 'paxos' }, 'lab', 'expected one of'],
    [{ seed: -1 }, 'seed', '0 to 4294967295'],
    [{ seed: 4294967296 }, 'seed', '0 to 4294967295'],
    [{ seed: 1.5 }, 'seed', 'whole number'],
    [{ seed: '1' }, 'seed', 'expected'],
    [{ until: '5' }, 'until', 'unit'],
    [{ until: 5 }, 'until', 'expected'],
    [{ servers: 10 }, 'servers', '1 to 9'],
    [{ script: [{ say: 'x' }] }, 'script[0]', '“at” or “when”'],
    [{ script: [{ at: '5 parsecs' }] }, 'script[0].at', 'unit'],
    [{ script: [{ at: '500ms' }, { at: '100ms' }] }, 'script[1].at', 'does not go back'],
    [{ script: [{ at: '2s' }] }, 'script[0].at', 'after the end'],
    [{ script: [{ at: '1ms', do: { clock: 'n1' } }] }, 'script[0].do', 'as in “n1 -50%”'],
    [{ script: [{ at: '1ms', do: { clock: 'n1 -100%' } }] }, 'script[0].do', 'above -100%'],
    [{ script: [{ at: '1ms', do: { slow: 'n1' } }] }, 'script[0].do', 'as in “n1 x 20”'],
    [{ script: [{ at: '1ms', do: { slow: 'n9 x 2' } }] }, 'script[0].do', 'no process called n9'],
    [{ script: [{ at: '1ms', do: { loss: 'n1 > n2' } }] }, 'script[0].do', 'as in “n1 > n2 60%”'],
    [{ script: [{ at: '1ms', do: { loss: 'all 101%' } }] }, 'script[0].do', 'and a share'],
    [{ script: [{ at: '1ms', do: { loss: 'n1 > n9 5%' } }] }, 'script[0].do', 'no process called n9'],
    [{ script: [{ at: '1ms', do: { read: 'x', mode: 'quick' } }] }, 'script[0].do', 'mode: expected one of log'],
    [{ script: [{ at: '1ms', do: { transfer: 'n9' } }] }, 'script[0].do', 'expected a server'],
    [{ script: [{ at: '1ms', do: { explode: 'n1' } }] }, 'script[0].do', 'unknown verb'],
    [{ script: [{ at: '1ms', do: { crash: 'n7' } }] }, 'script[0].do', 'no process called n7'],
    [{ script: [{ at: '1ms', do: [{ crash: 'n1' }, { cut: 'n1' }] }] }, 'script[0].do[1]', 'two groups'],
    [{ script: [{ at: '1ms', do: { write: 'x' } }] }, 'script[0].do', 'key = value'],
    [{ script: [{ at: '1ms', do: { write: 'x = 1', via: 'n9' } }] }, 'script[0].do', 'n9'],
    [{ script: [{ at: '1ms', do: { hold: 'n1 | n2' } }] }, 'script[0].do', 'one way'],
    [{ script: [{ at: '1ms', do: { release: 'n1 > n9' } }] }, 'script[0].do', 'no process called n9'],
    [{ script: [{ at: '1ms', do: { deliver: 'n1' } }] }, 'script[0].do', 'expected a message'],
    [{ script: [{ at: '1ms', do: { drop: 'n9>n1#1' } }] }, 'script[0].do', 'no process called n9'],
    [{ script: [{ at: '1ms', do: { delay: 'n1 > n2' } }] }, 'script[0].do', 'a message and a time'],
    [{ script: [{ at: '1ms', do: { delay: 'n1 > n2 by 5' } }] }, 'script[0].do', 'a message and a time'],
    [{ script: [{ at: '1ms', do: { fire: 'n1' } }] }, 'script[0].do', 'a process and its timer'],
    [{ setup: { network: { hold: 'yes' } } }, 'setup.network.hold', 'expected'],
    [{ script: [{ when: 'n1 is boss' }] }, 'script[0].when', 'nearest'],
    [{ script: [{ when: 'n8 is up' }] }, 'script[0].when', 'no process called n8'],
    [{ expect: ['n1 is boss'] }, 'expect[0]', 'nearest'],
    [{ expect: [{ expect: 'n1 is up', wihtin: '2s' }] }, 'expect[0]', 'wihtin'],
    [{ setup: { config: { electionTimeoutMin: '150' } } }, 'setup.config.electionTimeoutMin', 'unit'],
    [{ setup: { config: { electionTimeoutMin: '1h' } } }, 'setup.config.electionTimeoutMin', 'unit'],
    [{ setup: { config: { patience: 3 } } }, 'setup.config.patience', 'expected one of'],
    [{ setup: { config: { maxEntriesPerMessage: 0 } } }, 'maxEntriesPerMessage', 'from 1'],
    [{ setup: { mistakes: ['hubris'] } }, 'setup.mistakes', 'expected one of'],
    [{ setup: { network: { loss: 2 } } }, 'setup.network.loss', 'share'],
    [{ setup: { network: { latency: { gamma: 1 } } } }, 'setup.network.latency', 'expected'],
  ])('with %j is refused: the error names the field and what was expected', async (change, field, part) => {
    const error = await errorOf(change)
    expect(error).toContain(field)
    expect(error).toContain(part)
  })

  it.each([null, 3, 'text', [], true])('that is %j is refused', async (value) => {
    expect(await readScenario(labs, value)).toMatchObject({ ok: false })
  })

  it('that was mutated anywhere is read or refused, and never throws', async () => {
    const file = readFileSync(join(import.meta.dirname, '../labs/raft/scenarios/leader-isolated.json'), 'utf8')
    const whole: unknown = JSON.parse(file)
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.jsonValue(), async (place, value) => {
        const read = await readScenario(labs, mutate(whole, place, value))
        if (!read.ok) expect(read.error).toMatch(/\S/)
      }),
      { seed: 1, numRuns: 400 },
    )
  })
})

describe('runScenario', () => {
  it('gives the object that the command line prints', async () => {
    const result = await runScenario({ ...good, expect: ['there is a leader'] })
    expect(result).toMatchObject({ lab: 'raft', seed: 1, simulatedMs: 1000, violations: [], outcome: 'passed' })
    expect(result.fingerprint).toMatch(/^[0-9a-f]{16}$/)
    expect(result.expectations).toEqual([{ text: 'there is a leader', ok: true, atMs: expect.any(Number) as number }])
  })

  it('fails what never came, and says null for its time', async () => {
    const result = await runScenario({ ...good, expect: ['n1 is down'] })
    expect(result).toMatchObject({ outcome: 'failed', expectations: [{ ok: false, atMs: null }] })
  })

  it('fails a run in which a monitor finds a violation that the scenario does not speak of', async () => {
    const setup = { config: { electionTimeoutMax: '151ms' }, mistakes: ['voteTwice'] }
    const result = await runScenario({ ...good, setup })
    expect(result).toMatchObject({ outcome: 'failed' })
    expect(result.violations.find(({ monitor }) => monitor === 'Election Safety')).toMatchObject({
      nodes: [expect.any(String), expect.any(String)],
    })
  })

  it('takes another seed, and refuses one that is none', async () => {
    expect(await runScenario(good, { seed: 9 })).toMatchObject({ seed: 9 })
    await expect(runScenario(good, { seed: -1 })).rejects.toThrow(ScenarioError)
  })

  it('stops when it is told to', async () => {
    const controller = new AbortController()
    const running = runScenario(
      { ...good, until: '60min', setup: { workload: { rate: 100 } } },
      { signal: controller.signal },
    )
    setTimeout(() => controller.abort(new Error('enough')), 20)
    await expect(running).rejects.toThrow('enough')
  })
})

describe('a scenario in which every message is held', () => {
  const elect = {
    ...good,
    servers: 3,
    setup: { network: { hold: true } },
    script: [
      { at: '1ms', do: { fire: 'n1 election' } },
      { when: 'RequestVote from n1 to n2 is held', do: { deliver: 'n1 > n2' } },
      { when: 'a message from n2 to n1 is held', do: { deliver: 'RequestVoteReply n2 > n1' } },
    ],
    until: '140ms',
  }

  it('elects a leader by the two messages that are let in', async () => {
    const expected = ['n1 is leader', 'RequestVote from n1 to n3 is held', 'not n3 is leader']
    const result = await runScenario({ ...elect, expect: expected })
    expect(result.expectations.map(({ ok }) => ok)).toEqual([true, true, true])
  })

  it('elects none without them', async () => {
    const script = [...elect.script.slice(0, 2), { when: 'a message from n2 to n1 is held', do: { drop: 'n2 > n1' } }]
    const result = await runScenario({ ...elect, script, expect: ['always not n1 is leader', '1 messages are held'] })
    expect(result.outcome).toBe('passed')
  })

  it('goes its way once they are let go', async () => {
    const script = [
      ...elect.script.slice(0, 1),
      { at: '20ms', do: { hold: 'n3 > n1' } },
      { at: '90ms', do: { release: 'all' } },
    ]
    const result = await runScenario({ ...elect, script, expect: ['n1 is leader', '0 messages are held'] })
    expect(result.outcome).toBe('passed')
  })
})

describe('the published JSON Schema', () => {
  it('is the one that the reader’s own schema makes', () => {
    const published: unknown = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../public/scenario.schema.json'), 'utf8'),
    )
    expect(published).toEqual(scenarioJsonSchema())
  })
})

/** The value with the n-th of its leaves and branches replaced. */
function mutate(value: unknown, place: number, by: unknown): unknown {
  const paths: (string | number)[][] = []
  walk(value, [], paths)
  const path = paths[place % paths.length] as (string | number)[]
  const copy = structuredClone(value)
  let at = copy as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>
  at[path.at(-1) as string] = by
  return copy
}

function walk(value: unknown, path: (string | number)[], paths: (string | number)[][]): void {
  if (path.length > 0) paths.push(path)
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value)) walk((value as Record<string, unknown>)[key], [...path, key], paths)
}
