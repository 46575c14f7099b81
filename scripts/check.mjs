// The whole check, as the README names it: types, lint and layers, unit, property and scenario tests, the build, and
// Playwright against the build; at last the package, installed elsewhere. It gets a browser by itself. The last line counts what passed and failed.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { count } from './count.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const bin = (name) => `${root}node_modules/.bin/${name}`

rmSync(`${root}reports`, { recursive: true, force: true })
mkdirSync(`${root}reports`)

const steps = [
  { name: 'lock file', command: process.execPath, args: ['scripts/check-lock.mjs'] },
  { name: 'types', command: bin('tsc'), args: ['-b'] },
  { name: 'lint and layers', command: bin('oxlint'), args: ['--deny-warnings'] },
  { name: 'format', command: bin('biome'), args: ['format'] },
  { name: 'schema', command: bin('tsx'), args: ['scripts/schema.ts'] },
  { name: 'pictures', command: bin('tsx'), args: ['scripts/pictures.ts'] },
  { name: 'build', command: bin('vite'), args: ['build', '--logLevel', 'warn'] },
  { name: 'build as one file', command: bin('tsx'), args: ['scripts/build-single.ts'] },
  { name: 'examples', command: bin('tsx'), args: ['scripts/examples.ts'] },
  {
    name: 'unit tests',
    command: bin('vitest'),
    args: ['run', '--reporter=default', '--reporter=json', '--outputFile.json=reports/unit.json'],
  },
  { name: 'browser', command: process.execPath, args: ['scripts/browser.mjs', '--install'] },
  {
    name: 'page tests',
    command: bin('playwright'),
    args: ['test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: 'reports/page.json', CI: '1' },
  },
  { name: 'package', command: bin('tsx'), args: ['scripts/package.ts'] },
  { name: 'the package, installed elsewhere', command: process.execPath, args: ['scripts/package-check.mjs'] },
]

let failed = 0
for (const { name, command, args, env } of steps) {
  console.log(`\n— ${name}`)
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  if (status === 0) continue
  failed++
  console.error(`${name}: failed`)
}

const total = count(['reports/unit.json', 'reports/page.json'].map((file) => root + file))
// A step that runs no tests of its own counts as one: types, lint and the like cannot fail unseen.
total.failed += failed
total.passed += steps.length - failed
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exit(total.failed > 0 ? 1 : 0)
