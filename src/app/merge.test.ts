import { describe, expect, it } from 'vitest'
import type { OperationRecord } from '../check/history.ts'
import type { Chronicle, Story } from '../engine/messages.ts'
import { mergeChronicle } from './merge.ts'

const story = (seq: number): Story => ({ seq, at: seq, steps: seq, text: `event ${seq}`, about: [], tone: 'plain' })
const operation = (n: number, callSeq: number, returnSeq: number | null): OperationRecord => ({
  id: `c1#${n}`,
  client: 'c1',
  what: null,
  call: callSeq,
  callSeq,
  return: returnSeq,
  returnSeq,
  outcome: returnSeq === null ? null : 'done',
})
const news = (after: number, change: Partial<Chronicle>): Chronicle => ({
  type: 'chronicle',
  run: 1,
  after,
  stories: [],
  operations: [],
  violations: [],
  expectations: [],
  ...change,
})
const nothing = { stories: [], operations: [], violations: [], expectations: [] }

describe('mergeChronicle', () => {
  it('appends what is new', () => {
    const first = mergeChronicle(nothing, news(0, { stories: [story(1), story(2)] }))
    const second = mergeChronicle(first, news(2, { stories: [story(5)] }))
    expect(second.stories.map(({ seq }) => seq)).toEqual([1, 2, 5])
  })

  it('takes back what came after a fork', () => {
    const known = mergeChronicle(nothing, news(0, { stories: [story(1), story(2), story(9)] }))
    expect(mergeChronicle(known, news(2, { stories: [story(4)] })).stories.map(({ seq }) => seq)).toEqual([1, 2, 4])
  })

  it('puts the end of an operation in the place of its beginning', () => {
    const known = mergeChronicle(nothing, news(0, { operations: [operation(1, 3, null), operation(2, 4, null)] }))
    const later = mergeChronicle(known, news(5, { operations: [operation(1, 3, 8)] }))
    expect(later.operations).toEqual([operation(1, 3, 8), operation(2, 4, null)])
  })

  it('opens an operation again that ended after a fork, and drops one that began after it', () => {
    const known = mergeChronicle(nothing, news(0, { operations: [operation(1, 3, 8), operation(2, 7, 9)] }))
    expect(mergeChronicle(known, news(5, {})).operations).toEqual([operation(1, 3, null)])
  })
})
