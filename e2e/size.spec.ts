import type { Page } from '@playwright/test'
import { expect, test } from './lab-page.ts'

const SCREENS = [
  { width: 1024, height: 768 },
  { width: 1440, height: 900 },
]

/** The size that letters are painted with, whatever scales them. */
const painted = (page: Page, selector: string): Promise<number> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const size = Number.parseFloat(getComputedStyle(element).fontSize)
      return element instanceof SVGGraphicsElement ? size * (element.getScreenCTM()?.a ?? 1) : size
    })

test('the projector size makes type and marks larger, is remembered, and goes away again by its key', async ({
  lab,
  page,
}) => {
  await lab.open()
  const letters = ['.raft-name', '.clock time', '.labs button', '.happened h2']
  const before = await Promise.all(letters.map((selector) => painted(page, selector)))
  await page.getByRole('button', { name: 'Projector size' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-size', 'projector')
  for (const [i, selector] of letters.entries())
    await expect.poll(() => painted(page, selector)).toBeGreaterThanOrEqual(1.2 * (before[i] as number))
  await page.reload()
  await page.evaluate(() => window.netsplit.ready)
  await expect(page.getByRole('button', { name: 'Projector size' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('l')
  await expect(page.locator('html')).toHaveAttribute('data-size', 'desk')
})

for (const screen of SCREENS) {
  test(`nothing is cut off or overlaps at projector size, ${screen.width} wide`, async ({ lab, page }) => {
    await page.setViewportSize(screen)
    await lab.open('?size=projector')
    await lab.until('there is a leader')
    const overflow = await page.evaluate(() => {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement
      return { x: scrollWidth - clientWidth, y: scrollHeight - clientHeight }
    })
    expect(overflow).toEqual({ x: 0, y: 0 })
    for (const bar of ['.top-bar', '.transport', '.stage-foot']) await expectTidy(page, bar)
    for (const id of ['n1', 'n2', 'n3', 'n4', 'n5']) await expect(lab.server(id)).toBeInViewport({ ratio: 0.99 })
  })
}

test('beside a lesson the rows keep inside at every width, at both sizes', async ({ lab, page }) => {
  await lab.open('?scenario=raft/elections&step=3')
  for (const size of ['desk', 'projector']) {
    await expect(page.locator('html')).toHaveAttribute('data-size', size)
    for (const width of [1024, 1152, 1280, 1366, 1440]) {
      await page.setViewportSize({ width, height: 720 })
      for (const bar of ['.top-bar', '.transport']) await expectTidy(page, bar)
    }
    await page.keyboard.press('l')
  }
})

test('a server is clicked and a link cut where they are seen, at projector size', async ({ lab, page }) => {
  await lab.open('?size=projector')
  await lab.until('there is a leader')
  const leader = await lab.leader()
  await lab.choose(leader, 'Pause')
  await expect(lab.server(leader)).toHaveAttribute('data-status', 'paused')
  const [a, b] = [await lab.place('n1'), await lab.place('n2')]
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  const across = { x: (b.y - a.y) / 8, y: (a.x - b.x) / 8 }
  await page.mouse.move(middle.x - across.x, middle.y - across.y)
  await page.mouse.down()
  await page.mouse.move(middle.x, middle.y, { steps: 4 })
  await page.mouse.move(middle.x + across.x, middle.y + across.y, { steps: 4 })
  await page.mouse.up()
  await expect(page.locator('[data-link="n1>n2"]')).toHaveAttribute('data-cut', 'both')
})

/** What stands in a bar stays inside of it and beside each other. */
async function expectTidy(page: Page, bar: string): Promise<void> {
  const boxes = await page.locator(bar).evaluate((element) => {
    const parts = [...element.querySelectorAll<HTMLElement>('button, select, input, output, time')]
    return [element, ...parts]
      .map((part) => part.getBoundingClientRect())
      .filter(({ width }) => width > 2)
      .map(({ left, right, top, bottom }) => ({ left, right, top, bottom }))
  })
  const [frame, ...parts] = boxes
  if (frame === undefined) throw new Error(`${bar} is not on the page`)
  for (const part of parts) {
    expect(part.left).toBeGreaterThanOrEqual(frame.left - 1)
    expect(part.right).toBeLessThanOrEqual(frame.right + 1)
  }
  parts.forEach((a, i) => {
    for (const b of parts.slice(i + 1)) {
      const meet =
        Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1
      expect(meet, `two parts of ${bar} overlap at ${Math.round(a.left)} and ${Math.round(b.left)}`).toBe(false)
    }
  })
}
