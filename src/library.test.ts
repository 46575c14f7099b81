import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import * as library from './index.ts'

const root = join(import.meta.dirname, '..')
const text = readFileSync(join(root, 'docs/LIBRARY.md'), 'utf8')

/** The code of the page, each with the heading that it stands under. */
const examples = text.split('\n## ').flatMap((section) =>
  [...section.matchAll(/```ts\n(.*?)```/gs)].map((match) => ({
    title: section.split('\n')[0] as string,
    code: match[1] as string,
  })),
)

describe('docs/LIBRARY.md', () => {
  it('names everything that the library exports', () => {
    const missing = Object.keys(library).filter((name) => !new RegExp(String.raw`\b${name}\b`).test(text))
    expect(missing).toEqual([])
  })

  it('has an example in every section', () => {
    expect(examples.length).toBeGreaterThanOrEqual(6)
  })

  it.concurrent.each(examples)('shows what holds: $title', async ({ code }) => {
    const folder = mkdtempSync(join(tmpdir(), 'netsplit-library-'))
    const file = join(folder, 'example.mts')
    writeFileSync(file, code.replaceAll("'netsplit'", `'${join(root, 'src/index.ts')}'`))
    await import(pathToFileURL(file).href)
  })
})

describe('a simulation of the library', () => {
  it('is the same run whether the setup was said in full or what it leaves out is the lab’s own', async () => {
    const raft = await library.labs.raft()
    const short = new library.Simulation(raft, { setup: { seed: 3, servers: 3 } })
    const full = new library.Simulation(raft, library.freshRun(raft, library.defaultSetup(raft, 3, 3)))
    for (const each of [short, full]) each.advanceTo(1_000_000)
    expect(short.fingerprint()).toBe(full.fingerprint())
    expect(short.seq).toBeGreaterThan(50)
  })

  it('names every lab that there is', () => {
    expect(Object.keys(library.labs).toSorted()).toEqual(['gossip', 'ping', 'raft', 'ring'])
  })

  it('takes single mistakes and says what it does not know', async () => {
    const raft = await library.labs.raft()
    const begin = (setup: object) => new library.Simulation(raft, { setup })
    expect(begin({ config: { mistakes: { voteTwice: true } } }).config.mistakes).toMatchObject({
      voteTwice: true,
      leaderOverwrites: false,
    })
    expect(begin({ network: { latency: { type: 'constant', value: 5 } } }).network.latency).toEqual({
      type: 'constant',
      value: 5,
    })
    expect(() => begin({ servers: 100 })).toThrow('setup.servers: expected 1 to 9, found 100')
    expect(() => begin({ seed: -1 })).toThrow('setup.seed: expected a whole number from 0 to 4294967295, found -1')
    expect(() => begin({ config: { electionTimeout: 5 } })).toThrow(
      /^setup\.config: expected one of electionTimeoutMin/,
    )
  })
})
