import { describe, expect, it } from 'vitest'
import { Expectations } from '../engine/expectations.ts'
import type { LabTypes, World } from '../kernel/types.ts'
import type { AnyLab } from './definition.ts'
import { readExpectation } from './expectation.ts'
import type { Claim } from './script.ts'

/** A world that is one word: `a` holds while the word has an a in it. */
const lab = {
  predicates: ['a', 'b', 'c'].map((letter) => ({
    pattern: letter,
    says: '',
    holds: (world: World<LabTypes>) => (world as unknown as string).includes(letter),
  })),
  aliases: {},
} as unknown as AnyLab
const seen = { told: 0, violations: [], undecided: () => [], outcome: () => ({ done: false, outcome: null }) }

function claim(text: string): string {
  const read = readExpectation(text, 9_000)
  return read.ok ? written(read.value.claim) : read.error
}

/** The claim with every parenthesis, in `F` (eventually) and `G` (always). */
function written(of: Claim): string {
  if (of.type !== 'clause') return `(${of.parts.map(written).join(` ${of.type} `)})`
  const limit = of.until === 9_000 ? '' : `<${of.until}`
  return `${of.mode === 'always' ? 'G' : 'F'}${limit}[${of.condition}]`
}

/** What comes of it in a world that takes these forms, a millisecond each. */
function verdict(said: Parameters<typeof readExpectation>[0], ...forms: string[]) {
  const end = forms.length * 1_000
  const read = readExpectation(said, end)
  if (!read.ok) throw new Error(read.error)
  const expectations = new Expectations(lab, [read.value])
  for (const [i, form] of forms.entries()) expectations.look(form as unknown as World<LabTypes>, seen, i * 1_000)
  expectations.close(end)
  const [result] = expectations.results()
  return [result?.ok, result?.at]
}

describe('an expectation reads', () => {
  it.each([
    ['a', 'F[a]'],
    ['eventually a', 'F[a]'],
    ['always a', 'G[a]'],
    ['a within 2ms', 'F<2000[a]'],
    ['a within 2 ms', 'F<2000[a]'],
    ['always a within 2ms', 'G<2000[a]'],
    ['a within 90s', 'F[a]'],
    // A clause reaches as far as it can.
    ['a and b', 'F[a and b]'],
    ['always a or b and not c', 'G[a or b and not c]'],
    ['always not (a or b)', 'G[not (a or b)]'],
    ['not a', 'F[not a]'],
    // To its limit, to the next clause, or to the parenthesis.
    ['a within 2ms and b', '(F<2000[a] and F[b])'],
    ['a and b within 2ms or c', '(F<2000[a and b] or F[c])'],
    ['a or b and always c', '(F[a or b] and G[c])'],
    ['a and not always c', '(F[a] and F[not (c)])'],
    ['eventually (a) within 2ms and always b', '(F<2000[(a)] and G[b])'],
    ['(always a) or b', '(G[a] or F[b])'],
    // `and` binds more than `or`; `not` turns a clause into one of the other mode.
    ['always a or always b and always c', '(G[a] or (G[b] and G[c]))'],
    ['(always a or always b) and always c', '((G[a] or G[b]) and G[c])'],
    ['not always a', 'F[not (a)]'],
    ['not eventually a', 'G[not (a)]'],
    ['not (a within 2ms)', 'G<2000[not (a)]'],
    ['not (always a and b within 2ms or always c)', '(F<2000[not (a and b)] and F[not (c)])'],
    ['not not always a', 'G[not (not (a))]'],
  ])('“%s” as %s', (text, expected) => {
    expect(claim(text)).toBe(expected)
  })

  it('the window of the long form, where a clause has no limit of its own', () => {
    const read = readExpectation({ expect: 'a and always b within 2ms', after: '3ms', within: '4ms', text: 'T' }, 9_000)
    const limits = { after: 3_000 }
    expect(read).toMatchObject({
      value: {
        text: 'T',
        claim: {
          parts: [
            { ...limits, until: 7_000 },
            { ...limits, until: 5_000 },
          ],
        },
      },
    })
  })

  it.each([
    ['', 'expected a condition, found the end'],
    ['always', 'expected a condition, found the end'],
    ['within 2s', 'expected a condition, found “within”'],
    ['a within', 'as in “within 2s”, found the end'],
    ['a within 2', 'as in “within 2s”, found “2”'],
    ['a within soon', 'found “soon”'],
    ['a within 2ms within 3ms', 'unexpected “within”'],
    ['a within 2ms b', 'unexpected “b”'],
    ['always eventually a', 'unexpected “eventually”'],
    ['always (eventually a)', 'unexpected “(”'],
    ['a always b', 'unexpected “always”'],
    ['(always a', 'not closed'],
    ['always a)', 'unexpected “)”'],
    ['(always a) b', 'unexpected “b”'],
    ['always and always a', 'expected a condition'],
  ])('“%s” as an error', (text, part) => {
    expect(claim(text)).toContain(part)
  })

  it('a window that begins after the end as an error', () => {
    expect(readExpectation({ expect: 'always a', after: '10ms' }, 9_000)).toMatchObject({ ok: false })
  })
})

describe('an expectation comes to', () => {
  it.each([
    ['a', ['', 'a', ''], true, 1_000],
    ['a', ['', '', ''], false, null],
    ['always a', ['a', 'a', 'a'], true, 3_000],
    ['always a', ['a', '', 'a'], false, 1_000],
    ['a within 1ms', ['', '', 'a'], false, null],
    ['always a within 1ms', ['a', 'a', ''], true, 1_000],
    ['not always a', ['a', '', 'a'], true, 1_000],
    ['not always a', ['a', 'a', 'a'], false, null],
    ['not eventually a', ['', '', ''], true, 3_000],
    // Both must come, and the later one says when.
    ['eventually a and eventually b', ['b', '', 'a'], true, 2_000],
    ['eventually a and eventually b', ['b', '', ''], false, null],
    ['a and b', ['b', '', 'a'], false, null],
    ['eventually a within 1ms and always b', ['b', 'ab', ''], false, 2_000],
    // The first that comes is enough.
    ['eventually a or eventually b', ['', 'b', 'a'], true, 1_000],
    ['always a or eventually b', ['a', '', 'b'], true, 2_000],
    ['always a or always b', ['ab', 'a', ''], false, 2_000],
  ] as const)('%s, in %j: %s at %s', (text, forms, ok, at) => {
    expect(verdict(text, ...forms)).toEqual([ok, at])
  })

  it('nothing yet while its parts are open, and again when they are taken back', () => {
    const read = readExpectation('eventually a and always b', 9_000)
    if (!read.ok) throw new Error(read.error)
    const expectations = new Expectations(lab, [read.value])
    const ok = (): boolean | null | undefined => expectations.results()[0]?.ok
    expectations.look('ab' as unknown as World<LabTypes>, seen, 1_000)
    expect(ok()).toBe(null)
    expectations.look('' as unknown as World<LabTypes>, seen, 2_000)
    expect(ok()).toBe(false)
    expectations.reopen(1_500)
    expect(ok()).toBe(null)
    expectations.close(9_000)
    expect(ok()).toBe(true)
  })
})
