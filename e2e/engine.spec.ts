import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Random, stream } from '../src/base/random.ts'
import { runScenario } from '../src/index.ts'
import type { Page } from '@playwright/test'
import { LabPage, expect, test } from './lab-page.ts'

const isolated = JSON.parse(
  readFileSync(join(import.meta.dirname, '../src/labs/raft/scenarios/leader-isolated.json'), 'utf8'),
) as object

/** Keeps hold of the page's workers, so that a test can end one. */
async function holdWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const workers: Worker[] = []
    const Plain = window.Worker
    window.Worker = class extends Plain {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        workers.push(this)
      }
    }
    Object.assign(window, { heldWorkers: workers })
  })
}

/** Ends the page's engine: with an error, as a crash would, or without a word. */
async function endWorker(page: Page, how: 'error' | 'silence'): Promise<void> {
  await page.evaluate((way) => {
    const worker = (window as unknown as { heldWorkers: Worker[] }).heldWorkers.at(-1)
    worker?.terminate()
    if (way === 'error') worker?.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }))
  }, how)
}

test('comes back at its moment when its worker falls silent', async ({ lab, page }) => {
  await holdWorkers(page)
  await lab.open()
  await lab.seek(1_000)
  const before = await lab.fingerprint()
  await endWorker(page, 'silence')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('alert')).toContainText('The engine stopped', { timeout: 10_000 })
  await lab.seek(1_000)
  expect(await lab.fingerprint()).toBe(before)
})

test('comes back at its moment, and says so, when its worker dies', async ({ lab, page }) => {
  await holdWorkers(page)
  await lab.open()
  await lab.seek(1_000)
  await lab.dispatch({ type: 'crash', process: 'n1' })
  await lab.advance(500)
  const before = await lab.fingerprint()
  await endWorker(page, 'error')
  await expect(page.getByRole('alert')).toContainText('The engine stopped')
  await expect.poll(async () => (await lab.state()).atMs).toBeCloseTo(1_500, 0)
  expect(await lab.fingerprint()).toBe(before)
})

test('gives the same fingerprint on a page where no worker can start', async ({ browser }) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.addInitScript(() => {
    const refuse = (): never => {
      throw new Error('no workers here')
    }
    Object.defineProperty(window, 'Worker', { value: refuse })
  })
  const lab = new LabPage(page)
  await lab.open('?scenario=raft/leader-isolated')
  const expected = await runScenario(isolated)
  await lab.seek(expected.simulatedMs)
  expect(await lab.fingerprint()).toBe(expected.fingerprint)
  expect(lab.said).toEqual([])
  await context.close()
})

test('fetches nothing from anywhere but its own address', async ({ lab, page }) => {
  const foreign: string[] = []
  page.on('request', (request) => {
    if (
      !request.url().startsWith('http://localhost') &&
      !request.url().startsWith('data:') &&
      !request.url().startsWith('blob:')
    )
      foreign.push(request.url())
  })
  await lab.open()
  await lab.advance(2_000)
  expect(foreign).toEqual([])
})

test('comes back a hundred times when its worker is ended at a hundred random moments', async ({ lab, page }) => {
  test.setTimeout(120_000)
  await holdWorkers(page)
  await lab.open('?seed=11')
  const random = new Random(stream(11, 'kills'))
  for (let i = 0; i < 100; i++) {
    const at = Math.round(random.int(4_000))
    await lab.seek(at)
    const before = await lab.fingerprint()
    await endWorker(page, 'error')
    // Not a word of the moment: it is the one where the page stands by itself.
    expect((await lab.advance(0)).atMs).toBeCloseTo(at, 0)
    expect(await lab.fingerprint(), `after death ${i} at ${at} ms`).toBe(before)
  }
})
