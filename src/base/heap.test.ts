import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Heap, type Timed } from './heap.ts'

const byDue = (x: Timed, y: Timed): number => x.at - y.at || x.order - y.order

/** Few instants, so that there are many ties. */
const instants = fc.array(fc.nat(8), { maxLength: 60 })
const timed = (ats: readonly number[]): Timed[] => ats.map((at, order) => ({ at, order }))

function heapOf(items: readonly Timed[]): Heap<Timed> {
  const heap = new Heap<Timed>()
  for (const item of items) heap.push(item)
  return heap
}

function drain(heap: Heap<Timed>): Timed[] {
  const out: Timed[] = []
  for (let item = heap.pop(); item !== undefined; item = heap.pop()) out.push(item)
  return out
}

describe('Heap', () => {
  it('gives what a sorted array gives, ties by order, with pushes and pops mixed', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(8), { freq: 3 }), { maxLength: 100 }), (plan) => {
        const heap = new Heap<Timed>()
        let model: Timed[] = []
        plan.forEach((at, order) => {
          if (at === null) expect(heap.pop()).toBe(model.shift())
          else {
            heap.push({ at, order })
            model = [...model, heap.items().find((item) => item.order === order) as Timed].toSorted(byDue)
          }
          expect(heap.peek()).toBe(model[0])
          expect(heap.size).toBe(model.length)
        })
        expect(drain(heap)).toEqual(model)
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('gives ties in the order of their numbers, not of their pushes', () => {
    const heap = heapOf([
      { at: 5, order: 3 },
      { at: 5, order: 1 },
      { at: 5, order: -7 },
      { at: 5, order: 2 },
    ])
    expect(drain(heap).map((item) => item.order)).toEqual([-7, 1, 2, 3])
  })

  it('takes out just what is asked, in due order, and stays a heap', () => {
    fc.assert(
      fc.property(instants, fc.nat(6), (ats, k) => {
        const items = timed(ats)
        const heap = heapOf(items)
        const leaves = (item: Timed): boolean => item.order % 7 <= k && item.order % 2 === 0
        expect(heap.remove(leaves)).toEqual(items.filter(leaves).toSorted(byDue))
        expect(drain(heap)).toEqual(items.filter((item) => !leaves(item)).toSorted(byDue))
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  it('copies by its items: neither of the two sees what happens to the other', () => {
    fc.assert(
      fc.property(instants, instants, (ats, more) => {
        const heap = heapOf(timed(ats))
        const twin = new Heap<Timed>(heap.items())
        for (const [i, at] of more.entries()) twin.push({ at, order: 1000 + i })
        twin.pop()
        expect(drain(heap)).toEqual(timed(ats).toSorted(byDue))
      }),
      { seed: 3, numRuns: 200 },
    )
  })
})
