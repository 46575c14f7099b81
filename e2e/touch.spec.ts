import type { Locator } from '@playwright/test'
import { expect, test } from './lab-page.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

test('on a phone everything that a gesture does has a button, too', async ({ lab, page }) => {
  await lab.open('?lab=raft')
  await lab.seek(2_000)

  // The diagram: less and more of the run, along it, and back.
  const zoom = page.getByRole('group', { name: 'Time shown in the diagram' })
  const shown = zoom.locator('output')
  const span = await shown.textContent()
  await zoom.getByRole('button', { name: 'Show less time' }).tap()
  await expect(shown).not.toHaveText(span ?? '')
  await zoom.getByRole('button', { name: 'Show what was before' }).tap()
  await zoom.getByRole('button', { name: 'Show what was before' }).tap()
  await zoom.getByRole('button', { name: 'Follow' }).tap()
  await expect(shown).toBeVisible()
  await zoom.getByRole('button', { name: 'Show the whole run' }).tap()
  await expect(zoom.getByRole('button', { name: 'Show the whole run' })).toHaveAttribute('aria-disabled', 'true')

  // A drag that ends in a fling, and at once a tap on Play.
  const play = page.getByRole('button', { name: 'Play', exact: true })
  for (let i = 0; i < 3; i++) {
    await drag(page.locator('.lane-diagram'), 0.8, 0.3)
    await play.tap()
    await page.getByRole('button', { name: 'Pause', exact: true }).tap()
    await expect(play).toBeVisible()
  }

  // Held messages: everything is in the menu that a tap opens.
  await page.getByRole('button', { name: 'Hold messages' }).tap()
  await lab.advance(200)
  const hand = page.getByRole('dialog', { name: 'Messages in hand' })
  const waiting = async () => await hand.locator('[data-chip]').count()
  const before = await waiting()
  expect(before).toBeGreaterThan(1)
  const choose = async (item: string) => {
    await hand.locator('[data-chip]').first().tap()
    await hand.getByRole('menuitem', { name: item }).tap()
  }
  await choose('Duplicate')
  await expect.poll(waiting).toBe(before + 1)
  await choose('Drop')
  await expect.poll(waiting).toBe(before)
  const first = await hand.locator('[data-chip]').first().getAttribute('data-chip')
  await choose('Deliver now')
  await expect(hand.locator(`[data-chip="${first}"]`)).toHaveCount(0)
  await choose('Let it in 10 ms')
  await expect.poll(async () => (await lab.state()).commands.length).toBe(5)
  // Another order: in a tray in which two wait.
  await lab.advance(200)
  const two = hand
    .locator('.hand-tray')
    .filter({ hasText: /[2-9] wait/ })
    .first()
  const order = () => two.locator('[data-chip]').evaluateAll((all) => all.map((one) => one.getAttribute('data-chip')))
  const [a, b] = await order()
  await two.locator('[data-chip]').first().tap()
  await hand.getByRole('menuitem', { name: 'Later' }).tap()
  await expect.poll(async () => (await order()).slice(0, 2)).toEqual([b, a])
  await page.keyboard.press('Escape')

  // The axis of what clients asked is dragged like the diagram, and Play hears the next tap.
  await lab.dispatch({ type: 'workload', workload: { rate: 25, readShare: 0.5, keys: 3, distribution: 'uniform' } })
  await lab.advance(500)
  await page.getByRole('button', { name: 'Details' }).tap()
  await page.getByRole('tab', { name: 'Client' }).tap()
  const axis = page.locator('.history-axis')
  await axis.scrollIntoViewIfNeeded()
  for (let i = 0; i < 3; i++) {
    await drag(axis, 0.6, 0.3)
    await play.tap()
    await page.getByRole('button', { name: 'Pause', exact: true }).tap()
    await expect(play).toBeVisible()
  }
})

/** As fast as a finger that does not stop: the browser would make a fling of it. */
async function drag(target: Locator, from: number, to: number): Promise<void> {
  const box = await target.boundingBox()
  if (box === null) throw new Error('it is not on the page')
  const page = target.page()
  const session = await page.context().newCDPSession(page)
  const at = (share: number) => [{ x: box.x + share * box.width, y: box.y + box.height / 2 }]
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(from) })
  for (let i = 1; i <= 6; i++)
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(from + ((to - from) * i) / 6) })
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await session.detach()
}
