import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import { expect, type LabPage, test } from './lab-page.ts'
import { serveFolder } from './static-server.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

test.use({ serviceWorkers: 'allow' })

/** A script that somebody slipped in does not run, and the browser says why. */
async function expectPolicy(lab: LabPage, page: Page): Promise<void> {
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "slipped in"'
    document.head.append(script)
    return document.title === 'slipped in'
  })
  expect(ran).toBe(false)
  await expect.poll(() => lab.said.splice(0).join()).toMatch(/violates the following .*directive/)
}

test('opens again without a network after the first visit, from a folder under any path @firefox', async ({
  lab,
  page,
  browserName,
}) => {
  // In Firefox a page that is left while code is on its way says so.
  const stands = async () => browserName === 'firefox' && (await page.waitForLoadState('networkidle'))
  const server = await serveFolder(`${root}dist`, '/some/where/deep/')
  await page.goto(`${server.url}?scenario=raft/leader-crash&seed=7`)
  // The page that brought the worker is served by it, too: all is kept by then.
  await page.evaluate(() => window.netsplit.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await stands()
  await server.close()
  await page.goto(`${server.url}?lab=ring`)
  await page.evaluate(() => window.netsplit.ready)
  expect((await lab.state()).lab).toBe('ring')
  await stands()
  await page.reload()
  await page.evaluate(() => window.netsplit.ready)
  await page.evaluate(() => window.netsplit.open('raft/leader-crash', { seed: 7 }))
  await expectPolicy(lab, page)
  await lab.until('there is a leader')
  const offline = await lab.fingerprint()
  await stands()
  await lab.open('')
  await page.evaluate(() => window.netsplit.open('raft/leader-crash', { seed: 7 }))
  await lab.until('there is a leader')
  expect(await lab.fingerprint()).toBe(offline)
})

test('opens from disk as one file, with its workers', async ({ lab, page }) => {
  await page.goto(`${pathToFileURL(`${root}dist-single/netsplit.html`).href}?scenario=raft/leader-crash&seed=7`)
  await page.evaluate(() => window.netsplit.ready)
  expect(page.workers()).toHaveLength(1)
  await lab.until('write succeeded')
  const fromDisk = await lab.fingerprint()
  await page.getByRole('tab', { name: 'Client' }).click()
  await expect(page.getByText('Linearizable', { exact: false }).first()).toBeVisible()
  expect(page.workers()).toHaveLength(2)
  await expectPolicy(lab, page)
  await lab.open('?scenario=raft/leader-crash&seed=7')
  await lab.until('write succeeded')
  expect(await lab.fingerprint()).toBe(fromDisk)
})
