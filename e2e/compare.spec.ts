import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './lab-page.ts'

test('partitioners stand side by side, by keyboard, of keys from anywhere, and a comparison can be stopped', async ({
  lab,
  page,
}) => {
  test.setTimeout(120_000)
  await lab.open('?lab=ring')
  await page.getByRole('tab', { name: 'Compare' }).click()
  const panel = page.locator('.compare')
  const rows = panel.locator('tbody tr')
  // It opens with three rules, compared already.
  await expect(rows).toHaveCount(3)
  await expect(panel.getByRole('status')).toContainText('100,000 requests on 10 servers, by 3 rules')
  const cell = (rule: string, column: number) => panel.locator('tr', { hasText: rule }).locator('td').nth(column)
  const share = async (rule: string) => Number.parseFloat((await cell(rule, 3).textContent()) ?? '')
  expect(await share('Modulo')).toBeGreaterThan(85)
  expect(await share('Jump')).toBeLessThan(10)
  expect(Number.parseFloat((await cell('Jump', 5).textContent()) ?? '')).toBeGreaterThan(0)
  await expect(panel.locator('figure svg').first().locator('circle')).toHaveCount(30)

  await panel.getByText('10 servers, 128 tokens each').click()
  // What cannot be is refused in a sentence, and the figures stay.
  await panel.getByLabel('Servers').fill('0')
  await panel.getByLabel('Servers').press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'Servers: expected a whole number' })).toBeVisible()
  await expect(rows).toHaveCount(3)

  // Each rule that is ticked is compared; a million keys over all of them are stopped, and what was there stays.
  await panel.getByLabel('Servers').fill('20')
  for (const rule of ['ketama', 'Rendezvous', 'Maglev', 'Ring, bounded loads', 'Redis slots']) {
    await panel.getByLabel(rule, { exact: true }).focus()
    await page.keyboard.press('Space')
  }
  await expect(rows).toHaveCount(8)
  await panel.getByLabel('How many').fill('1000000')
  await panel.getByLabel('How many').press('Enter')
  await panel.getByRole('button', { name: 'Cancel' }).click()
  await expect(panel.locator('progress')).toHaveCount(0)
  await expect(panel.getByRole('status')).toContainText('100,000 requests on 20 servers, by 8 rules')

  // Keys from a file, in UTF-8.
  await panel.getByRole('combobox', { name: 'Keys' }).selectOption('list')
  const text = Array.from({ length: 500 }, (_, i) => `Schlüssel ${i}`).join('\n')
  await panel
    .locator('input[type=file]')
    .setInputFiles({ name: 'keys.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await expect(panel.getByText('500 keys from keys.txt')).toBeVisible()
  await panel.getByRole('button', { name: 'Compare' }).click()
  await expect(rows).toHaveCount(8)
  await expect(panel.getByRole('status')).toContainText('500 requests on 20 servers, by 8 rules')

  // What a rule cannot do is said, and the others do it.
  await panel.getByRole('combobox', { name: 'Who leaves' }).selectOption('middle')
  await panel.getByRole('button', { name: 'Compare' }).click()
  await expect(panel.getByText('jump can only remove its last bucket, n20')).toBeVisible()
  await expect(cell('Jump', 4)).toHaveText('—')

  // Colours on their way from one theme to the other are neither.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const theme of ['paper', 'night']) {
    await page.evaluate((t) => document.documentElement.setAttribute('data-theme', t), theme)
    const found = await new AxeBuilder({ page }).include('.compare').analyze()
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  }
})
