// The browser that the page's figures are taken in, and the server that the page comes from.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { preview, type PreviewServer } from 'vite'
import type { Found } from '../scripts/browser.mjs'
import type { TestApi } from '../src/app/test-api.ts'
import type { Figure } from './figures.ts'

declare global {
  interface Window {
    netsplit: TestApi
  }
}

export const ORIGIN = 'http://localhost:4179'

/** Serves the build in `dist` while something is measured in a browser. */
export async function inBrowser(
  measure: (browser: Browser, server: PreviewServer) => Promise<Figure[]>,
): Promise<Figure[]> {
  const port = Number(new URL(ORIGIN).port)
  const server = await preview({ preview: { port, strictPort: true }, logLevel: 'error' })
  const browser = await launched()
  try {
    return await measure(browser, server)
  } finally {
    await browser.close()
    await server.close()
  }
}

/** A page of its own with a lab on it that is ready; `search` says which, as the address does. */
export async function labPage(browser: Browser, search = ''): Promise<Page> {
  const page = await browser.newPage(DESK)
  await open(page, search)
  return page
}

export const DESK = { viewport: { width: 1440, height: 900 } }

export async function open(page: Page, search = ''): Promise<void> {
  await page.goto(`${ORIGIN}/${search}`)
  await page.waitForFunction(() => 'netsplit' in window)
  await page.evaluate(() => window.netsplit.ready)
}

/** Clients that ask so often a second, half of it reads. */
export async function askAt(page: Page, rate: number): Promise<void> {
  await page.evaluate(
    async (rate) =>
      void (await window.netsplit.dispatch({
        type: 'workload',
        workload: { rate, readShare: 0.5, keys: 3, distribution: 'uniform' },
      })),
    rate,
  )
}

/** Goes to an instant in stretches, each of which the engine executes in time. */
export async function seekTo(page: Page, ms: number, stretches: number): Promise<void> {
  for (let i = 1; i <= stretches; i++)
    await page.evaluate(async (at) => void (await window.netsplit.seek(at)), (i * ms) / stretches)
}

async function launched(): Promise<Browser> {
  const found = await chromiumHere()
  return await chromium.launch({
    ...(found && { executablePath: found.path }),
    args: ['--disable-gpu', '--disable-quic', '--enable-precise-memory-info'],
  })
}

/** Asked of the script as it lies on disk: inside a bundle it would take itself for the command that was called. */
async function chromiumHere(): Promise<Found | undefined> {
  const script = pathToFileURL(join(process.cwd(), 'scripts/browser.mjs')).href
  const { findChromium } = (await import(script)) as { findChromium: () => Promise<Found | undefined> }
  return findChromium()
}
