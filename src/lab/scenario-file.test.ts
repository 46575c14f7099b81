import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { labsOnDisk } from '../cli/loaders.ts'
import { readScenarioFile } from './scenario-file.ts'
import { readScenarioText } from './scenario-text.ts'

const labs = labsOnDisk()
const json = readFileSync(join(import.meta.dirname, '../labs/raft/scenarios/leader-isolated.json'), 'utf8')
const whole: unknown = JSON.parse(json)
const yaml = stringify(whole)

const read = (text: string, name = 'f.yaml') => readScenarioFile(labs, text, name)
async function errorOf(text: string, name?: string): Promise<string> {
  const found = await read(text, name)
  return found.ok ? 'no error' : found.error
}

const head = 'format: 1\nlab: raft\ntitle: T\nseed: 1\nuntil: 2s\n'

describe('a scenario’s text', () => {
  it('says the same in JSON and in YAML', async () => {
    const [asJson, asYaml] = [await read(json, 'f.json'), await read(yaml)]
    expect(asJson).toMatchObject({ ok: true })
    expect(JSON.stringify(asYaml)).toBe(JSON.stringify(asJson))
  })

  it('may begin with a byte order mark, and be indented with tabs as JSON', async () => {
    expect(await read(`\uFEFF${JSON.stringify(whole, null, '\t')}`, 'f.json')).toMatchObject({ ok: true })
    expect(await read(`\uFEFF${yaml}`)).toMatchObject({ ok: true })
  })

  it('knows where each field stands, and for one that is not there what is around it', () => {
    const found = readScenarioText('a:\n  - b: 1\n    c: 2\n', 'f.yaml')
    if (!found.ok) throw new Error(found.error)
    const { where } = found.value
    expect(where(['a', 0, 'c'])).toEqual({ line: 3, column: 5 })
    expect(where(['a', 0])).toEqual({ line: 2, column: 5 })
    expect(where(['a', 7, 'c'])).toEqual({ line: 1, column: 1 })
  })
})

