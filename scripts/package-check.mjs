// Packs, installs the package into an empty folder without a network, and does there what a user would do: every command,
// the library, the types, and the example for Playwright. Needs both builds: `npm run build && npm run build:package`.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './browser.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'netsplit-package-'))
const found = await findChromium()
const env = { ...process.env, ...(found && { CHROMIUM_PATH: found.path }), NO_COLOR: '1' }
delete env.FORCE_COLOR
let failed = 0

/** The second of two processes reads what the first wrote. */
const HISTORY = [
  'INFO  jepsen.util - 0\t:invoke\t:write\t1',
  'INFO  jepsen.util - 0\t:ok\t:write\t1',
  'INFO  jepsen.util - 1\t:invoke\t:read\tnil',
  'INFO  jepsen.util - 1\t:ok\t:read\t1\n',
].join('\n')

/** What a page that holds a lab writes, for the compiler alone. */
const EMBED = `import { labAddress, NetsplitLab, revealPlugin } from 'netsplit/embed'
const lab = document.querySelector('netsplit-lab')
const address: string = labAddress('netsplit/', { scenario: 'raft/leader-crash' })
lab?.addEventListener('netsplit-story', ({ detail }) => console.log(detail.at, detail.text))
document.addEventListener('netsplit-state', ({ detail }) => console.log(detail.processes[0]?.status))
await lab?.seek(1_000)
const step: number | undefined = lab?.state?.step
export { address, NetsplitLab, revealPlugin, step }
`

/** The element as JSX, with React's types: what fits, and what the compiler must refuse. */
const JSX = `import { type LabState, NetsplitLab } from 'netsplit/embed'
import { useRef } from 'react'
export function Slide({ onState }: { onState(state: LabState): void }) {
  const lab = useRef<NetsplitLab>(null)
  return (
    <netsplit-lab
      ref={lab}
      lab="raft"
      servers={3}
      seed={7}
      still
      className="wide"
      style={{ width: '100%' }}
      onnetsplit-state={({ detail }) => onState(detail)}
      onClick={() => void lab.current?.seek(1_000)}
    >
      What is seen until it comes.
    </netsplit-lab>
  )
}
export const wrong = [
  // @ts-expect-error
  <netsplit-lab lab={5} />,
  // @ts-expect-error
  <netsplit-lab theme="blue" />,
  // @ts-expect-error
  <netsplit-lab speed={2} />,
]
`

try {
  install()
  commands()
  library()
  playwright()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit(failed > 0 ? 1 : 0)

function install() {
  if (!existsSync(join(root, 'dist/index.html')))
    throw new Error('dist: expected the built page; npm run build makes it')
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder]
  const [packed] = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8' }))
  console.log(`${packed.filename}: ${packed.files.length} files, ${(packed.size / 1e6).toFixed(2)} MB`)
  cpSync(join(root, 'examples/playwright'), folder, { recursive: true })
  const tarball = join(folder, packed.filename)
  const options = ['--offline', '--no-audit', '--no-fund', '--no-package-lock', '--legacy-peer-deps']
  execFileSync('npm', ['install', ...options, tarball], { cwd: folder, stdio: 'ignore' })
  // What the example takes beside the package: the one copy of Playwright, and the compiler's types of Node.
  mkdirSync(join(folder, 'node_modules/@playwright'), { recursive: true })
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true })
  for (const name of ['@playwright/test', 'playwright', 'playwright-core', '@types/node', 'undici-types'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
}

function commands() {
  const failing = { format: 1, lab: 'raft', title: 'T', seed: 1, until: '1s', expect: ['n1 is down'] }
  mkdirSync(join(folder, 'mine'))
  writeFileSync(join(folder, 'mine/failing.json'), JSON.stringify(failing))
  writeFileSync(join(folder, 'good.log'), HISTORY)
  netsplit('run', ['raft/leader-crash'], 0, /passed: \d+ events/)
  netsplit('run', ['mine/failing.json'], 1, /npx netsplit run mine\/failing\.json --seed 1/)
  netsplit('check', ['ping'], 0, /ping\//)
  netsplit(
    'check',
    ['mine', '--junit', 'reports/junit.xml', '--github'],
    1,
    /^::error file=mine\/failing\.json,line=1/m,
  )
  netsplit('hunt', ['raft', '--mistake', 'voteTwice', '--seeds', '1..4', '--out', 'found'], 1, /netsplit run found/)
  netsplit('check', ['found'], 2, /passed/)
  netsplit('history', ['good.log', '--model', 'register'], 0, /^linearizable/m)
  netsplit('bench', ['--only', 'hunt', '--json'], 0, /"hunt\.rate"/)
  netsplit('figures', ['--short', '--lab', 'ring', '--jobs', '1'], 0, /passed: /)
  netsplit('labs', [], 0, /^raft · /m)
  netsplit('--version', [], 0, /^\d+\.\d+\.\d+\n$/)
}

function netsplit(command, args, status, says) {
  run(`netsplit ${command}`, 'npx', ['--offline', 'netsplit', command, ...args], { status, says })
}

function library() {
  const text = readFileSync(join(root, 'docs/LIBRARY.md'), 'utf8')
  const [example] = /```ts\n(.*?)```/s.exec(text)?.slice(1) ?? []
  writeFileSync(join(folder, 'library.mts'), example)
  writeFileSync(join(folder, 'library.mjs'), example)
  run('library', process.execPath, ['library.mjs'], { status: 0 })
  run('embed where there is no browser', process.execPath, ['-e', "import('netsplit/embed')"], { status: 0 })
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const options = '--noEmit --strict --target es2023 --module nodenext --skipLibCheck false --types node'.split(' ')
  options.push('--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes', '--noPropertyAccessFromIndexSignature')
  const lib = ['--lib', 'es2023,dom,dom.iterable,esnext.disposable']
  writeFileSync(join(folder, 'embed.mts'), EMBED)
  const files = ['library.mts', 'embed.mts', 'tests/raft.spec.ts', 'playwright.config.ts']
  run('types', process.execPath, [tsc, ...options, ...lib, ...files], { status: 0 })
  // Only now, so that the types have stood without them.
  for (const name of ['@types/react', 'csstype'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  writeFileSync(join(folder, 'slide.tsx'), JSX)
  run('types of JSX', process.execPath, [tsc, ...options, ...lib, '--jsx', 'react-jsx', 'slide.tsx'], { status: 0 })
}

function playwright() {
  const cli = join(root, 'node_modules/@playwright/test/cli.js')
  run('example for Playwright', process.execPath, [cli, 'test'], { status: 0, says: /4 passed/ })
}

function run(name, command, args, { status, says = /(?:)/ }) {
  const begun = performance.now()
  const done = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env })
  const right = done.status === status && says.test(done.stdout)
  const took = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`${right ? 'ok    ' : 'FAILED'} ${name} (${took} s)`)
  if (right) return
  failed++
  console.error(`expected exit code ${status} and ${says}, found ${done.status}:\n${done.stdout}${done.stderr}`)
}
