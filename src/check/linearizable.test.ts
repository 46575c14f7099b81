import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkHistory } from './linearizability.ts'
import { models } from './models.ts'
import type { Operation } from './operation.ts'
import { WatchedKey } from './watched-key.ts'

/** What happens at one moment: an operation begins, or one that waits ends in one of three ways. */
const happenings = fc.array(
  fc.record({
    what: fc.constantFrom('begin', 'begin', 'end', 'end', 'end', 'lose', 'drop'),
    who: fc.nat(5),
    input: fc.oneof(
      fc.constant({ type: 'read' }),
      fc.record({ type: fc.constant('write'), value: fc.nat(2) }),
      fc.record({ type: fc.constant('cas'), expected: fc.option(fc.nat(2)), value: fc.nat(2) }),
    ),
    told: fc.nat(2),
    honest: fc.integer({ min: 0, max: 29 }),
  }),
  { minLength: 20, maxLength: 120, size: 'max' },
)

type Raw = { what: string; who: number; input: { type: string }; told: number; honest: number }

/** Plays it: answers mostly fit a true register, whose operations take effect as they end. */
function play(raw: readonly Raw[], copies: boolean) {
  const model = models.casRegister
  let watched = new WatchedKey(model)
  const operations: Operation[] = []
  const waiting = new Map<string, number>()
  let state: unknown = undefined
  const verdicts: [string, string][] = []
  for (const [at, { what, who, input, told, honest }] of raw.entries()) {
    // A hand picks somebody who waits, or somebody who does not.
    const client = what === 'begin' ? `c${who}` : [...waiting.keys()][who % Math.max(1, waiting.size)]
    if (client === undefined) continue
    const place = waiting.get(client)
    if (copies) watched = watched.copy()
    if (what === 'begin') {
      if (place !== undefined) continue
      waiting.set(client, operations.length)
      watched.begin(`${client}#${at}`, client, at, input)
      operations.push({ client: `${client}#${at}`, call: at, return: null, input })
      continue
    }
    if (place === undefined) continue
    waiting.delete(client)
    const op = operations[place] as Operation
    const id = String(op.client)
    if (what === 'lose') {
      watched.lose(id)
      if (honest > 14) state = model.step(state, op.input, undefined)
    } else if (what === 'drop') {
      watched.drop(id)
      operations[place] = { ...op, input: { type: 'read' }, output: undefined }
    } else {
      const output = honest === 0 ? lie(op.input, told) : answer(state, op.input)
      state = model.step(state, op.input, undefined)
      watched.end(id, at, output)
      operations[place] = { ...op, return: at, output }
    }
    verdicts.push([watched.verdict, checkHistory(model, operations).verdict])
  }
  return verdicts
}

function answer(state: unknown, input: unknown): unknown {
  const { type, expected } = input as { type: string; expected?: unknown }
  return type === 'read' ? (state ?? null) : type === 'cas' ? (state ?? null) === (expected ?? null) : true
}

const lie = (input: unknown, told: number): unknown => ((input as { type: string }).type === 'read' ? told : told === 0)

describe('a key that is watched', () => {
  it.each([false, true])('is judged after each return as the whole history up to there is (copied: %s)', (copies) => {
    const seen = { ok: 0, illegal: 0, long: 0 }
    fc.assert(
      fc.property(happenings, (raw) => {
        const verdicts = play(raw, copies)
        const bad = verdicts.findIndex(([, whole]) => whole === 'illegal')
        const upTo = bad === -1 ? verdicts : verdicts.slice(0, bad + 1)
        for (const [watched, whole] of upTo) expect(watched).toBe(whole)
        for (const [watched] of bad === -1 ? [] : verdicts.slice(bad)) expect(watched).toBe('illegal')
        seen[bad === -1 ? 'ok' : 'illegal']++
        if (upTo.length > 20) seen.long++
      }),
      { numRuns: 600, seed: 9 },
    )
    expect(Math.min(seen.ok, seen.illegal, seen.long)).toBeGreaterThan(40)
  })
})
