import { expect, test } from './lab-page.ts'

test('acting in the past keeps the future as a branch: switched to, named, deleted; undo and redo', async ({
  lab,
  page,
}) => {
  await lab.open('?lab=raft')
  await lab.seek(700)
  await lab.dispatch({ type: 'crash', process: 'n1' })
  await lab.seek(2_000)
  const main = await lab.fingerprint()
  await lab.seek(1_000)
  await lab.dispatch({ type: 'crash', process: 'n2' })
  await expect(page.getByRole('button', { name: /Branch 2/ })).toBeVisible()
  await lab.seek(2_000)
  const other = await lab.fingerprint()
  expect(other).not.toBe(main)

  await page.keyboard.press('b')
  const dialog = page.getByRole('dialog', { name: 'Branches' })
  await expect(dialog).toContainText('Parts at 1.000 s; then nothing was done')
  await dialog.getByRole('textbox', { name: 'Name of Main' }).fill('n2 stays up')
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Go to n2 stays up' }).click()
  await expect(page.getByRole('button', { name: /n2 stays up/ })).toBeVisible()
  await expect.poll(() => lab.fingerprint()).toBe(main)
  expect((await lab.state()).commands).toHaveLength(1)

  // The rail on the strip goes back.
  await page.locator('.run-strip-rail-other').click()
  await expect.poll(() => lab.fingerprint()).toBe(other)
  await page.keyboard.press('b')
  await expect(dialog).toContainText('Parts at 1.000 s')
  await dialog.getByRole('button', { name: 'Delete n2 stays up' }).click()
  await expect(dialog).toContainText('There is one future so far')
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await lab.state()).commands).toHaveLength(1)
  await page.getByRole('button', { name: 'redo' }).click()
  await expect.poll(async () => (await lab.state()).commands).toHaveLength(2)
  expect((await lab.seek(2_000)).atMs).toBe(2_000)
  expect(await lab.fingerprint()).toBe(other)
})
