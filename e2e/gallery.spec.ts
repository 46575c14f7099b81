import { expect, test } from './lab-page.ts'

test('the gallery shows everything with a picture of its run, filters by topic and lab, and opens what is chosen', async ({
  lab,
  page,
}) => {
  await lab.open()
  expect((await lab.state()).lab).toBe('raft')
  await page.keyboard.press('g')
  const gallery = page.getByRole('dialog', { name: 'Gallery' })
  const cards = gallery.getByRole('listitem')
  await expect(gallery.getByRole('region', { name: 'Lessons' }).getByRole('listitem')).toHaveCount(8)
  const count = await cards.count()
  expect(await gallery.locator('.thumbnail').count()).toBe(count)
  const topic = gallery.getByRole('button', { name: 'quorums', exact: true })
  await topic.click()
  await expect(topic).toHaveAttribute('aria-pressed', 'true')
  const few = await cards.count()
  expect(few).toBeGreaterThan(3)
  expect(few).toBeLessThan(count / 2)
  await gallery.getByRole('button', { name: 'Raft', exact: true }).click()
  await expect(gallery.getByText('Nothing of this lab is about that.')).toBeVisible()
  await gallery.getByRole('button', { name: 'All labs' }).click()
  await gallery.getByRole('button', { name: /Lesson 8/ }).press('Enter')
  await expect(gallery).toBeHidden()
  await expect(page.getByRole('region', { name: 'Lesson' }).getByText('Step 1 of 8')).toBeVisible()
  await expect.poll(async () => (await lab.state()).lab).toBe('ring')
})