describe('a bad file', () => {
  it.each([
    [
      'an unknown field',
      `${head}hue: red\n`,
      'f.yaml:6:1 hue: expected one of $schema, format',
      'the unknown field "hue"',
    ],
    ['a list for a key', `${head}? [a]\n: 1\n`, 'f.yaml:6:1: expected a plain key', 'found “?”'],
    ['a map for a key', `${head}{ a: 1 }: 2\n`, 'f.yaml:6:1: expected the name of a field', 'found “{”'],
    ['a missing field', 'format: 1\nlab: raft\nseed: 1\nuntil: 2s\n', 'f.yaml:1:1 title: expected', 'found nothing'],
    ['a wrong unit', head.replace('2s', '2h'), 'f.yaml:5:1 until: expected a time with its unit', 'found "2h"'],
    ['a wrong type', head.replace('T', '[1]'), 'f.yaml:3:1 title: expected a text', 'found a list'],
    ['a lab that is not', head.replace('raft', 'paxos'), 'f.yaml:2:1 lab: expected one of', 'found “paxos”'],
    [
      'a process that is not',
      `${head}script:\n  - at: 1s\n    do: { crash: n7 }\n`,
      'f.yaml:8:5 script[0].do: crash: there is no process called n7',
      'expected one of n1',
    ],
    [
      'a time that goes back',
      `${head}script:\n  - at: 1s\n  - at: 500ms\n`,
      'f.yaml:8:5 script[1].at: 500ms lies before',
      'does not go back',
    ],
    ['a scenario that never ends', head.replace('2s', '99999min'), 'f.yaml:5:1 until: expected at most', '99999min'],
    [
      'an operation that is not',
      `${head}expect: [wirte succeeded]\n`,
      'f.yaml:6:10 expect[0]: there is no operation called wirte',
      'c1#2',
    ],
    ['a monitor that is not', `${head}expect: [violation of "Log"]\n`, 'expect[0]', 'no monitor called “Log”'],
    ['a client for a server', `${head}expect: [c1 is leader]\n`, 'expect[0]', 'c1 is no server'],
    [
      'bounds in the wrong order',
      `${head}setup: { network: { latency: { uniform: [3ms, 2ms] } } }\n`,
      'f.yaml:6:32 setup.network.latency.uniform: expected the smaller time first',
      '“3ms” before “2ms”',
    ],
    [
      'a distribution that is not',
      `${head}setup: { disk: { sync: { unifrm: [1ms, 2ms] } } }\n`,
      'f.yaml:6:18 setup.disk.sync: expected a time ("25ms"), or one of uniform, normal, logNormal, exponential',
      'found an object',
    ],
    [
      'a number in a distribution',
      `${head}setup: { disk: { sync: { exponential: { floor: 1, mean: 2ms } } } }\n`,
      'setup.disk.sync.exponential.floor: expected a time with its unit',
      'found 1',
    ],
    ['a time without its unit', head.replace('2s', '2'), 'f.yaml:5:1 until: expected a time with its unit', 'found 2'],
    ['a sentence nearly right', `${head}expect: [n1 is boss]\n`, 'expect[0]: “n1 is boss”', '“SERVER is leader”'],
    ['a tab', `${head}script:\n\t- at: 1s\n`, 'f.yaml:7:1: expected spaces at the start of the line', 'found a tab'],
    ['a colon in a text', head.replace('T', 'T: U'), 'f.yaml:3:8: expected one value', 'stands in quotes'],
    ['an empty file', '', 'f.yaml', 'an empty file'],
    ['an array', '[]', 'f.yaml:1:1 the file: expected a scenario', 'found a list'],
    ['a text', 'hello', 'f.yaml:1:1 the file: expected a scenario', 'found "hello"'],
    ['a field that comes twice', `${head}seed: 2\n`, 'f.yaml:6:1', '“seed” a second time'],
    ['an alias', `${head}expect: [&a no violation, *a]\n`, 'f.yaml:6:27', 'the alias “*a”'],
    ['a tag', head.replace('T', '!js T'), 'f.yaml:3:8', 'tag'],
    ['a second document', `${head}---\n${head}`, 'f.yaml:6:1', 'found a second'],
    ['a picture', '\u0089PNG\r\n\u001A\n\u0000\u0000', 'f.yaml', 'no text'],
  ])('with %s is told in one sentence with its place', async (_what, text, place, part) => {
    const error = await errorOf(text)
    expect(error).toContain(place)
    expect(error).toContain(part)
    expect(error).not.toContain('\n')
  })

  it.each([
    ['{"a": 1,}', ':1:9', '“}”'],
    ['{"a" 1}', ':1:6', '“1”'],
    ['{"a":\n  hello}', ':2:3', '“hello”'],
    ['{"a": 1', ':1:8', 'the end of the file'],
    ['[1 2]', ':1:4', '“2”'],
    ['{"a": 01}', ':1:7', '“01”'],
    ['{a: 1}', ':1:2', '“a”'],
    ['[1]]', ':1:4', '“]”'],
    ['{"a": 1, "a": 2}', ':1:10', 'a second time'],
  ])('that is no JSON, %j, is told by its line and column', async (text, place, part) => {
    const error = await errorOf(text, 'f.json')
    expect(error).toContain(`f.json${place}: expected`)
    expect(error).toContain(part)
  })

  it.each([
    [{ crash: 5 }, 'found 5'],
    [{ crash: '__proto__' }, 'no process called __proto__'],
    [{ crash: 'n1', via: 'n2' }, 'found “via”'],
    [{ crash: 'n1', as: 'x' }, 'found “as”'],
    [{}, 'an empty command'],
    [{ cut: 'n1 | n1x' }, 'no process called n1x'],
    [{ cut: 'n1 n2 | n2 n3' }, 'expected each process on one side, found n2 on both'],
    [{ write: 'x = 1', via: { toString: 1 } }, 'via: expected a name'],
    [{ write: 'x = 1', as: 7 }, 'as: expected a name'],
    [{ timeout: 'n1', as: 'x' }, 'begins no operation'],
    [{ workload: { rate: -1 } }, 'workload.rate: expected a number from 0'],
    [{ workload: 3 }, 'expected “off” or an object'],
    [{ configure: { patience: 1 } }, 'configure.patience: there is no such setting'],
    [{ configure: 'all' }, 'expected an object'],
  ])('with the command %j is refused', async (command, part) => {
    const error = await errorOf(
      JSON.stringify({ ...(whole as object), expect: [], script: [{ at: '1s', do: command }] }),
    )
    expect(error).toContain('script[0].do: ')
    expect(error).toContain(part)
  })
})

