import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, type LabPage, test } from './lab-page.ts'
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
  // It is still picked, and the picture is that of those who run: nobody sees through the eyes of one that is down.
  expect(viewOf(await lab.state()).focus).toBeNull()
  await expect(lab.server('g5')).toHaveAttribute('aria-label', 'g5, down, dead to 11')
  await expect(lab.server('g5').getByText('dead to 11')).toBeVisible()
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

test('by click: a rumour starts at the server that is picked, one is paused, a stroke cuts, and loss is set', async ({
  lab,
  page,
}) => {
  await lab.open('?lab=gossip&seed=1&servers=12')
  await lab.choose('g4', 'Start rumour r1 here')
  await expect.poll(async () => viewOf(await lab.state()).rumours[0]?.text).toBe('r1')
  await lab.until('rumour r1 has reached everyone', 5_000)
  // It hears nothing while it stands still, and the others soon know it.
  await lab.choose('g7', 'Pause')
  await expect(lab.server('g7')).toHaveAttribute('data-status', 'paused')
  await lab.until('somebody believes g7 is suspect', 20_000)
  await expect(lab.server('g7')).toHaveAttribute('aria-label', /^g7, paused, .*suspect to \d+/)
  await lab.choose('g7', 'Resume')
  await lab.until('all live servers agree', 30_000)
  expect(viewOf(await lab.state()).totals.refutations).toBeGreaterThan(0)
  // A stroke through the ring cuts the links that it crosses, and both sides begin to doubt each other.
  await strokeBetween(lab, page, ['g3', 'g4'], ['g9', 'g10'])
  const { cuts } = (await lab.state()).world as { cuts: { from: string; to: string }[] }
  expect(cuts).toEqual(
    expect.arrayContaining([
      { from: 'g1', to: 'g6' },
      { from: 'g6', to: 'g1' },
    ]),
  )
  expect(cuts).not.toContainEqual({ from: 'g5', to: 'g8' })
  await lab.until('some live server is believed dead', 30_000)
  await expect(page.getByText(/beliefs are wrong/)).toBeVisible()
  await page.getByRole('button', { name: 'Heal', exact: true }).click()
  await expect.poll(async () => ((await lab.state()).world as { cuts: unknown[] }).cuts).toEqual([])
  await lab.until('all live servers agree', 60_000)
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const loss = page
    .getByRole('dialog', { name: 'Settings' })
    .getByRole('spinbutton', { name: 'Message loss', exact: true })
  await loss.fill('30')
  await loss.press('Enter')
  await expect.poll(async () => (await lab.state()).world).toMatchObject({ network: { loss: 0.3 } })
})

/** Draws a line that passes between the two of each pair. */
async function strokeBetween(lab: LabPage, page: Page, ...pairs: [string, string][]): Promise<void> {
  const [a, b] = (await Promise.all(
    pairs.map(async ([one, other]) => {
      const [p, q] = await Promise.all([lab.place(one), lab.place(other)])
      return { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 }
    }),
  )) as [Point, Point]
  // From outside the ring to outside of it.
  const beyond = (from: Point, to: Point) => ({ x: to.x + (to.x - from.x) * 0.15, y: to.y + (to.y - from.y) * 0.15 })
  const [from, to] = [beyond(b, a), beyond(a, b)]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 6 })
  await page.mouse.move(to.x, to.y, { steps: 6 })
  await page.mouse.up()
  await lab.advance(1)
}

interface Point {
  x: number
  y: number
}

test('a stalled server is wrong about the others: its row, its lane, its suspicions and its health say so', async ({
  lab,
  page,
}) => {
  await lab.open('?scenario=gossip/stalled-server-swim')
  const snapshot = await lab.seek(13_000)
  expect(viewOf(snapshot).wrong?.beliefs).toBeGreaterThan(5)
  await expect(page.getByText(/beliefs are wrong, framed in red/)).toBeVisible()
  await expect(page.getByText('g1 is dead to g5, and alive to the others')).toBeVisible()
  await lab.server('g5').click()
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'Server' }).press('Enter')
  await expect(page.getByText(/left to refute/).first()).toBeVisible()
  await expect(page.getByRole('row', { name: /^g1 dead/ })).toBeVisible()
  await page.getByRole('button', { name: 'Why is g1 dead to g5?' }).press('Enter')
  await expect(page.getByText('Why does g5 believe that g1 is dead?')).toBeVisible()
  await page.keyboard.press('Escape')
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
  // A matrix of a million links would stop the page: one side is named instead, and what is wrong is said.
  await page.getByRole('button', { name: 'Cut the network' }).press('Enter')
  const side = page.getByRole('textbox', { name: 'One side' })
  await side.fill('g1-g5 h6')
  await expect(page.getByText('One side: expected servers, such as g1 or g1-g3, found “h6”.')).toBeVisible()
  expect(await problems(page, '.cut-dialog')).toEqual([])
  await side.fill('g1-g5')
  await side.press('Enter')
  await expect(page.getByText('9,950 one-way links are cut')).toBeVisible()
  await expect(page.getByText('You cut g1, g2, g3, g4, g5 from g6, g7, g8 and 992 more').first()).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  expect(await problems(page, '.gossip-crowd')).toEqual([])
})
