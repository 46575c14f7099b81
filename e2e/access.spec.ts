import { expect, test } from './lab-page.ts'

test('by keyboard alone: crash the leader, see the next, cut the network, write, heal', async ({ lab, page }) => {
  await lab.open()
  await page.keyboard.press('Space')
  const old = await lab.leader()
  await lab.server(old).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(lab.server(old)).toHaveAttribute('data-status', 'down')
  const { view } = await lab.until('there is a leader')
  const leader = view.leader as string

  await page.keyboard.press('x')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: new RegExp(`isolate ${leader}`, 'i') }).press('Enter')
  const apply = dialog.getByRole('button', { name: /apply|cut/i }).last()
  if (await apply.isVisible()) await apply.press('Enter')
  await expect.poll(async () => ((await lab.state()).world as { cuts: unknown[] }).cuts.length).toBeGreaterThan(0)

  await page.keyboard.press('w')
  await page.keyboard.type('9')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await lab.state()).operations.length).toBe(1)
  await page.keyboard.press('Escape')
  await page.locator('body').press('h')
  await expect.poll(async () => ((await lab.state()).world as { cuts: unknown[] }).cuts.length).toBe(0)
})

test('moves between servers by arrow keys, and returns to the server from its menu', async ({ lab, page }) => {
  await lab.open()
  await lab.server('n1').focus()
  await page.keyboard.press('ArrowRight')
  await expect(lab.server('n2')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(lab.server('n2')).toBeFocused()
})

test('Space plays and pauses after a button was clicked, and presses one that Tab has reached', async ({
  lab,
  page,
}) => {
  await lab.open()
  await page.getByRole('button', { name: 'Read', exact: true }).click()
  await page.keyboard.press('Space')
  await expect.poll(async () => (await lab.state()).playing).toBe(false)
  await expect.poll(async () => (await lab.state()).operations.length).toBe(1)
  await page.getByRole('button', { name: 'Write', exact: true }).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect.poll(async () => (await lab.state()).operations.length).toBe(2)
  expect((await lab.state()).playing).toBe(false)
})

test('a dialog gives the focus back', async ({ lab, page }) => {
  await lab.open()
  await lab.server('n2').focus()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(lab.server('n2')).toBeFocused()
})

test('says in words what happens', async ({ lab, page }) => {
  await lab.open()
  await lab.dispatch({ type: 'crash', process: await lab.leader() })
  await lab.until('there is a leader')
  await expect(
    page
      .locator('[aria-live="polite"]')
      .filter({ hasText: /wins term \d+/ })
      .first(),
  ).toBeAttached()
})

test('on a projector the details stand beside the stage, and cover nothing of it', async ({ lab, page }) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await lab.open()
  await lab.seek(900)
  await page.getByRole('button', { name: 'Details' }).click()
  const side = await page.getByRole('complementary', { name: 'Details' }).boundingBox()
  if (side === null) throw new Error('the details have no place')
  for (const id of ['n1', 'n2', 'n3', 'n4', 'n5']) expect((await lab.place(id)).x).toBeLessThan(side.x)
  await lab.server('n2').click()
  await expect(page.getByRole('menuitem', { name: /^Crash/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Details' }).press('Enter')
  await expect(page.getByRole('complementary', { name: 'Details' })).toBeHidden()
})

test('on a phone nothing in the top bar covers another, and each lab can be opened', async ({ lab, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await lab.open()
  const controls = page.getByRole('banner').locator('button:visible, select:visible')
  const boxes = await Promise.all((await controls.all()).map((control) => control.boundingBox()))
  const edges = boxes.map((box) => ({ from: box?.x ?? 0, to: (box?.x ?? 0) + (box?.width ?? 0) }))
  for (const [i, { from, to }] of edges.entries()) {
    expect(to - from).toBeGreaterThan(28)
    expect(from).toBeGreaterThanOrEqual(edges[i - 1]?.to ?? 0)
  }
  expect(edges.at(-1)?.to).toBeLessThanOrEqual(390)
  await page.getByRole('combobox', { name: 'Lab' }).selectOption('Ping')
  await expect.poll(async () => (await lab.state()).lab).toBe('ping')
})
