import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const scenario = 'src/labs/raft/scenarios/leader-crash.json'
const folder = mkdtempSync(join(tmpdir(), 'netsplit-'))

function netsplit(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin/tsx'), ['src/cli/main.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const failing = JSON.stringify({ format: 1, lab: 'raft', title: 'T', seed: 1, until: '1s', expect: ['n1 is down'] })

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

  it.each([
    ['a file that is not there', ['run', 'nowhere.json']],
    ['no file', ['run']],
    ['noise', ['run', file('noise.json', '\u0000{{{')]],
    [
      'a scenario with an unknown field',
      ['run', file('unknown.json', JSON.stringify({ ...JSON.parse(failing), hue: 1 }))],
    ],
    ['a seed that is none', ['run', scenario, '--seed', '4294967296']],
    ['an unknown option', ['run', scenario, '--fast']],
    ['an unknown command', ['fly']],
  ])('exits with 2 for %s, and says so on standard error alone', (_what, args) => {
    const { status, stdout, stderr } = netsplit(...args)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/\S/)
    expect(stderr).not.toContain('    at ')
  })
})
