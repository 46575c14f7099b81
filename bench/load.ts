// What the first load of the page costs.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from '@playwright/test'
import type { PreviewServer } from 'vite'
import { DESK, open } from './browser.ts'
import type { Figure } from './figures.ts'

declare global {
  interface Window {
    readyAt?: number
    blocked?: number
  }
}

/** By then all that a fresh page loads has come. */
const SETTLE_MS = 3_000

/**
 * Script that was asked for before the lab was interactive, and what came after it unasked, compressed as a server would
 * send it; when the largest thing was painted; how long the page was deaf. Counted where it is sent from, so that what a
 * worker loads counts, and what a browser has already counts once.
 */
export async function loadFigures(browser: Browser, server: PreviewServer): Promise<Figure[]> {
  const page = await browser.newPage(DESK)
  const sent: { path: string; at: number }[] = []
  server.httpServer.on('request', ({ url = '' }, answer) => {
    const at = Date.now()
    const path = url.replace(/\?.*/, '')
    answer.on('finish', () => {
      if (/\.m?js$/.test(path) && answer.statusCode === 200) sent.push({ path, at })
    })
  })
  await page.addInitScript(watchLoad)
  await open(page)
  await page.waitForTimeout(SETTLE_MS)
  const { readyAt, blocked } = await page.evaluate(() => ({
    readyAt: window.readyAt ?? 0,
    blocked: window.blocked ?? 0,
  }))
  const bytes = (some: typeof sent) =>
    some.reduce((sum, { path }) => sum + gzipSync(readFileSync(`dist${path}`)).length, 0)
  const lcp = await largestPaint(page)
  await page.close()
  return [
    { name: 'load.script', value: bytes(sent.filter(({ at }) => at < readyAt)), unit: 'gzip bytes' },
    { name: 'load.rest', value: bytes(sent.filter(({ at }) => at >= readyAt)), unit: 'gzip bytes' },
    { name: 'load.lcp', value: Math.round(lcp), unit: 'ms' },
    { name: 'load.blocked', value: Math.round(blocked), unit: 'ms' },
  ]
}

/** In the page: notes when it was ready, and sums up what long tasks took beyond 50 ms each. */
function watchLoad(): void {
  window.blocked = 0
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.blocked = (window.blocked ?? 0) + Math.max(0, duration - 50)
  }).observe({ type: 'longtask', buffered: true })
  const timer = setInterval(() => {
    if (!('netsplit' in window)) return
    clearInterval(timer)
    void window.netsplit.ready.then(() => (window.readyAt = Date.now()))
  }, 1)
}

const largestPaint = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        })
      }),
  )
