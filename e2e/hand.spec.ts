import type { Locator, Page } from '@playwright/test'
import { expect, test } from './lab-page.ts'

const chips = (page: Page, receiver: string): Locator =>
  page.getByRole('region', { name: `Waiting at ${receiver}` }).locator('[data-chip]')
const ids = (some: Locator): Promise<(string | null)[]> =>
  some.evaluateAll((list) => list.map((chip) => chip.getAttribute('data-chip')))

test('held messages are let in, put in another order and dropped, by drag and by keys; each is a command', async ({
  lab,
  page,
}) => {
  await lab.open()
  await lab.seek(1_500)
  const leader = await lab.leader()
  await page.getByRole('button', { name: 'Hold messages' }).first().click()
  const panel = page.getByRole('dialog', { name: 'Messages in hand' })
  await expect(panel).toBeVisible()
  await lab.advance(400)
  const receiver = leader === 'n2' ? 'n3' : 'n2'
  await expect(chips(page, receiver)).not.toHaveCount(0)
  const before = await ids(chips(page, receiver))
  expect(before.length).toBeGreaterThan(3)

  // By keys: to another place, and back by undo.
  await chips(page, receiver).first().focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(() => ids(chips(page, receiver))).toEqual([before[1], before[0], ...before.slice(2)])
  await page.keyboard.press('Control+z')
  await expect.poll(() => ids(chips(page, receiver))).toEqual(before)

  // By drag: the third before the first, the first onto its server, which lets it in.
  const box = async (one: Locator) => (await one.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const carry = async (chip: Locator, x: number, y: number) => {
    const from = await box(chip)
    await page.mouse.move(from.x + 40, from.y + from.height / 2)
    await page.mouse.down()
    await page.mouse.move(x, y, { steps: 4 })
    await page.mouse.up()
  }
  await chips(page, receiver).nth(2).scrollIntoViewIfNeeded()
  const top = await box(chips(page, receiver).first())
  await carry(chips(page, receiver).nth(2), top.x + 40, top.y + 3)
  const [first, second, third] = before
  await expect.poll(() => ids(chips(page, receiver))).toEqual([third, first, second, ...before.slice(3)])
  const place = await lab.place(receiver)
  await carry(chips(page, receiver).first(), place.x, place.y)
  await expect(chips(page, receiver)).toHaveCount(before.length - 1)

  // Delete drops; the menu says what cannot be done, and why.
  await chips(page, receiver).first().press('Delete')
  await expect(chips(page, receiver)).toHaveCount(before.length - 2)
  const { commands } = await lab.state()
  expect(commands.slice(-3)).toMatchObject([
    { command: { type: 'message', id: third, do: { before: first } } },
    { command: { type: 'message', id: third, do: 'deliver' } },
    { command: { type: 'message', id: first, do: 'drop' } },
  ])
  const fire = panel.getByRole('button', { name: `Let the election timer of ${receiver} expire now` })
  await fire.click()
  await expect
    .poll(async () => (await lab.state()).view.servers.find(({ id }) => id === receiver)?.role)
    .toMatch(/candidate/i)
  await lab.dispatch({ type: 'pause', process: receiver })
  const deliver = panel.getByRole('button', { name: `Deliver all that waits at ${receiver}` })
  await expect(deliver).toHaveAttribute('aria-disabled', 'true')
  await expect(deliver).toHaveAccessibleDescription(`${receiver} is paused`)
})
