import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './lab-page.ts'
import type { GossipView } from '../src/labs/gossip/observe.ts'

/** What axe finds in a part of the page. */
async function problems(page: Page, part: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

const viewOf = (snapshot: { view: unknown }): GossipView => snapshot.view as GossipView

test('a crash, a rumour and a leave, by mouse and by keyboard, and what the others make of them', async ({
  lab,
  page,
}) => {
  await lab.open('?lab=gossip&seed=1')
  await lab.choose('g5', /^Crash/)
  await lab.until('everyone believes g5 is dead', 40_000)
  await expect(page.getByText(/All 11 others believe that g5 is dead/).first()).toBeVisible()
  await expect(page.getByText(/All \d+ beliefs are true/)).toBeVisible()
  await page.getByRole('button', { name: /Start a rumour/ }).press('Enter')
  await lab.until('rumour r1 has reached everyone', 5_000)
  await page.getByRole('tab', { name: 'Spread' }).press('Enter')
  await expect(page.getByText(/^All 11 within/).first()).toBeVisible()
  await lab.choose('g2', 'Leave')
  await lab.until('g1 believes g2 is left', 5_000)
  const metrics = page.getByRole('tab', { name: 'Metrics' })
  await metrics.press('Enter')
  await expect(page.getByRole('region', { name: 'From a crash until all believe it dead' })).toContainText('of 1')
})

test('a stalled server is wrong about the others: its row, its lane, its suspicions and its health say so', async ({
  lab,
  page,
}) => {
  await lab.open('?scenario=gossip/stalled-server-swim')
  const snapshot = await lab.seek(13_000)
  expect(viewOf(snapshot).wrong?.beliefs).toBeGreaterThan(5)
  await expect(page.getByText(/beliefs are wrong, in red frames/)).toBeVisible()
  await expect(page.getByText('g1 is dead to g5, and alive to the others')).toBeVisible()
  await lab.server('g5').click()
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'Server' }).press('Enter')
  await expect(page.getByText(/left to refute/).first()).toBeVisible()
  await expect(page.getByRole('row', { name: /^g1 dead/ })).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await problems(page, '[role=tabpanel]')).toEqual([])
  }
})

test('a crowd is a canvas that keys walk over; who is doubted is named, and nothing is wider than a phone', async ({
  lab,
  page,
}) => {
  await lab.open('?scenario=gossip/slow-member-in-a-thousand')
  await lab.seek(6_500)
  await expect(page.getByRole('row', { name: /^g77 member suspect to 999 of 999/ })).toBeVisible()
  const crowd = page.getByRole('application', { name: /^1000 servers/ })
  await crowd.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => viewOf(await lab.state()).focus).toBe('g1')
  await expect(page.getByText(/^g1, member/)).toBeVisible()
  await expect(page.locator('.lane-diagram').getByText('999 more')).toBeVisible()
  await expect(page.locator('[data-lane="g1"] path').first()).toBeAttached()
  await expect(page.locator('.lane-counts')).toHaveAttribute('data-most', /^\d{2,}$/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: /^Crash/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  expect(await problems(page, '.gossip-crowd')).toEqual([])
})
