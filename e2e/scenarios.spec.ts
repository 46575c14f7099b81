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

/** So many are opened one after the other on one page, which spares its loading; two pages run side by side. */
const AT_ONCE = 12
const rounds = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, i) =>
  all.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
)

for (const [i, round] of rounds.entries()) {
  const names = `${round[0]?.id} to ${round.at(-1)?.id}`
  test(`scenarios have in the page the outcome and the fingerprint that they have in Node, ${names} @firefox`, async ({
    lab,
    page,
  }) => {
    test.setTimeout(120_000)
    // The first comes by the address, as from a link; the others as a test opens them.
    await lab.open(i === 0 ? `?scenario=${round[0]?.id}` : '')
    for (const { id, value } of round) {
      await test.step(id, async () => {
        const expected = await runScenario(value)
        if (id !== all[0]?.id) await page.evaluate((name) => window.netsplit.open(name), id)
        const end = await lab.seek(expected.simulatedMs)
        const fingerprint = await lab.fingerprint()
        // What must hold always is open as long as the run goes on.
        const seen = (end.expectations as { ok: boolean | null }[]).map(
          ({ ok }, k) => ok ?? expected.expectations[k]?.ok,
        )
        expect({ id, fingerprint, violations: end.violations.length, seen }).toEqual({
          id,
          fingerprint: expected.fingerprint,
          violations: expected.violations.length,
          seen: expected.expectations.map(({ ok }) => ok),
        })
      })
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
  await expect.poll(async () => (await lab.state()).seed).toBe(1)
  await lab.until('there is a stale leader')
  await lab.advance(1)
  await expect(page.getByText('Two leaders, two terms')).toBeVisible()
})