/** All that a reader may do: give a scenario, or say one line, soon. */
async function expectCalm(text: string, name: string): Promise<void> {
  const began = performance.now()
  const found = await read(text, name)
  expect(performance.now() - began).toBeLessThan(5_000)
  if (!found.ok)
    expect(found.error).toMatch(/^f\.(json|yaml).*: .*(expected|found|unexpected|no |not |unknown|closed).*$/u)
}

describe('a mutated file is read or told, and never throws', () => {
  const files = fc.constantFrom<[string, string]>([json, 'f.json'], [yaml, 'f.yaml'], [json, 'f.yaml'])

  it('in its bytes', async () => {
    const edit = fc.record({ at: fc.nat(), drop: fc.nat({ max: 8 }), put: fc.oneof(fc.string(), SIGNS) })
    await fc.assert(
      fc.asyncProperty(files, fc.array(edit, { minLength: 1, maxLength: 6 }), async ([text, name], edits) => {
        let changed = text
        for (const { at, drop, put } of edits) {
          const place = at % (changed.length + 1)
          changed = changed.slice(0, place) + put + changed.slice(place + drop)
        }
        await expectCalm(changed, name)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('cut off anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.nat(), async ([text, name], at) => {
        await expectCalm(text.slice(0, at % text.length), name)
      }),
      { seed: 2, numRuns: 200 },
    )
  })

  it('in its structure', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.oneof(fc.jsonValue(), WORDS), fc.boolean(), async (place, value, asYaml) => {
        const changed = mutate(whole, place, value)
        await expectCalm(asYaml ? stringify(changed) : JSON.stringify(changed), asYaml ? 'f.yaml' : 'f.json')
      }),
      { seed: 3, numRuns: 500 },
    )
  })

  it('in the words of its conditions', async () => {
    const words = 'always eventually within not and or ( ) n1 is up leader no violation 2s " key x 5 everywhere'.split(
      ' ',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...words), { maxLength: 14 }), async (said) => {
        const script = [{ at: '0s', when: said.slice(0, 5).join(' ') }]
        await expectCalm(JSON.stringify({ ...(whole as object), script, expect: [said.join(' ')] }), 'f.json')
        await expectCalm(JSON.stringify({ ...(whole as object), script: [], expect: [said.join(' ')] }), 'f.json')
      }),
      { seed: 4, numRuns: 500 },
    )
  })

  it('made of noise', async () => {
    const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => new TextDecoder().decode(bytes))
    await fc.assert(
      fc.asyncProperty(fc.oneof(noise, fc.string({ unit: 'grapheme' }), fc.string({ unit: SIGNS })), (text) =>
        expectCalm(text, 'f.yaml'),
      ),
      { seed: 5, numRuns: 500 },
    )
  })

  it('of five megabytes', async () => {
    expect(await errorOf('\u0000\u00FFa{['.repeat(1_000_000))).toBe(
      'f.yaml: expected a scenario of at most 1 MB, found 5.0 MB',
    )
  })

  const bombs = [
    '[',
    '{',
    '- ',
    '? ',
    '&a ',
    '!a ',
    'a: ',
    '{"a":',
    '"',
    ']',
    ',',
    '- 1\n',
    '|\n',
    '*a ',
    '%a\n',
    '---\n',
  ]
  it.each(bombs)('of a megabyte of %j', async (sign) => {
    const text = sign.repeat(Math.floor(999_000 / sign.length))
    await expectCalm(text, 'f.yaml')
    await expectCalm(text, 'f.json')
  })
})

const SIGNS = fc.constantFrom(...'{}[]:,-?&*!|>\'"%@`#\n\t 0a.~<='.split(''), '\r\n', '- ', ': ', '<<: ', '\u0000')
const WORDS = fc.constantFrom('__proto__', 'constructor', '1e999', '9'.repeat(400), '-1s', 'n1 | n1', '((((', 'not not')

/** The value with the n-th of its leaves and branches replaced, dropped, or given a field more. */
function mutate(value: unknown, place: number, by: unknown): unknown {
  const paths: (string | number)[][] = []
  walk(value, [], paths)
  const path = paths[place % paths.length] as (string | number)[]
  const copy = structuredClone(value)
  let at = copy as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>
  if (place % 3 === 0) delete at[path.at(-1) as string]
  else at[place % 3 === 1 ? (path.at(-1) as string) : String(by).slice(0, 20)] = by
  return copy
}

function walk(value: unknown, path: (string | number)[], paths: (string | number)[][]): void {
  if (path.length > 0) paths.push(path)
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value)) walk((value as Record<string, unknown>)[key], [...path, key], paths)
}
