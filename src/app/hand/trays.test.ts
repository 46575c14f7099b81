import { expect, test } from 'vitest'
import type { Flying, ProcessView, WorldView } from '../../lab/world-view.ts'
import { moved, nextArrival, onMessage, oneRound, putBefore, traysOf } from './trays.ts'

const process = (id: string, status: ProcessView['status'] = 'up', beside: string | null = null): ProcessView => ({
  id,
  role: 'server',
  beside,
  status,
  timers: [],
  unsynced: 0,
})
const flying = (id: string, to: string, turn: number | null, endsAt = Number.POSITIVE_INFINITY): Flying => ({
  id,
  from: 'n1',
  to,
  type: 'Ask',
  label: 'ask',
  hue: null,
  bytes: 1,
  sentAt: 0,
  arrivesAt: 10,
  endsAt,
  held: turn !== null,
  turn,
})
const world = (flights: Flying[]): WorldView =>
  ({ processes: [process('c1', 'up', 'n2'), process('n2'), process('n3', 'down')], flights }) as unknown as WorldView

const trays = traysOf(
  world([
    flying('a', 'n2', 3),
    flying('b', 'n2', 1),
    flying('c', 'n3', 0),
    flying('d', 'n2', null, 40),
    flying('e', 'c1', 2),
  ]),
)

test('what waits is listed by receiver, in the order in which it would be let in', () => {
  expect(trays.map(({ receiver, waiting }) => [receiver, waiting.map(({ id }) => id)])).toEqual([
    ['n2', ['b', 'a']],
    ['n3', ['c']],
    ['c1', ['e']],
  ])
  expect(trays.map(({ closed }) => closed)).toEqual([null, 'n3 is down', null])
})

test('a round delivers the first of each open tray', () => {
  expect(oneRound(trays)).toEqual([onMessage('b', 'deliver'), onMessage('e', 'deliver')])
})

test('a message moves by a place, or to that of another, within its tray', () => {
  const tray = traysOf(world([flying('a', 'n2', 0), flying('b', 'n2', 1), flying('c', 'n2', 2)]))[0]
  if (tray === undefined) throw new Error('there is no tray')
  expect(moved(tray, 'c', -1)).toEqual(onMessage('c', { before: 'b' }))
  expect(moved(tray, 'a', 1)).toEqual(onMessage('a', { before: 'c' }))
  expect(moved(tray, 'b', 1)).toEqual(onMessage('b', { before: null }))
  expect([moved(tray, 'a', -1), moved(tray, 'c', 1)]).toEqual([null, null])
  expect(putBefore(tray, 'c', 'a')).toEqual(onMessage('c', { before: 'a' }))
  expect([putBefore(tray, 'a', 'b'), putBefore(tray, 'c', null), putBefore(tray, 'a', 'a')]).toEqual([null, null, null])
})

test('the next arrival is the first end of those under way', () => {
  const some = world([flying('a', 'n2', 0), flying('b', 'n2', null, 40), flying('c', 'n2', null, 30)])
  expect(nextArrival(some, 20)).toBe(30)
  expect(nextArrival(some, 40)).toBeNull()
})
