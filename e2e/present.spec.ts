import { expect, test } from './lab-page.ts'

test('presenting hides the controls, takes a clicker’s keys wherever the focus is, and notes in a second window follow', async ({
  lab,
  page,
  context,
}) => {
  await page.setViewportSize({ width: 1024, height: 768 })
  await lab.open('?scenario=raft/replication')
  const shell = page.locator('.shell')
  const lesson = page.getByRole('region', { name: 'Lesson' })
  await expect(lesson.getByText('Step 1 of 7')).toBeVisible()
  await page.keyboard.press('f')
  await expect(shell).toHaveAttribute('data-presenting', '')
  await expect(page.locator('html')).toHaveAttribute('data-size', 'projector')
  await expect(shell).not.toHaveAttribute('data-awake', '')
  await expect(page.locator('.transport')).toHaveCSS('pointer-events', 'none')
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)

  const notes = await context.newPage()
  await notes.goto('/?notes')
  await expect(notes.getByRole('heading', { name: 'A log on every server' })).toBeVisible()
  await expect(notes.getByText('Next: The first entry does nothing')).toBeVisible()

  // The clicker, with the focus on a button that has a use of its own for some keys.
  await page.bringToFront()
  await lesson.getByRole('button', { name: 'Let n1 campaign' }).focus()
  await page.keyboard.press('PageDown')
  await expect.poll(async () => (await lab.state()).playing).toBe(true)
  await page.keyboard.press('PageDown')
  await expect(lesson.getByText('Step 2 of 7')).toBeVisible()
  await expect(notes.getByText('Step 2 of 7')).toBeVisible()
  await page.keyboard.press('b')
  await expect(page.getByRole('button', { name: /The screen is dark/ })).toBeVisible()
  await expect(notes.getByRole('button', { name: 'Dark' })).toHaveAttribute('aria-pressed', 'true')
  await notes.getByRole('button', { name: 'Dark' }).click()
  await expect(page.getByRole('button', { name: /The screen is dark/ })).toBeHidden()

  // From the other window, and back.
  await notes.getByRole('button', { name: 'Back' }).click()
  await expect(lesson.getByText('Step 1 of 7')).toBeVisible()
  await page.bringToFront()

  // A press in the moment when the step has come by itself was meant to skip what played: it goes no further.
  await page.evaluate(pressAsItComes, 'Step 2 of 7')
  await expect(lesson.getByText('Step 2 of 7')).toBeVisible()
  expect((await lab.state()).playing).toBe(false)
  await page.keyboard.press('PageDown')
  await expect.poll(async () => (await lab.state()).playing).toBe(true)
  await page.keyboard.press('Escape')
  await expect(shell).not.toHaveAttribute('data-presenting', '')
  await expect(page.locator('html')).toHaveAttribute('data-size', 'desk')
})

/** Runs in the page: goes on with the clicker, and presses it once more as soon as the next step is there. */
async function pressAsItComes(next: string): Promise<void> {
  const press = () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true }))
  const picture = () => new Promise((done) => requestAnimationFrame(done))
  const count = document.querySelector('.lesson-count')
  press()
  while (count?.textContent?.includes(next) !== true) await picture()
  press()
  for (let i = 0; i < 5; i++) await picture()
}
