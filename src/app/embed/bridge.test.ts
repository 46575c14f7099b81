import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ok } from '../../base/result.ts'
import type { FromLab, LabState } from '../../embed/protocol.ts'
import { Bridge } from './bridge.ts'
import { readOrigins } from './origins.ts'

const DECK = 'https://slides.example'
const host = { name: 'the page around' }
const state: LabState = {
  lab: 'raft',
  scenario: null,
  title: 'Raft',
  seed: 1,
  at: 0,
  playing: false,
  step: 1,
  steps: 1,
  processes: [],
}

function embedded(origins: ReadonlySet<string> = new Set([DECK])) {
  const acts: unknown[] = []
  const said: { message: FromLab; origin: string }[] = []
  const bridge = new Bridge(
    host,
    origins,
    {
      act: async (request) => {
        acts.push(request)
        return ok(state)
      },
      state: () => state,
      leaveKeys: (keys) => acts.push(keys),
    },
    (message, origin) => said.push({ message, origin }),
  )
  const hear = (data: unknown, from: { origin?: string; source?: unknown } = {}) =>
    bridge.hear({ data, origin: DECK, source: host, ...from })
  return { bridge, acts, said, hear, done: () => new Promise((resolve) => setTimeout(resolve)) }
}

describe('what may be asked', () => {
  test.each([
    { type: 'open', scenario: 'raft/leader-crash', step: 2, play: true },
    { type: 'open', scenario: { format: 1, lab: 'raft' }, seed: 7 },
    { type: 'play', speed: 0.1 },
    { type: 'pause' },
    { type: 'seek', at: 1250.5 },
    { type: 'step', to: 3 },
    { type: 'step', by: -1 },
    { type: 'dispatch', command: { type: 'crash', process: 'n3' } },
  ])('$type is done and answered: %j', async (request) => {
    const { acts, said, hear, done } = embedded()
    hear({ netsplit: 1, id: 'a', ...request })
    await done()
    expect(acts).toEqual([request])
    expect(said).toEqual([{ message: { netsplit: 1, re: 'a', type: 'state', ...state }, origin: DECK }])
  })

  test.each([
    [{ netsplit: 2, type: 'pause' }, /^netsplit: expected the protocol’s version 1/],
    [{ netsplit: 1, type: 'fly' }, /^type: expected one of open, play, pause/],
    [{ netsplit: 1 }, /^type: expected one of/],
    [{ netsplit: 1, type: 'seek' }, /^at: expected this field/],
    [{ netsplit: 1, type: 'seek', at: Number.NaN }, /^at: /],
    [{ netsplit: 1, type: 'seek', at: -1 }, /^at: expected simulated milliseconds, from 0 to \d+, found -1$/],
    [{ netsplit: 1, type: 'pause', now: true }, /^now: expected no such field/],
    [{ netsplit: 1, type: 'step', to: 1, by: 1 }, /^step: expected either/],
    [{ netsplit: 1, type: 'dispatch', command: { type: 'crash' } }, /^command\.process: expected this field/],
    [{ netsplit: 1, type: 'dispatch', command: { type: 'melt' } }, /^command/],
    [{ netsplit: 1, type: 'subscribe', to: ['everything'] }, /^to\[0\]: expected state, event or verdict/],
    [{ netsplit: 1, type: 'open', scenario: 7 }, /^scenario: expected the name of a scenario/],
    [{ netsplit: 1, type: 'open', scenario: new Map() }, /^expected plain data/],
    [{ netsplit: 1, id: 7, type: 'pause' }, /^id: expected a text/],
  ])('%j is refused in one sentence', async (message, sentence) => {
    const { acts, said, hear, done } = embedded()
    hear(message)
    await done()
    expect(acts).toEqual([])
    expect(said).toHaveLength(1)
    expect(said[0]?.message).toMatchObject({ type: 'error', text: expect.stringMatching(sentence) })
  })

  test('data that never ends is refused, and soon', async () => {
    const { acts, said, hear, done } = embedded()
    const round: Record<string, unknown> = { netsplit: 1, type: 'open' }
    for (const name of 'abcdefghij') round[name] = round
    hear(round)
    await done()
    expect(acts).toEqual([])
    expect(said[0]?.message).toMatchObject({ type: 'error' })
  })
})

