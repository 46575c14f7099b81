import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './lab-page.ts'

test('hunts in the background, waits when told, and opens what it found on the stage', async ({ lab, page }) => {
  await lab.open()
  await page.keyboard.press('Space')
  await page.getByRole('tab', { name: 'Checks' }).click()
  await page.getByRole('button', { name: 'Hunt …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Hunt' })
  await dialog.getByLabel('A mistake on purpose').selectOption('noDeduplication')
  await dialog.getByLabel('Seeds').selectOption('10000')
  await dialog.getByRole('button', { name: 'Hunt' }).click()

  const status = dialog.getByRole('status')
  await expect(status).toHaveText(/^[1-9][\d,]* of 10,000 seeds, [\d.]+ a second, about \d+ (s|min) left$/)
  const found = dialog.locator('[data-monitor="Applied Once"]')
  await expect(found).toContainText(/Seed \d+: \d+ commands?( of \d+)?, \d servers( of \d)?\./)
  const { violations } = await new AxeBuilder({ page }).include('.hunt').analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])

  // It goes on unseen, pauses, and goes on again.
  await page.keyboard.press('Escape')
  await expect(page.locator('.checks-hunt')).toContainText(/A hunt goes on: [\d,]+ of 10,000 seeds, one property broke/)
  await page.getByRole('button', { name: 'Hunt …' }).click()
  await dialog.getByRole('button', { name: 'Pause' }).click()
  await expect(status).toHaveText(/^Paused\. [\d,]+ of 10,000 seeds\.$/)
  const runs = async () => Number((await dialog.getByRole('progressbar').getAttribute('value')) ?? 0)
  await dialog.getByRole('button', { name: 'Go on' }).click()
  const before = await runs()
  await expect.poll(runs).toBeGreaterThan(before + 10)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog.getByRole('button', { name: 'Hunt' })).toBeVisible()

  await found.getByRole('button', { name: 'Open on the stage' }).click()
  await expect(dialog).toHaveCount(0)
  await lab.until('violation of "Applied Once"')
  const { expectations } = await lab.state()
  expect(expectations).toEqual([{ text: 'violation of "Applied Once"', ok: true, at: expect.any(Number) as unknown }])
})
