import { describe, expect, it } from 'vitest'
import { labsOnDisk } from '../cli/loaders.ts'
import { ms, SECOND } from '../base/units.ts'
import { type Event, eventSet } from '../kernel/event.ts'
import { Simulation } from '../kernel/simulation.ts'
import type { LabTypes, World } from '../kernel/types.ts'
import { defaultSetup, freshRun } from '../lab/setup.ts'
import { MetricsRecorder } from './metrics-recorder.ts'
import { binLength, quantiles, viewMetrics } from './metrics-view.ts'
import { surveyFigures, surveySeed } from './survey.ts'
import { accounts } from './accounts.ts'
import { Timeline } from './timeline.ts'

const raft = await (labsOnDisk()['raft'] as () => ReturnType<ReturnType<typeof labsOnDisk>[string]>)()
const setup = { ...defaultSetup<LabTypes>(raft, 5), workload: raft.defaults.workload }
const begin = () => new Timeline(raft, freshRun<LabTypes>(raft, setup), { accounts, metrics: true, spacing: 200 })

describe('what is measured of a run', () => {
  it('counts every message and every byte, by kind', () => {
    const sent: Record<string, { messages: number; bytes: number }> = {}
    const simulation = new Simulation<LabTypes>(raft, { setup, commands: [] }, undefined, {
      wants: eventSet(['sent']),
      observe(event) {
        if (event.type !== 'sent') return
        const kind = (sent[event.message.type] ??= { messages: 0, bytes: 0 })
        kind.messages++
        kind.bytes += event.bytes
      },
    })
    simulation.advanceTo(3 * SECOND)
    const timeline = begin()
    timeline.seek(3 * SECOND)
    const { traffic, bin } = timeline.metrics()
    expect(Object.fromEntries(traffic.map(({ type, messages, bytes }) => [type, { messages, bytes }]))).toEqual(sent)
    expect(traffic.length).toBeGreaterThan(4)
    for (const { messages, messagesPerBin, bytes, bytesPerBin } of traffic) {
      expect(messagesPerBin).toHaveLength(Math.ceil((3 * SECOND) / bin))
      expect(messagesPerBin.reduce((a, b) => a + b)).toBe(messages)
      expect(bytesPerBin.reduce((a, b) => a + b)).toBe(bytes)
    }
  })

  it('has the latency of the operations that were answered, and counts the others', () => {
    const timeline = begin()
    timeline.seek(4 * SECOND)
    const { latency } = timeline.metrics()
    const answered = timeline.chronicle.history.records.filter(
      ({ return: at, outcome }) => at !== null && raft.outcomeText(outcome).verdict === 'ok',
    )
    const took = answered.map((record) => (record.return as number) - record.call).toSorted((a, b) => a - b)
    expect(latency.all).toEqual(quantiles(took))
    expect(took.length).toBeGreaterThan(20)
    expect(latency.bins.reduce((sum, each) => sum + (each?.count ?? 0), 0)).toBe(took.length)
  })

  it('knows how long nobody led: from the start to the first leader, and from its crash to the next', () => {
    const timeline = begin()
    timeline.seek(2 * SECOND)
    const [first] = timeline.metrics().spans
    const leader = raft.aliases['leader']?.(timeline.world) as string
    expect(first?.count).toBe(1)
    expect(first?.stretches[0]?.[0]).toBe(0)
    timeline.act({ type: 'crash', process: leader })
    timeline.seek(4 * SECOND)
    const [then] = timeline.metrics().spans
    expect(then?.count).toBe(2)
    expect(then?.stretches[1]?.[0]).toBe(2 * SECOND)
    expect((then?.total as number) - (first?.total as number)).toBe((then?.stretches[1]?.[1] as number) - 2 * SECOND)
    // An election takes at least the least timeout less a heartbeat, and here no more than a few of them.
    expect(then?.longest).toBeGreaterThan(ms(90))
    expect(then?.longest).toBeLessThan(ms(1_500))
  })

  it('is the same after winding back and going on, and shows all the run while the eye is in its past', () => {
    const straight = begin()
    straight.seek(5 * SECOND)
    const wound = begin()
    wound.seek(5 * SECOND)
    wound.seek(SECOND)
    expect(wound.metrics()).toEqual(straight.metrics())
    wound.seek(3 * SECOND)
    wound.stepBack()
    wound.seek(5 * SECOND)
    expect(wound.metrics()).toEqual(straight.metrics())
  })

  it('forgets what came after a fork', () => {
    const forked = begin()
    forked.seek(5 * SECOND)
    forked.seek(2 * SECOND)
    forked.act({ type: 'crash', process: 'n1' })
    const straight = begin()
    straight.seek(2 * SECOND)
    straight.act({ type: 'crash', process: 'n1' })
    expect(forked.metrics()).toEqual(straight.metrics())
    for (const each of [forked, straight]) each.seek(4 * SECOND)
    expect(forked.metrics()).toEqual(straight.metrics())
    expect(forked.undo()).toBe(true)
    const never = begin()
    never.seek(2 * SECOND)
    expect(forked.metrics()).toEqual(never.metrics())
  })

  it('makes a bounded number of bins of a round length', () => {
    expect([0, SECOND, 9 * SECOND, 3_600 * SECOND].map(binLength)).toEqual([ms(100), ms(100), ms(200), 60 * SECOND])
    for (let to = SECOND; to < 86_400 * SECOND; to = Math.round(to * 1.7)) {
      expect(Math.ceil(to / binLength(to))).toBeLessThanOrEqual(80)
    }
  })

  it('joins its sums as the run grows: a bounded number of them, and none is lost', () => {
    const recorder = new MetricsRecorder(raft)
    const message = { type: 'RequestVote' }
    const hours = 3 * 3_600 * SECOND
    for (let i = 0; i < 30_000; i++) {
      const sent = { type: 'sent', at: Math.floor((i * hours) / 30_000), message, bytes: 2 }
      recorder.observe(sent as unknown as Event<LabTypes>, {} as World<LabTypes>)
    }
    expect(recorder.grains.length).toBeLessThanOrEqual(800)
    const { traffic, bin } = viewMetrics(recorder, hours)
    expect(traffic).toMatchObject([{ messages: 30_000, bytes: 60_000 }])
    const even = (30_000 * bin) / hours
    for (const count of traffic[0]?.messagesPerBin ?? []) expect(Math.abs(count - even)).toBeLessThanOrEqual(1)
  })

  it('gives quantiles by the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)
    expect(quantiles(hundred)).toEqual({ count: 100, p50: 50, p95: 95, p99: 99, max: 100 })
    expect(quantiles([7])).toEqual({ count: 1, p50: 7, p95: 7, p99: 7, max: 7 })
    expect(quantiles([])).toBeNull()
  })
})

