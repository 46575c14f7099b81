import { expect, test } from 'vitest'
import { pageStands, whenStands } from './later.ts'

test('what comes later comes once the page stands, once; what could not be had is tried again', async () => {
  let tries = 0
  const late = whenStands(() => (++tries === 1 ? Promise.reject(new Error('no network')) : Promise.resolve(tries)))
  const first = late()
  expect(tries).toBe(0)
  void pageStands(new Promise(() => undefined))
  await expect(first).rejects.toThrow('no network')
  expect(await late()).toBe(2)
  expect(await late()).toBe(2)
})
