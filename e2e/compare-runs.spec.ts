import { AxeBuilder } from '@axe-core/playwright'
import { expect, LabPage, test } from './lab-page.ts'

test('two futures stand beside each other on one axis, and the first event at which they differ is marked and said', async ({
  lab,
  page,
}) => {
  await lab.open('?lab=raft')
  await lab.seek(1_500)
  await lab.seek(1_000)
  await lab.dispatch({ type: 'crash', process: 'n3' })
  const here = await lab.seek(1_400)
  const fingerprint = await lab.fingerprint()
  await page.keyboard.press('b')
  await page.getByRole('button', { name: 'Compare with Main' }).click()
  const view = page.getByRole('dialog', { name: 'Compare' })
  await expect(view).toContainText('At 1.000 s in Branch 2: You crashed n3. What comes next in Main, at 1.0')
  // Both stand where they part; a thing that is done at an instant is done in one of them alone.
  const left = view.getByRole('region', { name: 'Branch 2' })
  const right = view.getByRole('region', { name: 'Main' })
  await expect(left.getByRole('list', { name: 'At 1.000 s' })).toContainText('n3, down')
  await expect(right.getByRole('list', { name: 'At 1.000 s' })).not.toContainText('n3, down')

  // One mark over both diagrams, where the axis has that instant; the fault is on one of them.
  await expect(view.locator('[data-diagram="drawn"]')).toHaveCount(2)
  const [mark, fault] = [view.locator('[data-mark="parting"]'), view.locator('[data-mark="crashed"]')]
  await expect(fault).toHaveCount(1)
  const [at, down] = [await mark.boundingBox(), await fault.boundingBox()]
  expect(Math.abs((at?.x ?? 0) - ((down?.x ?? 0) + (down?.width ?? 0) / 2))).toBeLessThan(3)

  // The cursor moves both in step.
  await view.getByRole('slider', { name: 'Moment of both' }).fill('1400000')
  for (const side of [left, right]) await expect(side.getByRole('list', { name: 'At 1.400 s' })).toHaveCount(1)

  // From event to event of either, by keys and by buttons: what happens in one alone is said so.
  await view.getByRole('slider', { name: 'Moment of both' }).fill('999000')
  const words = view.locator('.compare-words')
  const next = view.getByRole('button', { name: 'Next event of either' })
  await next.focus()
  await page.keyboard.press('ArrowRight')
  await expect(words).toHaveText(/^At 1\.000000 s in Branch 2 alone: You crashed n3\. In Main nothing happens then\.$/)
  await expect(left.getByRole('list', { name: 'At 1.000 s' })).toContainText('n3, down')
  await expect(right.getByRole('list', { name: 'At 1.000 s' })).not.toContainText('n3, down')
  await page.keyboard.press('ArrowLeft')
  await expect(words).toHaveText(/ in both: /)
  await expect(left.getByRole('list')).not.toContainText('n3, down')
  await next.click()
  await expect(words).toContainText('in Branch 2 alone')

  // The link opens the two at that very moment, elsewhere, and both must come to what they were.
  await view.getByRole('button', { name: 'Share' }).click()
  const address = await view.getByRole('textbox', { name: 'Link' }).inputValue()
  await view.getByRole('button', { name: 'Close the link' }).click()
  const found = await new AxeBuilder({ page }).include('.compare-view').analyze()
  expect(found.violations.map(({ id }) => id)).toEqual([])

  const other = new LabPage(await page.context().newPage())
  await other.open(new URL(address).hash)
  const there = other.page.getByRole('dialog', { name: 'Compare' })
  await expect(there).toContainText('This is the moment that was shared: the fingerprints of both are the same.')
  await expect(there).toContainText('At 1.000 s in Branch 2: You crashed n3.')
  const crashed = there.getByRole('region', { name: 'Branch 2' }).getByRole('list', { name: 'At 1.000 s' })
  await expect(crashed).toContainText('n3, down')
  await there.getByRole('button', { name: 'Open Main' }).click()
  await expect(there).toBeHidden()
  await other.page.evaluate((hash) => (location.hash = hash), new URL(address).hash.slice(0, -30))
  await expect(other.page.getByRole('alert')).toContainText('This link is damaged')
  expect(other.said).toEqual([])
  await other.page.close()

  // The run of the page stood still; the other one is opened at the instant that was on show.
  await page.keyboard.press('Escape')
  await expect(view).toBeHidden()
  expect((await lab.state()).steps).toBe(here.steps)
  expect(await lab.fingerprint()).toBe(fingerprint)

  await page.keyboard.press('v')
  await view.getByRole('textbox', { name: 'Seed', exact: true }).fill('7')
  await view.getByRole('button', { name: 'Compare with another seed' }).click()
  await expect(view.locator('.compare-found')).toContainText('in Seed 7')
  await view.getByRole('button', { name: 'Compare others…' }).click()
  await view.getByRole('combobox', { name: 'Setting' }).selectOption('Message loss')
  await view.getByRole('textbox', { name: 'Message loss, other value' }).fill('40')
  await view.getByRole('button', { name: 'Compare with one setting' }).click()
  await expect(view.locator('.compare-found')).toContainText('Message loss 40 %')
  await view.getByRole('button', { name: 'Open Message loss 40 %' }).click()
  await expect.poll(async () => (await lab.state()).world).toMatchObject({ network: { loss: 0.4 } })
  expect((await lab.state()).commands).toHaveLength(1)
})