describe('a survey of seeds', () => {
  const job = { lab: 'raft', setup, commands: [], script: [], until: 3 * SECOND }

  it('gives each seed the figures that its run has on the stage', () => {
    const { values } = surveySeed(raft, job, 5, null)
    const names = surveyFigures(raft).map(({ name }) => name)
    expect(values).toHaveLength(names.length)
    const timeline = begin()
    timeline.seek(3 * SECOND)
    const { latency, spans } = timeline.metrics()
    expect(values[names.indexOf('latency-p95')]).toBe(latency.all?.p95)
    expect(values[names.indexOf('without-leader')]).toBe(spans[0]?.total)
    expect(values[names.indexOf('broken')]).toBe(0)
  })

  it('does in every run what the user did, and differs between seeds', () => {
    const crash = { at: SECOND, command: { type: 'crash', process: 'n1' } as const }
    const place = surveyFigures(raft).findIndex(({ name }) => name === 'without-leader')
    const rows = [1, 2, 3, 4, 5, 6].map((seed) => surveySeed(raft, { ...job, commands: [crash] }, seed, null))
    expect(new Set(rows.map(({ values }) => values[place])).size).toBeGreaterThan(3)
    expect(rows.map(({ values }) => values.join())).not.toEqual(
      [1, 2, 3, 4, 5, 6].map((seed) => surveySeed(raft, job, seed, null).values.join()),
    )
  })
})
