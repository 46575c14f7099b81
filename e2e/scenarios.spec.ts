import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { runScenario } from '../src/index.ts'
import { expect, test } from './lab-page.ts'

const labs = join(import.meta.dirname, '../src/labs')
const all = readdirSync(labs).flatMap((lab) => {
  const folder = join(labs, lab, 'scenarios')
  const files = !existsSync(folder) ? [] : readdirSync(folder).filter((file) => /\.(json|ya?ml)$/.test(file))
  return files.map((file) => ({
    id: `${lab}/${file.replace(/\.\w+$/, '')}`,
    // YAML has JSON in it.
    value: parse(readFileSync(join(folder, file), 'utf8')) as object,
  }))
})

for (const { id, value } of all) {
  test(`${id} has in the page the outcome and the fingerprint that it has in Node @firefox`, async ({ lab }) => {
    const expected = await runScenario(value)
    await lab.open(`?scenario=${id}`)
    const end = await lab.seek(expected.simulatedMs)
    expect(await lab.fingerprint()).toBe(expected.fingerprint)
    expect(end.violations).toHaveLength(expected.violations.length)
    for (const [i, { ok }] of expected.expectations.entries()) {
      const seen = (end.expectations as { ok: boolean | null }[])[i]?.ok
      // What must hold always is open as long as the run goes on.
      expect(seen ?? true).toBe(ok)
    }
  })
}

test('opens a scenario by its name from a test, at its start', async ({ lab, page }) => {
  await lab.open()
  const snapshot = await page.evaluate(() => window.netsplit.open('raft/leader-crash'))
  expect(snapshot).toMatchObject({ lab: 'raft', atMs: 0, playing: false, commands: [] })
})

test('refuses a bad scenario in a sentence, and the run on screen goes on', async ({ lab, page }) => {
  await lab.open()
  const before = await lab.advance(100)
  const error = await page.evaluate(() =>
    window.netsplit
      .open({ format: 1, lab: 'raft', title: 'T', seed: 1, until: '1s', colour: 'red' })
      .catch((e: Error) => e.message),
  )
  expect(error).toContain('colour')
  await expect(page.getByRole('alert')).toContainText('colour')
  expect((await lab.advance(100)).atMs).toBeCloseTo(before.atMs + 100, 0)
})

test('is picked from the list by keyboard', async ({ lab, page }) => {
  await lab.open()
  await page.getByRole('button', { name: /Scenario/ }).focus()
  await page.keyboard.press('Enter')
  await page
    .getByRole('menuitem')
    .or(page.getByRole('menuitemradio'))
    .or(page.getByRole('option'))
    .filter({ hasText: 'Leader isolated' })
    .press('Enter')
  await expect.poll(async () => (await lab.state().catch(() => null))?.seed).toBe(1)
  await lab.until('there is a stale leader')
  await lab.advance(1)
  await expect(page.getByText('Two leaders, two terms')).toBeVisible()
})
