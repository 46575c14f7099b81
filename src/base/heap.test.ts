import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Agenda } from './agenda.ts'
import { Heap, type Timed } from './heap.ts'
import { Many } from './many.ts'

const byDue = (x: Timed, y: Timed): number => x.at - y.at || x.order - y.order

/** Few instants, so that there are many ties. */
const instants = fc.array(fc.nat(8), { maxLength: 60 })
const timed = (ats: readonly number[]): Timed[] => ats.map((at, order) => ({ at, order }))

function drain<T>(from: { pop(): T | undefined }): T[] {
  const out: T[] = []
  for (let item = from.pop(); item !== undefined; item = from.pop()) out.push(item)
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
            const item = { at, order }
            heap.push(item, at, order)
            model = [...model, item].toSorted(byDue)
          }
          expect([heap.peek(), heap.peekAt(), heap.size]).toEqual([model[0], model[0]?.at ?? Infinity, model.length])
        })
        expect(drain(heap)).toEqual(model)
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('gives ties in the order of their numbers, not of their pushes', () => {
    const heap = new Heap<number>()
    for (const order of [3, 1, -7, 2]) heap.push(order, 5, order)
    expect(drain(heap)).toEqual([-7, 1, 2, 3])
  })
})

describe('Agenda', () => {
  it('takes out just what is asked, in due order, and stays an agenda', () => {
    fc.assert(
      fc.property(instants, fc.nat(6), (ats, k) => {
        const items = timed(ats)
        const agenda = agendaOf(items)
        const leaves = (item: Timed): boolean => item.order % 7 <= k && item.order % 2 === 0
        expect(agenda.remove(leaves)).toEqual(items.filter(leaves).toSorted(byDue))
        expect(drain(agenda)).toEqual(items.filter((item) => !leaves(item)).toSorted(byDue))
      }),
      { seed: 2, numRuns: 300 },
    )
  })

  it('copies by its entries: neither of the two sees what happens to the other', () => {
    fc.assert(
      fc.property(instants, instants, (ats, more) => {
        const agenda = agendaOf(timed(ats))
        const twin = new Agenda<Timed>(agenda.copyEntries())
        for (const [i, at] of more.entries()) twin.push({ at, order: 1000 + i })
        twin.pop()
        expect(drain(agenda)).toEqual(timed(ats).toSorted(byDue))
      }),
      { seed: 3, numRuns: 200 },
    )
  })

  it('gives of thousands what a heap gives, whether due at once, within a day, in days or in years', () => {
    const span = fc.constantFrom(1, 500, 8_192, 20_000, 1_000_000, 3_000_000, 500_000_000)
    const plan = fc.array(fc.tuple(span, fc.nat(999), fc.nat(4)), { minLength: 50, maxLength: 50 })
    fc.assert(
      fc.property(plan, fc.nat(50), (steps, copiedAt) => {
        const heap = new Heap<number>()
        let agenda = new Agenda<number>(undefined, manyOf)
        let order = 0
        let now = 0
        const popped: unknown[] = []
        const wanted: unknown[] = []
        steps.forEach(([reach, share, pops], step) => {
          for (let i = 0; i < 60; i++, order++) {
            const at = now + Math.floor((((share * 7 + i * 331) % 1000) * reach) / 1000)
            heap.push(order, at, order)
            agenda.pushAt(order, at, order)
          }
          for (let i = pops * 15; i > 0 && heap.size > 0; i--) {
            now = heap.peekAt()
            popped.push([agenda.peekAt(), agenda.pop()])
            wanted.push([now, heap.pop()])
          }
          if (step === copiedAt) agenda = new Agenda(agenda.copyEntries(), manyOf)
        })
        expect(popped).toEqual(wanted)
        expect(agenda.size).toBe(heap.size)
        expect(drain(agenda)).toEqual(drain(heap))
      }),
      { seed: 4, numRuns: 15 },
    )
  })
})

const manyOf = (first: number) => new Many<number>(first)

function agendaOf(items: readonly Timed[]): Agenda<Timed> {
  const agenda = new Agenda<Timed>()
  for (const item of items) agenda.push(item)
  return agenda
}
