import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, type LabPage, test } from './lab-page.ts'

/** On a quick network, as many writes as the clients get through: 5,000 entries in six seconds. */
const LONG = {
  format: 1,
  lab: 'raft',
  title: 'A long log',
  seed: 1,
  servers: 5,
  setup: {
    network: { latency: { uniform: ['500us', '1ms'] } },
    disk: { sync: '100us' },
    workload: { rate: 1_000, readShare: 0, keys: 20 },
  },
  until: '1min',
}

async function openLong(lab: LabPage, page: Page): Promise<number> {
  await lab.open()
  await page.evaluate((file) => window.netsplit.open(file), LONG)
  const { view } = await lab.seek(6_500)
  expect(view.lastIndex).toBeGreaterThan(5_000)
  return view.lastIndex
}

const logs = (page: Page) => page.getByRole('region', { name: 'Replicated log' })
/** The indexes on screen. */
const shown = async (page: Page) => (await logs(page).getByRole('columnheader').allTextContents()).map(Number)

test('of 5,000 entries those on screen are drawn, and sent, and no more', async ({ lab, page }) => {
  test.slow()
  const last = await openLong(lab, page)
  const columns = await shown(page)
  expect(columns.at(-1)).toBe(last)
  expect(columns.length).toBeLessThan(12)
  const cells = await page.locator('[data-entry]').count()
  expect(cells).toBeGreaterThan(columns.length)
  expect(cells).toBeLessThanOrEqual(5 * columns.length)
  const { view } = await lab.state()
  for (const { entries } of view.servers) expect(entries.length).toBeLessThanOrEqual(columns.length)
  for (const cell of await page.locator('[data-entry] > span').all())
    expect(await cell.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0)
  await expect(logs(page)).toContainText(`of ${last.toLocaleString('en')}`)
})

test('a long log is gone through by wheel, by keys, and in one jump to its ends and its commit', async ({
  lab,
  page,
}) => {
  test.slow()
  const last = await openLong(lab, page)
  const count = (await shown(page)).length
  const begin = async () => (await shown(page))[0]
  const place = logs(page).getByRole('slider', { name: 'First entry on screen' })

  await logs(page).getByRole('button', { name: 'first', exact: true }).click()
  await expect.poll(begin).toBe(1)
  await expect(page.locator('[data-entry="n1:1"]')).toContainText('no-op')

  await page.locator('[data-entry="n3:2"]').hover()
  await page.mouse.wheel(0, 120)
  await expect.poll(begin).toBe(4)
  await page.mouse.wheel(80, 0)
  await expect.poll(begin).toBe(6)
  await page.mouse.wheel(0, -4_000)
  await expect.poll(begin).toBe(1)

  await place.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(begin).toBe(2)
  await page.keyboard.press('PageUp')
  await expect.poll(begin).toBe(2 + count - 1)
  await expect(place).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`^entries ${count + 1} to .* of ${last.toLocaleString('en')}$`),
  )
  await page.keyboard.press('End')
  await expect.poll(begin).toBe(last - count + 1)
  await page.keyboard.press('Home')
  await expect.poll(begin).toBe(1)

  await logs(page).getByRole('button', { name: 'commit', exact: true }).click()
  const commit = Math.max(...(await lab.state()).view.servers.map(({ commitIndex }) => commitIndex))
  await expect.poll(() => shown(page)).toContain(commit)
  await logs(page).getByRole('button', { name: 'last', exact: true }).click()
  await expect.poll(async () => (await shown(page)).at(-1)).toBe(last)
  expect((await lab.state()).atMs).toBe(6_500)
  const { violations } = await new AxeBuilder({ page }).include('.raft-logs').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
})

test('the end of a log is followed while it grows; a place in the middle stays', async ({ lab, page }) => {
  test.slow()
  const last = await openLong(lab, page)
  const { view } = await lab.advance(200)
  expect(view.lastIndex).toBeGreaterThan(last)
  await expect.poll(async () => (await shown(page)).at(-1)).toBe(view.lastIndex)
  await logs(page).getByRole('button', { name: 'first', exact: true }).click()
  await expect.poll(async () => (await shown(page))[0]).toBe(1)
  await lab.advance(200)
  expect((await shown(page))[0]).toBe(1)
})
