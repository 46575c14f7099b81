import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ETCD_002, jepsenLog } from '../check/etcd-histories.testing.ts'
import { stringify } from 'yaml'
import { toMs } from '../base/units.ts'
import { readLink } from '../lab/shared/link.ts'
import { labsOnDisk } from './loaders.ts'

const root = join(import.meta.dirname, '../..')
const scenario = 'src/labs/raft/scenarios/leader-crash.json'
const folder = mkdtempSync(join(tmpdir(), 'netsplit-'))

const tsx = join(root, 'node_modules/.bin/tsx')
const built = join(folder, 'built')

/** The command line as the package has it: to compile it anew for each call would take most of the time. */
beforeAll(() => {
  const { status, stderr } = call(tsx, 'scripts/package.ts', '--out', built, '--no-types')
  if (status !== 0) throw new Error(stderr)
})

const netsplit = (...args: string[]) => call(process.execPath, join(built, 'netsplit.js'), ...args)

function call(program: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' })
  return { status, stdout, stderr }
}

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const failing = JSON.stringify({ format: 1, lab: 'raft', title: 'T', seed: 1, until: '1s', expect: ['n1 is down'] })

describe('netsplit history', () => {
  it('judges a history, names the operation that cannot be placed, and exits with 1', () => {
    const path = file('bad.log', jepsenLog('0iw1 0ow1 1ir 1or2'))
    const { status, stdout } = netsplit('history', path, '--model', 'register')
    expect(stdout).toContain('and cannot take in\n  line 3      process 1    read · 2\n\nnot linearizable')
    expect(status).toBe(1)
  })

  it('says which level it keeps, and by which lines the next is broken', () => {
    const { stdout } = netsplit('history', file('back.log', jepsenLog('0iw1 0ow1 0iw2 0ow2 1ir 1or2 1ir 1or1')))
    expect(stdout).toContain('strongest level that it keeps: read-your-writes, monotonic-writes, writes-follow-reads')
    expect(stdout).toMatch(/monotonic-reads +no +lines 5 and 7: p1: read · 2, and later it went back: p1: read · 1\./)
  })

  it('exits with 0 for a good one, and prints one object if asked', () => {
    const { status, stdout } = netsplit('history', file('good.log', jepsenLog(ETCD_002)), '--json')
    expect(JSON.parse(stdout)).toMatchObject({ model: 'cas-register', verdict: 'ok', partitions: [{ key: null }] })
    expect(status).toBe(0)
  })

  it('says in a sentence what is wrong, and exits with 2', () => {
    const path = file('odd.log', 'INFO  jepsen.util - 0 :ok :read 1')
    expect(netsplit('history', path)).toEqual({
      status: 2,
      stdout: '',
      stderr: `${path}:1: expected what process 0 has asked for, found :ok :read\n`,
    })
    expect(netsplit('history', path, '--model', 'queue').stderr).toContain('--model')
  })
})

describe('netsplit hunt', () => {
  it('writes what it found as a scenario that runs as it says, and goes on from its notes', () => {
    const out = join(folder, 'found')
    const hunt = ['hunt', 'raft', '--mistake', 'noDeduplication', '--seeds', '1..24', '--shard', '2/3', '--out', out]
    const first = netsplit(...hunt, '--json')
    expect(first.status).toBe(1)
    const told = JSON.parse(first.stdout) as { runs: number; kept: { name: string; confirmed: boolean }[] }
    expect(told.runs).toBe(8)
    const [kept] = told.kept
    expect(kept).toMatchObject({ monitor: 'Applied Once', confirmed: true })
    expect(netsplit('run', join(out, `${kept?.name}.json`)).status).toBe(0)
    // All seeds are done: nothing is run again, and the same is told.
    expect(netsplit(...hunt).stdout).toMatch(/^raft with noDeduplication: \d+ of 8 runs broke something/)
  })

  it('exits with 0 when nothing broke, and with 2 when it is asked for what is not', () => {
    const quiet = netsplit('hunt', 'ping', '--seeds', '1..3', '--faults', 'crashes')
    expect(quiet).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^ping under crashes: nothing broke in 3 runs/),
    })
    expect(netsplit('hunt', 'raft', '--faults', 'fire')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^--faults: expected one of swarm, .*, found “fire”\n$/),
    })
  })
})

