import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashString, mix, mixNumber, mixString, mixValue } from './hash.ts'
import { draw, stream } from './random.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.string({ maxLength: 6 }),
)
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.string({ maxLength: 4 }), tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

type Path = readonly (string | number)[]

function leaves(value: Json, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => leaves(item, [...path, i]))
  if (value === null || typeof value !== 'object') return [path]
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]))
}

function replaceAt(value: Json, [first, ...rest]: Path, by: Json): Json {
  if (first === undefined) return by
  if (Array.isArray(value)) return value.map((item, i) => (i === first ? replaceAt(item, rest, by) : item))
  const record = value as { [key: string]: Json }
  return Object.fromEntries(
    Object.entries(record).map(([k, item]) => [k, k === first ? replaceAt(item, rest, by) : item]),
  )
}

function valueAt(value: Json, path: Path): Json {
  return path.reduce<Json>((at, key) => (at as { [key: string | number]: Json })[key] as Json, value)
}

/** The same value with all its keys added the other way round. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, turned(item)]),
  )
}

/** −0 and 0 count as one number. */
const same = (x: Json, y: Json): boolean => x === y

describe('mix', () => {
  it('never sends two words to one, nor two hashes: each of its steps can be undone', () => {
    const undo = (z: number, word: number): number => {
      let h = Math.imul(z ^ (z >>> 16), inverse(0xc2b2ae35))
      h ^= (h >>> 13) ^ (h >>> 26)
      return Math.imul(h, inverse(0x85ebca6b)) ^ word
    }
    for (let n = 0; n < 10_000; n++) {
      const hash = draw(stream(1, 'hash'), n) | 0
      const word = draw(stream(1, 'word'), n) | 0
      expect(undo(mix(hash, word), word)).toBe(hash)
    }
  })
})

/** The whole number that undoes a multiplication by an odd one, modulo 2^32 (Newton). */
function inverse(odd: number): number {
  let x = odd
  for (let i = 0; i < 5; i++) x = Math.imul(x, 2 - Math.imul(odd, x))
  return x
}

describe('mixValue', () => {
  it('does not count the order in which keys were added', () => {
    fc.assert(
      fc.property(json, (value) => mixValue(0, value) === mixValue(0, turned(value))),
      { seed: 11, numRuns: 500 },
    )
  })

  it('does not count a key whose value is undefined', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (record) => {
        const padded = { ...record, absent: undefined, '': record[''] }
        return mixValue(0, padded) === mixValue(0, { ...record, absent: undefined })
      }),
      { seed: 12, numRuns: 200 },
    )
    expect(mixValue(0, { a: 1, b: undefined })).toBe(mixValue(0, { a: 1 }))
  })

  it('changes with any one leaf of a nested value', () => {
    fc.assert(
      fc.property(json, leaf, (value, other) => {
        for (const path of leaves(value)) {
          if (same(valueAt(value, path), other)) continue
          expect(mixValue(0, replaceAt(value, path, other))).not.toBe(mixValue(0, value))
        }
      }),
      { seed: 13, numRuns: 500 },
    )
  })

  it.each<[string, unknown, unknown]>([
    ['a number and its text', 1, '1'],
    ['nothing and absence', null, undefined],
    ['an empty list and an empty record', [], {}],
    ['a list and a set', [1, 2], new Set([1, 2])],
    ['a record and a map', { a: 1 }, new Map([['a', 1]])],
    [
      'two orders of a map',
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
      new Map([
        ['b', 2],
        ['a', 1],
      ]),
    ],
    ['where one text ends and the next begins', ['ab', 'c'], ['a', 'bc']],
    ['where one list ends and the next begins', [[1], [2]], [[1, 2], []]],
    ['true and false', true, false],
    ['a whole number and one beside it', 3, 3.0000000000000004],
    ['numbers beyond 32 bits', 4294967296, 8589934592],
    ['a big integer and a number', 5n, 5],
  ])('tells apart %s', (_what, x, y) => {
    expect(mixValue(0, x)).not.toBe(mixValue(0, y))
  })

  it('takes −0 and 0 for one number', () => {
    expect(mixNumber(0, -0)).toBe(mixNumber(0, 0))
  })

  it('refuses what has no canonical encoding', () => {
    expect(() => mixValue(0, () => 1)).toThrow('a function has no canonical encoding')
    expect(() => mixValue(0, Symbol('x'))).toThrow('a symbol has no canonical encoding')
  })
})

describe('strings', () => {
  it('the digests are the frozen ones', () => {
    expect([
      hashString(''),
      hashString('n1'),
      mixString(0, 'Ω→'),
      mixValue(0, { a: [1, 0.5, null] }),
    ]).toMatchInlineSnapshot(`
      [
        493009611,
        -543950922,
        2079614123,
        1131421770,
      ]
    `)
  })

  it('ten thousand names have ten thousand hashes', () => {
    const hashes = new Set(Array.from({ length: 10_000 }, (_, i) => hashString(`n${i}`)))
    expect(hashes.size).toBe(10_000)
  })
})
