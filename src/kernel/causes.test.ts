import { describe, expect, it } from 'vitest'
import { ms } from '../base/units.ts'
import type { Raft } from '../labs/raft/types.ts'
import type { Event } from './event.ts'
import { stormyRun, straight } from './raft.testing.ts'

const END = ms(1200)
const run = (seed: number): Event<Raft>[] => straight(stormyRun(seed, END), END).events
const SEEDS = [1, 2, 3]

/** What is seen in flight happens at no process. */
const IN_FLIGHT: readonly Event<Raft>['type'][] = ['lost', 'doubled', 'delayed', 'replaced', 'held']
const processOf = (event: Event<Raft>): string | null =>
  'process' in event && !IN_FLIGHT.includes(event.type) ? event.process : null

describe('causes', () => {
  it.each(SEEDS)('came earlier (seed %i)', (seed) => {
    for (const event of run(seed)) {
      expect(event.causes.every((cause) => cause.seq > 0 && cause.seq < event.seq)).toBe(true)
    }
  })

  it.each(SEEDS)('that are messages point to the very sending of the message (seed %i)', (seed) => {
    const events = run(seed)
    for (const event of events) {
      if (event.type !== 'delivered' && event.type !== 'lost' && event.type !== 'doubled') continue
      const cause = event.causes.find((it) => it.kind === 'message')
      const sent = events[(cause?.seq ?? 0) - 1]
      expect(sent).toMatchObject({ type: 'sent', message: event.message, id: event.id.replace(/\+\d+$/, '') })
    }
  })

  it.each(SEEDS)('link all events of a process in their order (seed %i)', (seed) => {
    const last = new Map<string, number>()
    for (const event of run(seed)) {
      const process = processOf(event)
      if (process === null) continue
      const before = event.causes.find((cause) => cause.kind === 'process')?.seq
      expect(before).toBe(last.get(process))
      last.set(process, event.seq)
    }
  })

  it.each(SEEDS)('that are timers point to the handler in which the timer was set (seed %i)', (seed) => {
    const events = run(seed)
    for (const event of events) {
      if (event.type !== 'expired') continue
      for (const cause of event.causes.filter((it) => it.kind === 'timer')) {
        expect(events[cause.seq - 1]).toMatchObject({ process: event.process })
      }
    }
  })

  it.each(SEEDS)(
    'of the disk point to the write, or to where the words were said, in the same process (seed %i)',
    (seed) => {
      const events = run(seed)
      let seen = 0
      for (const event of events) {
        for (const cause of event.causes.filter((it) => it.kind === 'disk')) {
          const origin = events[cause.seq - 1] as Event<Raft>
          expect(processOf(origin)).toBe(processOf(event))
          if (event.type === 'synced') expect(origin).toMatchObject({ type: 'wrote', write: event.write })
          else expect(['sent', 'completed']).toContain(event.type)
          seen++
        }
      }
      expect(seen).toBeGreaterThan(20)
    },
  )

  it.each(SEEDS)('that are commands point to a command (seed %i)', (seed) => {
    const events = run(seed)
    for (const event of events) {
      for (const cause of event.causes.filter((it) => it.kind === 'command')) {
        expect(['commanded', 'cut']).toContain(events[cause.seq - 1]?.type)
      }
    }
  })

  it.each(SEEDS)('without omissions make the very order that vector clocks make (seed %i)', (seed) => {
    const events = run(seed).slice(0, 1500)
    const clocks = vectorClocks(events)
    const pasts = reachable(events)
    let ordered = 0
    for (const late of events) {
      const lateClock = clocks.get(late.seq)
      if (lateClock === undefined) continue
      for (const early of events.slice(0, late.seq - 1)) {
        const earlyClock = clocks.get(early.seq)
        if (earlyClock === undefined) continue
        const process = processOf(early) as string
        const before: boolean = (earlyClock.get(process) as number) <= (lateClock.get(process) ?? 0)
        if (((pasts[late.seq] as Uint8Array)[early.seq] === 1) !== before) {
          expect.fail(`event ${early.seq} before ${late.seq}: vector clocks say ${before}`)
        }
        if (before) ordered++
      }
    }
    expect(ordered).toBeGreaterThan(10_000)
  })
})

/** Of Fidge and Mattern, from program order and message ids alone: one tick per event, and a message carries its sender's. */
function vectorClocks(events: readonly Event<Raft>[]): Map<number, Map<string, number>> {
  const now = new Map<string, Map<string, number>>()
  const sent = new Map<string, Map<string, number>>()
  const clocks = new Map<number, Map<string, number>>()
  for (const event of events) {
    const process = processOf(event)
    if (process === null) continue
    const clock = new Map(now.get(process))
    if (event.type === 'delivered') {
      const carried = sent.get(event.id.replace(/\+\d+$/, '')) ?? new Map<string, number>()
      for (const [id, ticks] of carried) clock.set(id, Math.max(ticks, clock.get(id) ?? 0))
    }
    clock.set(process, (clock.get(process) ?? 0) + 1)
    now.set(process, clock)
    clocks.set(event.seq, clock)
    if (event.type === 'sent') sent.set(event.id, clock)
  }
  return clocks
}

/** For each event, which others its causes lead back to, of what came and not of what was missing. */
function reachable(events: readonly Event<Raft>[]): Uint8Array[] {
  const pasts: Uint8Array[] = [new Uint8Array(0)]
  for (const event of events) {
    const past = new Uint8Array(events.length + 1)
    for (const cause of event.causes) {
      if (cause.kind === 'omission') continue
      past[cause.seq] = 1
      for (let i = 1; i < cause.seq; i++) if ((pasts[cause.seq] as Uint8Array)[i] === 1) past[i] = 1
    }
    pasts[event.seq] = past
  }
  return pasts
}
