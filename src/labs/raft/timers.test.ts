import { describe, expect, test } from 'vitest'
import { accounts } from '../../engine/accounts.ts'
import { scripting } from '../../engine/scripting.ts'
import { Timeline } from '../../engine/timeline.ts'
import { viewWorld } from '../../engine/world-view.ts'
import { ms } from '../../base/units.ts'
import type { LabTypes } from '../../kernel/types.ts'
import { parseCondition } from '../../lab/condition.ts'
import { defaultSetup, freshRun } from '../../lab/setup.ts'
import type { AtOnce } from '../../lab/definition.ts'
import { lab } from './lab.ts'
import { currentLeader, serverState } from './observe.ts'
import type { Raft } from './types.ts'

const SEEDS = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89]

/** A timeline with a leader, and words for what these tests do with it. */
function elected(seed: number, servers = 5) {
  const setup = defaultSetup<LabTypes>(lab, seed, servers)
  const timeline = new Timeline(lab, freshRun<LabTypes>(lab, setup), { scripting, accounts })
  const led = parseCondition(lab, 'there is a leader')
  if (!led.ok) throw new Error(led.error)
  while (!timeline.holds(led.value)) timeline.stepForward()
  timeline.seek(timeline.moment.at + ms(133))
  const offer = (id: string): AtOnce<Raft> => {
    const world = viewWorld(lab, timeline.world, [])
    const found = lab.atOnce?.(lab.observe(timeline.world as never, {}), world, timeline.moment.at)
    return found?.find((one) => one.id === id) as AtOnce<Raft>
  }
  const act = (id: string) => {
    const [first, ...also] = offer(id).commands
    timeline.act(first as never, also)
  }
  const states = () => timeline.world.ids('server').map((id) => serverState(timeline.world as never, id))
  const leader = () => currentLeader(timeline.world as never) as string
  return { timeline, offer, act, states, leader }
}

const dues = (timeline: Timeline) =>
  timeline.world.ids('server').flatMap((id) => {
    const election = timeline.world.timers(id).find(({ timer }) => timer === 'election')
    return election === undefined ? [] : [election.dueAt]
  })

describe('aligned timers', () => {
  test.each(SEEDS)('split the vote after a crash, seed %i', (seed) => {
    const { timeline, act, leader, states } = elected(seed)
    timeline.act({ type: 'crash', process: leader() })
    act('align-timers')
    const due = dues(timeline)
    expect(due).toHaveLength(4)
    expect(new Set(due).size).toBe(1)
    const { at } = timeline.moment
    timeline.seek(due[0] as number)
    expect(timeline.moment.at).toBeGreaterThanOrEqual(at)
    const up = states().filter((state) => state !== null)
    expect(up.map(({ role }) => role)).toEqual(['candidate', 'candidate', 'candidate', 'candidate'])
    const terms = new Set(up.map(({ currentTerm }) => currentTerm))
    expect(terms.size).toBe(1)
    const [term] = [...terms] as [number]
    timeline.seek(timeline.moment.at + ms(149))
    // Everybody has voted for itself: nobody leads this term.
    expect(states().some((state) => state?.role === 'leader' && state.currentTerm === term)).toBe(false)
  })

  test.each(SEEDS)('split the vote under a leader too, seed %i', (seed) => {
    const { timeline, act, states } = elected(seed)
    act('align-timers')
    const due = dues(timeline)
    expect(new Set(due).size).toBe(1)
    timeline.seek(due[0] as number)
    const candidates = states().filter((state) => state?.role === 'candidate')
    expect(candidates).toHaveLength(4)
    const term = candidates[0]?.currentTerm as number
    timeline.seek(timeline.moment.at + ms(149))
    expect(states().some((state) => state?.role === 'leader' && state.currentTerm === term)).toBe(false)
  })

  test('are told in one sentence, about all of them', () => {
    const { timeline, act, leader } = elected(1)
    act('align-timers')
    const told = timeline.chronicle.stories.filter(({ text }) => text.startsWith('You'))
    expect(told.map(({ text }) => text)).toEqual(['You aligned the election timers'])
    expect(told[0]?.about.toSorted()).toEqual(timeline.world.ids('server').filter((id) => id !== leader()))
  })

  test('are undone as one', () => {
    const { timeline, act } = elected(1)
    const before = dues(timeline)
    act('align-timers')
    expect(dues(timeline)).not.toEqual(before)
    timeline.undo()
    expect(dues(timeline)).toEqual(before)
    expect(timeline.run().commands).toEqual([])
  })
})

describe('spread timers', () => {
  test.each(SEEDS)('let the first candidate win, seed %i', (seed) => {
    const { timeline, act, leader, states } = elected(seed)
    const term = Math.max(...states().map((state) => state?.currentTerm ?? 0))
    timeline.act({ type: 'crash', process: leader() })
    // What the dead leader sent may still set a timer back.
    timeline.seek(timeline.moment.at + ms(31))
    act('spread-timers')
    const due = dues(timeline).toSorted((a, b) => a - b)
    expect(Math.min(...due.slice(1).map((at, i) => at - (due[i] as number)))).toBeGreaterThan(ms(36))
    timeline.seek((due[0] as number) + ms(100))
    const winner = states().find((state) => state?.role === 'leader')
    expect(winner?.currentTerm).toBe(term + 1)
  })

  test('are refused where nobody waits', () => {
    const { timeline, offer } = elected(3, 1)
    expect(offer('spread-timers').disabled).toMatch(/fewer than two/)
    expect(timeline.world.ids('server')).toHaveLength(1)
  })
})
