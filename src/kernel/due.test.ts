import { expect, it } from 'vitest'
import { isTimer, lifeOf, processOf, timerDue, timerOf } from './due.ts'

it('says of a timer which it is, as a number or as an object', () => {
  const names = ['probe', ...Array.from({ length: 40 }, (_, i) => `relay ${i}`)]
  const dues = names.flatMap((name) =>
    [0, 5, 131_071, 131_072, 999_999].flatMap((process) =>
      [1, 511, 512, 90_000].map((life) => [timerDue(process, name, life), process, name, life] as const),
    ),
  )
  expect(dues.every(([due]) => isTimer(due))).toBe(true)
  expect(dues.map(([due]) => [processOf(due), timerOf(due), lifeOf(due)])).toEqual(dues.map(([, ...said]) => said))
  const numbers = dues.filter(([due]) => typeof due === 'number').map(([due]) => due as number)
  expect(numbers.every((due) => due >= 0 && due < 2 ** 30)).toBe(true)
  expect(new Set(numbers).size).toBe(numbers.length)
  // More names, processes and lives than have room: the rest are objects.
  expect(numbers.length).toBeLessThan(dues.length)
})