describe('who is heard', () => {
  test.each([
    ['another origin', { origin: 'https://elsewhere.example' }],
    ['an origin that begins alike', { origin: `${DECK}.elsewhere.example` }],
    ['another window of the same origin', { source: { name: 'a frame beside' } }],
  ])('%s gets no answer, not even an error', async (_who, from) => {
    const { acts, said, hear, done } = embedded()
    hear({ netsplit: 1, id: 'a', type: 'pause' }, from)
    hear({ netsplit: 9, id: 'b', type: 'pause' }, from)
    await done()
    expect([acts, said]).toEqual([[], []])
  })

  test('nobody is, unless the address allows it', async () => {
    const { acts, said, bridge, hear, done } = embedded(readOrigins([], false).origins)
    bridge.ready()
    hear({ netsplit: 1, type: 'pause' })
    await done()
    expect([acts, said]).toEqual([[], []])
  })

  test('an allow-list has whole origins alone', () => {
    const bad = ['*', 'https://*.example', 'https://a.example/', 'a.example', 'javascript:alert(1)', 'null', 'file://']
    const { origins, problems } = readOrigins([`${DECK},http://localhost:8000`, ...bad], false)
    expect([...origins]).toEqual([DECK, 'http://localhost:8000'])
    expect(problems).toHaveLength(bad.length)
    expect([...readOrigins(['null'], true).origins]).toEqual(['null'])
  })

  test('what was not subscribed to is not told', async () => {
    const { bridge, said, hear, done } = embedded()
    bridge.tell({ type: 'event', story: { at: 1, text: 'n1 starts.' } })
    hear({ netsplit: 1, type: 'subscribe', to: ['event'] })
    await done()
    bridge.tell({ type: 'event', story: { at: 2, text: 'n1 stands for election.' } })
    bridge.tell({ type: 'verdict', violations: [], expectations: [] })
    expect(said.map(({ message }) => message)).toEqual([
      { netsplit: 1, type: 'event', story: { at: 2, text: 'n1 stands for election.' } },
    ])
  })
})

test('10,000 messages of noise, wrong origins and wrong versions change nothing, and only the allowed page hears of it', async () => {
  const { acts, said, hear, done } = embedded()
  const types = ['open', 'play', 'pause', 'seek', 'step', 'dispatch', 'subscribe']
  const request = fc
    .constantFrom(...types)
    .map((type) => ({ netsplit: 1, type, scenario: 'raft/leader-crash', at: 1, to: 1 }))
  const valid = fc.constantFrom<object>({ netsplit: 1, type: 'pause' }, { netsplit: 1, id: 'x', type: 'step', to: 2 })
  const version = fc
    .oneof(fc.constantFrom<unknown>(0, 2, '1', null, 1.5, -1), fc.anything({ maxDepth: 1, maxKeys: 3 }))
    .filter((one) => one !== 1)
  const wrong = fc.oneof(
    fc.record({ data: fc.anything({ maxDepth: 1, maxKeys: 3 }), from: fc.constant({}) }),
    // A field too many, whatever the type.
    fc.record({ data: request.map((one) => ({ ...one, also: 1 })), from: fc.constant({}) }),
    fc.record({
      data: fc.tuple(valid, version).map(([one, netsplit]) => ({ ...one, netsplit })),
      from: fc.constant({}),
    }),
    fc.record({ data: valid, from: fc.record({ origin: fc.webUrl() }) }),
    fc.record({ data: valid, from: fc.constant({ source: {} }) }),
  )
  let answers = 0
  for (const { data, from } of fc.sample(wrong, { numRuns: 10_000, seed: 8 })) {
    const marked = typeof data === 'object' && data !== null && Object.hasOwn(data, 'netsplit')
    if (marked && Object.keys(from).length === 0) answers++
    hear(data, from)
  }
  await done()
  expect(acts).toEqual([])
  expect(answers).toBeGreaterThan(2_000)
  expect(said).toHaveLength(answers)
  expect(said.every(({ message, origin }) => message.type === 'error' && origin === DECK)).toBe(true)
})
