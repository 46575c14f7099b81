import { describe, expect, it } from 'vitest'
import { ms } from '../../base/units.ts'
import { Timeline } from '../../engine/timeline.ts'
import { traceOf } from '../../engine/trace.ts'
import type { Event } from '../../kernel/event.ts'
import type { LabTypes } from '../../kernel/types.ts'
import { lab as raft } from '../../labs/raft/lab.ts'
import type { AnyLab } from '../definition.ts'
import { defaultSetup, freshRun } from '../setup.ts'
import { MAX_ARROWS, mermaid, type Told } from './mermaid.ts'
import { ONE_FUTURE } from '../shared/shared-run.ts'
import { firstDifference, readTrace, traceHead, traceLine } from './ndjson.ts'
import { shiviz } from './shiviz.ts'

const lab: AnyLab = raft
const END = ms(1_500)
const line = new Timeline(lab, {
  ...freshRun<LabTypes>(lab, { ...defaultSetup<LabTypes>(lab, 5), workload: lab.defaults.workload }),
  commands: [
    { at: ms(600), command: { type: 'cut', links: [{ from: 'n1', to: 'n2' }] } },
    { at: ms(900), command: { type: 'crash', process: 'n1' } },
  ],
})
line.seek(END)
const events = traceOf(line, 0, END)
const told: Told = new Map(line.chronicle.stories.map(({ seq, text, about }) => [seq, { text, about }]))
const ids = line.world.processes.map(({ id }) => id)
const view = { panel: null, selected: null, speed: 1 }
const shared = {
  run: line.run(),
  plan: null,
  fired: [],
  moment: line.moment,
  view,
  futures: ONE_FUTURE,
  fingerprint: line.fingerprint(),
}
const text = [traceHead(lab, shared), ...events.map(traceLine), ''].join('\n')

describe('a trace', () => {
  it('is read again as the same events, and as the run that they are of', () => {
    const read = readTrace(text, 'a.ndjson')
    if (!read.ok) throw new Error(read.error)
    expect(read.value.run).toMatchObject({ netsplit: 'run', fingerprint: shared.fingerprint })
    expect(read.value.lines.map((one) => JSON.parse(one) as unknown)).toEqual(events)
    expect(firstDifference(read.value.lines, events)).toBeNull()
  })

  it('tells the line from which on it is another one', () => {
    const lines = events.map(traceLine)
    expect(firstDifference(lines.with(6, traceLine({ ...(events[6] as Event<LabTypes>), at: 1 })), events)).toBe(8)
    expect(firstDifference(lines.slice(0, -1), events)).toBe(events.length + 1)
  })

  it.each([
    ['', /:1: expected a trace/],
    ['{"netsplit":"trace","format":2,"run":{}}', /:1: expected a trace in format 1/],
    [
      '{"netsplit":"trace","format":1,"run":{}}\n{"seq":1}\nnonsense',
      /:3: expected an event with its number, found “nonsense”/,
    ],
  ])('that is none (%j) is refused with its line', (wrong, words) => {
    expect(readTrace(wrong, 'a')).toMatchObject({ ok: false, error: expect.stringMatching(words) as unknown })
  })
})

describe('a log for ShiViz', () => {
  const log = shiviz(lab, events, told)
  const [pattern = '', delimiter, ...rest] = log.split('\n')
  const found = [...rest.join('\n').matchAll(new RegExp(pattern, 'g'))].map(({ groups }) => ({
    host: groups?.['host'] ?? '',
    clock: JSON.parse(groups?.['clock'] ?? '{}') as Record<string, number>,
    event: groups?.['event'] ?? '',
  }))

  it('is read whole by the pattern in its first line', () => {
    expect(delimiter).toBe('')
    expect(found).toHaveLength((rest.length - 1) / 2)
    expect(found.length).toBeGreaterThan(500)
    expect(new Set(found.map(({ host }) => host))).toEqual(new Set(ids))
  })

  it('has clocks that grow by one at home, and take in those of what came', () => {
    const last = new Map<string, Record<string, number>>()
    for (const { host, clock, event } of found) {
      const before = last.get(host) ?? {}
      expect(clock[host]).toBe((before[host] ?? 0) + 1)
      for (const [id, count] of Object.entries(before)) expect(clock[id]).toBeGreaterThanOrEqual(count)
      const from = /^receive .* from (\S+)$/.exec(event)?.[1]
      if (from !== undefined) expect(clock[from]).toBeGreaterThan(0)
      last.set(host, clock)
      for (const [id, count] of Object.entries(clock)) expect(count).toBeLessThanOrEqual(last.get(id)?.[id] ?? 0)
    }
  })
})

describe('a sequence diagram for Mermaid', () => {
  const early = events.filter(({ at }) => at < ms(500))
  const lines = mermaid(lab, ids, early, told).trimEnd().split('\n')

  it('consists of participants, arrows and notes alone', () => {
    const known = '(?:participant \\w+|\\w+(?:->>|-x)\\w+: [^;\\n]+|Note over \\w+(?:,\\w+)?: (?:[^;]|#\\d+;)+)'
    expect(lines[0]).toBe('sequenceDiagram')
    for (const one of lines.slice(1)) expect(one).toMatch(new RegExp(`^  ${known}$`))
    expect(lines.filter((one) => one.includes('->>')).length).toBe(
      early.filter(({ type }) => type === 'delivered').length,
    )
    expect(lines.some((one) => /Note over \w+(,\w+)?: .* wins term/.test(one))).toBe(true)
  })

  it('shows what was lost, and says where it ends if that is too much', () => {
    const all = mermaid(lab, ids, [...events, ...events], told)
    expect(all).toContain('nothing more is drawn')
    expect(all.match(/->>|-x/g)?.length).toBeLessThanOrEqual(MAX_ARROWS)
    expect(
      mermaid(
        lab,
        ids,
        events.filter(({ at }) => at > ms(600)),
        told,
      ),
    ).toMatch(/ n5-xn1: /)
  })
})