describe('netsplit run', () => {
  it('prints with --json exactly one object, and exits with 0 when the scenario passed', () => {
    const { status, stdout } = netsplit('run', scenario, '--json')
    const result = JSON.parse(stdout) as Record<string, unknown>
    expect(Object.keys(result)).toEqual([
      'lab',
      'seed',
      'events',
      'simulatedMs',
      'fingerprint',
      'violations',
      'expectations',
      'outcome',
    ])
    expect(result).toMatchObject({ lab: 'raft', seed: 1, outcome: 'passed' })
    expect(status).toBe(0)
  })

  it('tells the story without it', () => {
    const { status, stdout } = netsplit('run', scenario, '--seed', '3')
    expect(stdout).toMatch(/wins term \d+ with votes of/)
    expect(stdout).toContain('seed 3')
    expect(status).toBe(0)
  })

  it('exits with 1 when an expectation failed', () => {
    const { status, stdout } = netsplit('run', file('failing.json', failing), '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'failed',
      expectations: [{ text: 'n1 is down', ok: false, atMs: null }],
    })
    expect(status).toBe(1)
  })

  it('says what failed, what had happened by then, how to run it again, and links to that moment', async () => {
    const claims = { ...JSON.parse(failing), until: '2s', expect: ['always not n1 is leader', 'eventually n1 is down'] }
    const path = file('claims.json', JSON.stringify(claims))
    const { stdout } = netsplit('run', path, '--seed', '7')
    const [, first = '', second = ''] = stdout.split('\nfailed    ').slice(-3)
    expect(first).toMatch(/^always not n1 is leader\n +It was decided at 0\.239 s\.\n/)
    expect(first).toMatch(/0\.239 s {3}n1 wins term 1/)
    expect(second).toMatch(/^eventually n1 is down\n +It had not come true by 2\.000 s\.\n/)
    expect(stdout).toContain(`npx netsplit run ${path} --seed 7\n`)
    const link = /^ +(#run=\S+)$/m.exec(stdout)?.[1] ?? ''
    const read = await readLink(labsOnDisk(), link, async () => null)
    expect(read).toMatchObject({ ok: true, value: { shared: { run: { setup: { seed: 7 } } } } })
    if (read.ok) expect(toMs(read.value.shared.moment.at)).toBeCloseTo(239.3, 0)
  })

  it.each([
    ['a file that is not there', ['run', 'nowhere.json']],
    ['a folder', ['run', 'src']],
    ['five megabytes', ['run', file('large.yaml', 'x'.repeat(5_000_000))]],
    ['a picture', ['run', file('picture.yaml', '\u0089PNG\r\n\u001A\n\u0000')]],
    ['no file', ['run']],
    ['noise', ['run', file('noise.json', '\u0000{{{')]],
    [
      'a scenario with an unknown field',
      ['run', file('unknown.json', JSON.stringify({ ...JSON.parse(failing), hue: 1 }))],
    ],
    ['a seed that is none', ['run', scenario, '--seed', '4294967296']],
    ['an unknown option', ['run', scenario, '--fast']],
    ['an option of another command', ['run', scenario, '--jobs', '2']],
    ['a folder that is not there', ['check', 'nowhere']],
    ['a folder without scenarios', ['check', 'src/base']],
    ['a file where a folder is to be written', ['hunt', 'raft', '--seeds', '1..1', '--out', scenario]],
    ['a report in a folder that is a file', ['check', scenario, '--junit', join(scenario, 'report.xml')]],
    ['a lab that is not there', ['labs', 'paxos']],
    ['a history that is no text', ['history', file('noise.log', '\u0000\u0001')]],
    ['seeds that are no range', ['check', 'src/labs/ping', '--seeds', '3']],
    ['seeds that go down', ['check', 'src/labs/ping', '--seeds', '3..1']],
    ['an unknown command', ['fly']],
  ])('exits with 2 for %s, and says so on standard error alone', (_what, args) => {
    const { status, stdout, stderr } = netsplit(...args)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/\S/)
    expect(stderr).not.toContain('    at ')
  })

  it('knows the ready-made scenarios by their names, and those of a lab by its own', () => {
    expect(netsplit('run', 'ping/a-server-crashes').status).toBe(0)
    expect(netsplit('check', 'ping/count-every-pong', '--seeds', '1..2').stdout).toMatch(/ +2 +2 +0$/m)
    expect(netsplit('check', 'ping').stdout).toMatch(/^ping\/count-every-pong +1 +1 +0$/m)
  })

  it('reads YAML, and names file, line and column of what is wrong with it', () => {
    const text = stringify(JSON.parse(failing))
    expect(netsplit('run', file('failing.yaml', text), '--json').status).toBe(1)
    const bad = file('bad.yml', `${text}script:\n  - at: 5 parsecs\n`)
    const { status, stderr } = netsplit('run', bad)
    expect(status).toBe(2)
    expect(stderr).toMatch(/^\S*bad\.yml:9:5 script\[0\]\.at: expected a time with its unit.*, found "5 parsecs"\n$/)
  })
})

