import { expect, test } from 'vitest'
import { keysOf, OPENING, readForm } from './form.ts'

test('the form opens with modulo, ring and jump over ten servers and a hundred thousand keys', () => {
  const read = readForm(OPENING)
  if (!read.ok) throw new Error(read.error)
  expect(read.value.kinds).toEqual(['modulo', 'ring', 'jump'])
  expect(read.value.servers).toHaveLength(10)
  expect(read.value.keys).toEqual({ type: 'uniform', count: 100_000 })
})

test('keys are lines, whatever ends them, without the blank ones', () => {
  expect(keysOf('a\r\n b \n\nGröße\n')).toEqual(['a', 'b', 'Größe'])
})

test('weights go to the servers in their order', () => {
  const read = readForm({ ...OPENING, servers: '3', weights: '2, 0.5' })
  expect(read.ok && read.value.servers).toEqual([
    { name: 'n1', weight: 2 },
    { name: 'n2', weight: 0.5 },
    { name: 'n3' },
  ])
})

test.each([
  [{ kinds: [] }, 'Rules: choose at least one'],
  [{ servers: '0' }, 'Servers: expected a whole number from 1 to 500, found “0”'],
  [{ tokens: 'many' }, 'Tokens: expected a whole number from 1 to 1,024, found “many”'],
  [{ weights: '1 -2' }, 'Weights: expected numbers above 0 and up to 1000, found “-2”'],
  [{ servers: '2', weights: '1 2 3' }, 'Weights: expected at most 2, one for each server, found 3'],
  [{ count: '1000001' }, 'Keys: expected a whole number from 1 to 1,000,000, found “1000001”'],
  [{ source: 'list' as const }, 'Keys: expected at least one, one a line, found none'],
  [{ source: 'zipf' as const, exponent: '-1' }, 'Exponent: expected a number from 0 to 5, found “-1”'],
])('%o is refused in a sentence', (change, sentence) => {
  expect(readForm({ ...OPENING, ...change })).toEqual({ ok: false, error: sentence })
})
