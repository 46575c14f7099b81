import { describe, expect, it } from 'vitest'
import { runToEnd } from '../engine/run-scenario.ts'
import { readScenario } from '../lab/scenario.ts'
import { hints as raftHints } from '../labs/raft/hunt.ts'
import { lab as raft } from '../labs/raft/lab.ts'
import { lab as ping } from '../labs/ping/lab.ts'
import { SETTLES } from './chase.ts'
import { breaks, explore } from './explore.ts'
import { planOf, type Quarry } from './plan.ts'
import { PROFILES } from './profile.ts'
import { scenarioOf } from './report.ts'
import { commandCount, shrink } from './shrink.ts'

const raftWith = (mistake: string | null, faults: string | null = null): Quarry => ({
  lab: raft,
  hints: raftHints,
  faults,
  mistake,
})

const seedsOf = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)

describe('a run of a hunt', () => {
  it('is the same whenever its seed is run', async () => {
    const quarry = raftWith(null)
    for (const seed of seedsOf(5)) expect(explore(quarry, seed)).toEqual(explore(quarry, seed))
  })

  it('accuses nobody of a right protocol, and goes through faults of every kind', async () => {
    const verbs = new Set<string>()
    for (const seed of seedsOf(40)) {
      const { broken, file } = explore(raftWith(null), seed)
      expect({ seed, broken }).toEqual({ seed, broken: null })
      for (const { do: said = [] } of file.script ?? [])
        for (const each of [said].flat()) verbs.add(Object.keys(each)[0] ?? '')
    }
    const expected = [
      'crash',
      'restart',
      'pause',
      'stall',
      'resume',
      'isolate',
      'cut',
      'heal',
      'clock',
      'drop',
      'duplicate',
      'timeout',
    ]
    expect([...verbs]).toEqual(expect.arrayContaining(expected))
  })

  it('draws only from the kinds of its profile', async () => {
    const verbs = new Set<string>()
    for (const seed of seedsOf(10)) {
      const { file } = explore(raftWith(null, 'crashes'), seed)
      for (const { do: said = [] } of file.script ?? [])
        for (const each of [said].flat()) verbs.add(Object.keys(each)[0] ?? '')
    }
    // `heal` belongs to the end, where all is put right.
    expect([...verbs].toSorted()).toEqual(['crash', 'heal', 'restart'])
    for (const name of Object.keys(PROFILES)) expect(planOf(raftWith(null, name), 1).file.seed).toBe(1)
  })

  it('says that a lab did not settle if it did not', async () => {
    const never = { ...raftHints, settles: { condition: '7 servers are up', within: 100_000 }, servers: [3] }
    const { broken } = explore({ ...raftWith(null, 'quiet'), hints: never }, 1)
    expect(broken).toMatchObject({ monitor: SETTLES, at: 8_100_000 })
  })

  it('needs no hints', async () => {
    const { broken, events } = explore({ lab: ping, hints: {}, faults: null, mistake: null }, 1)
    expect(broken).toBeNull()
    expect(events).toBeGreaterThan(50)
  })
})

describe('shrinking', () => {
  // Each with seeds enough to find it; that every mistake of every lab is found is for the long check.
  it.each(['voteTwice', 'leaderOverwrites', 'acknowledgeBeforeSync', 'noDeduplication', 'dirtyReads'])(
    'leaves of %s a scenario with nothing too much in it, that anybody can run',
    async (mistake) => {
      const quarry = raftWith(mistake)
      const found = firstFound(quarry, 20)
      const shrunk = shrink(quarry, found)
      expect(shrunk.broken.monitor).toBe(found.broken?.monitor)
      expect(shrunk.commands.after).toBeLessThanOrEqual(shrunk.commands.before)
      expect(shrunk.commands.after).toBe(commandCount(shrunk.file))
      expectNothingTooMuch(quarry, shrunk.file, shrunk.broken.monitor)
      const file = scenarioOf(quarry, shrunk, found.healAt)
      const read = await readScenario({ raft: () => Promise.resolve(raft) }, file)
      if (!read.ok) throw new Error(read.error)
      const { result } = await runToEnd(raft, read.value.scenario)
      expect(result).toMatchObject({ outcome: 'passed' })
      expect(result.violations[0]).toMatchObject({ monitor: shrunk.broken.monitor, text: shrunk.broken.text })
    },
  )

  it('refuses a run that broke nothing', async () => {
    const quarry = raftWith(null, 'quiet')
    expect(() => shrink(quarry, explore(quarry, 1))).toThrow('nothing to shrink')
  })
})

function firstFound(quarry: Quarry, most: number): ReturnType<typeof explore> {
  for (const seed of seedsOf(most)) {
    const run = explore(quarry, seed)
    if (run.broken !== null) return run
  }
  throw new Error(`${quarry.mistake} was not found on ${most} seeds`)
}

/** Without any one of its commands the property holds. */
function expectNothingTooMuch(quarry: Quarry, file: Parameters<typeof breaks>[1], monitor: string): void {
  const script = file.script ?? []
  for (const [i, { do: said = [] }] of script.entries()) {
    for (const command of [said].flat()) {
      const rest = [said].flat().filter((each) => each !== command)
      const less = {
        ...file,
        script: script.flatMap((part, k) => (k !== i ? [part] : rest.length > 0 ? [{ ...part, do: rest }] : [])),
      }
      expect(breaks(quarry, less, monitor, Number.POSITIVE_INFINITY)).toBeNull()
    }
  }
}