/** An annotation and a case for each failure, one case for all that passed, and XML that has no bare character in it. */
function expectReports(told: string, xml: string, luck: { passed: number; failed: { seed: number }[] }): void {
  const lines = told.split('\n').filter((line) => line.startsWith('::error '))
  expect(lines).toHaveLength(luck.failed.length)
  expect(lines[0]).toMatch(
    /^::error file=\S+luck\.yaml,line=7,title=\S+luck\.yaml%2C seed \d+::failed {4}n3 is leader%0A.*%0A.*#\S{100}/,
  )
  const tests = luck.failed.length + 1
  expect(xml).toContain(`<testsuites name="netsplit" tests="${tests}" failures="${luck.failed.length}" errors="0"`)
  expect(xml.match(/<testcase /g)).toHaveLength(tests)
  expect(xml).toContain(luck.passed === 1 ? 'name="passes"' : `name="passes with ${luck.passed} seeds"`)
  expect(xml).toMatch(
    /name="seed \d+" file="\S+luck\.yaml">\n +<failure type="expectation" message="failed n3 is leader">/,
  )
  expect(
    xml.replaceAll(/<\/?[a-z]+( [a-z]+="[^"<>&]*(&(amp|lt|gt|quot);[^"<>&]*)*")*\/?>|<\?xml[^>]*>/g, ''),
  ).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/)
}

describe('the sources', () => {
  it('are called in the same way, and say how they are called', () => {
    const path = file('called.json', failing)
    const { status, stdout } = call(tsx, 'src/cli/main.ts', 'run', path)
    expect(stdout).toContain(`npm run -s netsplit -- run ${path} --seed 1\n`)
    expect(status).toBe(1)
  })
})

describe('netsplit check', () => {
  it('runs every scenario below a folder and prints a table', () => {
    const { status, stdout } = netsplit('check', join(built, 'labs/raft'), '--seeds', '1..3')
    expect(stdout.split('\n')[0]).toMatch(/^scenario +runs +passed +failed$/)
    expect(stdout).toMatch(/^raft\/leader-crash +3 +3 +0$/m)
    expect(status).toBe(0)
  })

  it('says which seed failed, what failed, and how to open it', () => {
    const below = join(folder, 'some', 'below')
    mkdirSync(below, { recursive: true })
    const said = { ...(JSON.parse(failing) as object), expect: ['n3 is leader'] }
    writeFileSync(join(below, 'luck.yaml'), stringify(said))
    const { status, stdout } = netsplit('check', join(folder, 'some'), '--seeds', '1..6', '--json')
    const result = JSON.parse(stdout) as { outcome: string; scenarios: Record<string, unknown>[] }
    expect(status).toBe(1)
    expect(result.outcome).toBe('failed')
    const [luck] = result.scenarios as [{ runs: number; passed: number; failed: { seed: number; run: string }[] }]
    expect(luck.runs).toBe(6)
    expect(luck.passed).toBe(6 - luck.failed.length)
    const [first] = luck.failed
    expect(first).toMatchObject({ why: ['failed n3 is leader'], page: null })
    const command = (first as { run: string }).run.replace(/^npx netsplit /, '')
    expect(netsplit(...command.split(' ')).status).toBe(1)
    const xml = join(folder, 'reports', 'junit.xml')
    const told = netsplit('check', join(folder, 'some'), '--seeds', '1..6', '--junit', xml, '--github').stdout
    expect(told).toContain(`luck.yaml, seed ${first?.seed}\n  failed    n3 is leader\n`)
    expect(told).toMatch(/\n +\d\.\d{3} s {3}n\d .*\n[^]*\n {4}npx netsplit run [^]*\n {4}#\S{100}/)
    expectReports(told, readFileSync(xml, 'utf8'), luck)
  })

  it('goes on past a file that cannot be read, and exits with 2', () => {
    const mixed = join(folder, 'mixed')
    mkdirSync(mixed)
    writeFileSync(join(mixed, 'a.json'), '{')
    writeFileSync(join(mixed, 'b.json'), failing.replace('n1 is down', 'n1 is up'))
    const { status, stdout, stderr } = netsplit('check', mixed)
    expect(status).toBe(2)
    expect(stderr).toMatch(/^\S*a\.json:1:2: expected JSON, found the end of the file\n$/)
    expect(stdout).toMatch(/b\.json +1 +1 +0/)
  })
})
