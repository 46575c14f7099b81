import { expect, test } from './lab-page.ts'

test('steps one event forward and back to the same moment', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(600)
  const before = await lab.fingerprint()
  const { steps } = await lab.state()
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await lab.state()).steps).toBe(steps + 1)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await lab.state()).steps).toBe(steps)
  expect(await lab.fingerprint()).toBe(before)
})

test('shows, wound back and forth, the moments of a run that went straight', async ({ lab }) => {
  await lab.open()
  const instants = [900, 1_500, 2_400, 3_000]
  const straight: string[] = []
  for (const at of instants) {
    await lab.seek(at)
    straight.push(await lab.fingerprint())
  }
  for (const i of [3, 0, 2, 1, 3, 1, 0]) {
    await lab.seek(instants[i] as number)
    expect(await lab.fingerprint()).toBe(straight[i])
  }
})

test('plays, pauses and plays faster by key', async ({ lab, page }) => {
  await lab.open()
  await page.keyboard.press('Space')
  expect((await lab.state()).playing).toBe(false)
  const { atMs } = await lab.state()
  await page.keyboard.press('Space')
  await expect.poll(async () => (await lab.state()).atMs).toBeGreaterThan(atMs)
})

test('runs as fast as it goes, and can be stopped', async ({ lab, page }) => {
  await lab.open()
  await page.getByRole('button', { name: /max/i }).click()
  await expect.poll(async () => (await lab.state()).atMs).toBeGreaterThan(20_000)
  await page.keyboard.press('Space')
  const { atMs } = await lab.state()
  expect((await lab.advance(10)).atMs).toBeGreaterThanOrEqual(atMs)
})

test('takes back the last command', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(700)
  await lab.dispatch({ type: 'crash', process: 'n2' })
  await lab.advance(200)
  await page.getByRole('button', { name: /undo/i }).first().click()
  await expect(lab.server('n2')).toHaveAttribute('data-status', 'up')
  expect((await lab.state()).commands).toEqual([])
})

test('waits for a condition, and says when it does not come', async ({ lab, page }) => {
  await lab.open()
  await lab.until('entry 1 is committed')
  const error = await page.evaluate(() =>
    window.netsplit.runUntil('n1 is down', { limitMs: 500 }).catch((e: Error) => e.message),
  )
  expect(error).toContain('did not come true within 500 ms')
})
