import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const bin = (name: string): string => join(root, 'node_modules/.bin', name)

/** Forbidden imports and calls, each to be planted in a file of its own, and the rule that must refuse it. */
const uses = (what: string, from: string): string => `import { ${what} } from '${from}'\nexport const x = ${what}\n`
const imports: [folder: string, from: string, what: string][] = [
  ['base', '../kernel/version.ts', 'ENGINE_VERSION'],
  ['kernel', '../lab/setup.ts', 'freshRun'],
  ['kernel', '../check/monitor.ts', 'Watch'],
  ['check', '../lab/setup.ts', 'freshRun'],
  ['lab', '../engine/timeline.ts', 'Timeline'],
  ['labs/ping', '../../engine/timeline.ts', 'Timeline'],
  ['labs/ping', '../raft/lab.ts', 'lab'],
  ['labs/ping/view', '../../raft/lab.ts', 'lab'],
  ['labs/ping/view', '../../../app/store.ts', 'useStore'],
  ['engine', '../labs/raft/lab.ts', 'lab'],
  ['engine', '../app/store.ts', 'useStore'],
  ['ui', '../kernel/version.ts', 'ENGINE_VERSION'],
  ['ui', '../app/store.ts', 'useStore'],
  ['app', '../labs/raft/lab.ts', 'lab'],
  ['app', '../engine/timeline.ts', 'Timeline'],
  ['cli', '../app/store.ts', 'useStore'],
  ...['base', 'kernel', 'check', 'lab', 'labs/ping', 'engine'].flatMap((folder): [string, string, string][] => [
    [folder, 'react', 'useState'],
    [folder, 'node:fs', 'readFileSync'],
  ]),
]
const calls = ['Date.now()', 'Math.random()', 'Math.log(2)', 'Math.sin(1)', 'performance.now()'].flatMap((call) =>
  ['kernel', 'labs/raft', 'labs/raft/monitors', 'engine'].map((folder) => [folder, call] as const),
)
const allowed = [
  ['kernel', uses('mix', '../base/hash.ts')],
  ['ui', "import type { ProcessId } from '../kernel/types.ts'\nexport const x: ProcessId = 'n1'\n"],
  ['labs/raft/monitors', uses('makeEntry', '../entry.ts')],
] as const
const globals = ['window.title', 'document.body', 'console.log', 'setTimeout']

/** As many lines of code, the first and the last among them. */
const longFunction = (lines: number): string =>
  `export function count(): number {\n  let n = 0\n${'  n++\n'.repeat(lines - 4)}  return n\n}\n`
const lengths = [60, 61] as const

const planted: string[] = []
let linted = ''
let compiled = ''

/** Puts a file into the tree for the length of these tests. */
function plant(name: string, text: string): string {
  const file = join(root, name)
  writeFileSync(file, text)
  planted.push(file)
  return name
}

const importFile = (i: number): string => `src/${imports[i]?.[0]}/planted-import-${i}.ts`
const callFile = (i: number): string => `src/${calls[i]?.[0]}/planted-call-${i}.ts`
const allowedFile = (i: number): string => `src/${allowed[i]?.[0]}/planted-allowed-${i}.ts`
const longFile = (lines: number): string => `src/base/planted-long-${lines}.ts`
const globalFile = (i: number): string => `src/kernel/planted-global-${i}.ts`

beforeAll(() => {
  const files = [
    ...imports.map(([, from, what], i) => plant(importFile(i), uses(what, from))),
    ...calls.map(([, call], i) => plant(callFile(i), `export const x = ${call}\n`)),
    ...allowed.map(([, text], i) => plant(allowedFile(i), text)),
    ...lengths.map((lines) => plant(longFile(lines), longFunction(lines))),
  ]
  linted = run('oxlint', ['--format=unix', ...files])
  const include = globals.map((name, i) => plant(globalFile(i), `export const x${i} = ${name}\n`))
  const compilerOptions = { composite: false, noEmit: true, declaration: false, emitDeclarationOnly: false }
  const config = plant(
    'tsconfig.planted.json',
    JSON.stringify({ extends: './tsconfig.core.json', include, compilerOptions }),
  )
  compiled = run('tsc', ['-p', config])
})

afterAll(() => {
  for (const file of planted) rmSync(file)
})

function run(name: string, args: string[]): string {
  const { stdout, stderr } = spawnSync(bin(name), args, { cwd: root, encoding: 'utf8' })
  return stdout + stderr
}

const complaints = (output: string, file: string): string =>
  output
    .split('\n')
    .filter((line) => line.includes(file))
    .join('\n')

describe('the linter holds the table of layers', () => {
  it.each(imports.map(([folder, from], i) => [folder, from, i] as const))(
    'src/%s may not import %s',
    (_folder, _from, i) => {
      expect(complaints(linted, importFile(i))).toContain('no-restricted-imports')
    },
  )

  it.each(calls.map(([folder, call], i) => [folder, call, i] as const))(
    'src/%s may not call %s',
    (_folder, _call, i) => {
      expect(complaints(linted, callFile(i))).toMatch(/no-restricted-(globals|properties)/)
    },
  )

  it.each(allowed.map(([folder], i) => [folder, i] as const))('src/%s may import what its row allows', (_folder, i) => {
    expect(complaints(linted, allowedFile(i))).not.toContain('no-restricted')
  })
})

it('the linter takes a function of sixty lines, and none of sixty-one', () => {
  const [fits, tooLong] = lengths.map((lines) => complaints(linted, longFile(lines)))
  expect(fits).not.toContain('max-lines-per-function')
  expect(tooLong).toContain('max-lines-per-function')
})

describe('the compiler keeps the host out of the engines', () => {
  it.each(globals.map((name, i) => [name, i] as const))('%s does not compile below the screen', (_name, i) => {
    expect(complaints(compiled, globalFile(i))).toContain('Cannot find name')
  })
})
