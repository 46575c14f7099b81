import { expect, test } from './lab-page.ts'

test('a run is there again after a reload, and among the last ones on a fresh page', async ({ lab, page }) => {
  await lab.open('?lab=raft')
  await lab.seek(900)
  const crashed = await lab.dispatch({ type: 'crash', process: 'n1' })
  const fingerprint = await lab.fingerprint()
  await expect.poll(() => page.evaluate(() => localStorage.getItem('netsplit.runs') ?? '')).toContain('"commands":1')

  await page.reload()
  await page.waitForFunction(() => 'netsplit' in window)
  await page.evaluate(() => window.netsplit.ready)
  await expect(page.getByText('The run is back where it was, at 0.900 s.')).toBeVisible()
  const back = await lab.state()
  expect([back.commands, back.steps, back.playing]).toEqual([crashed.commands, crashed.steps, false])
  expect(await lab.fingerprint()).toBe(fingerprint)

  await lab.open('?lab=ping')
  expect((await lab.state()).commands).toEqual([])
  await page.getByRole('button', { name: /^Scenario/ }).click()
  await page.getByRole('menuitem', { name: /Last runs/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Last runs' })
  await expect(dialog).toContainText('At 0.900 s, one thing done.')
  await dialog.getByRole('button', { name: /^Open raft/ }).click()
  await expect(page.getByText('The run is back where it was, at 0.900 s.')).toBeVisible()
  expect((await lab.state()).lab).toBe('raft')
  expect(await lab.fingerprint()).toBe(fingerprint)
})
