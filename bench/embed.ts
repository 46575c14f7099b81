// Ten labs on one page: how long it is deaf while they come and while all of them play, and what they hold.
import type { Browser, Page } from '@playwright/test'
import { inBrowser, ORIGIN } from './browser.ts'
import type { Figure } from './figures.ts'
import { heapOf } from './heap.ts'

const LABS = 10
const WATCH_MS = 10_000

/** All ten in sight at once, in two rows: nothing of what spares those out of sight helps. */
const TEN = `<!doctype html><html lang="en"><title>Ten</title>
<style>body { display: grid; grid-template-columns: repeat(5, 1fr); gap: 8px; margin: 8px }</style>
<script type="module" src="./netsplit-embed.js"></script>
${'<netsplit-lab scenario="raft/leader-crash"></netsplit-lab>'.repeat(LABS)}`

declare global {
  interface Window {
    long?: number[]
  }
}

/** Needs a build in `dist`. */
export const embedFigures = (): Promise<Figure[]> => inBrowser(tenLabs)

async function tenLabs(browser: Browser): Promise<Figure[]> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 600 } })
  const ready = await openTen(page)
  // What comes unasked after each first picture belongs to the coming.
  await page.waitForTimeout(5_000)
  const coming = await blocked(page)
  const frames = await page.evaluate(countFrames, WATCH_MS)
  const playing = await blocked(page)
  const workers = page.workers().length
  const heap = await heapOf(await page.context().newCDPSession(page), workers)
  return [
    { name: 'embed.ten.ready', value: ready, unit: 'ms until all ten are drawn' },
    { name: 'embed.ten.blocked', value: coming, unit: 'ms of total blocking time while ten labs come' },
    { name: 'embed.ten.playing.blocked', value: playing, unit: `ms while ten play for ${WATCH_MS / 1000} s` },
    {
      name: 'embed.ten.fps',
      value: Math.round((frames / WATCH_MS) * 10_000) / 10,
      unit: 'frames/s of the page around',
    },
    { name: 'embed.ten.heap', value: heap, unit: `bytes, ten pages and ${workers} workers` },
  ]
}

/** How long it takes until all of them are drawn, in milliseconds. */
async function openTen(page: Page): Promise<number> {
  await page.route('**/ten.html', (route) => route.fulfill({ contentType: 'text/html', body: TEN }))
  await page.addInitScript(noteLongTasks)
  const before = Date.now()
  await page.goto(`${ORIGIN}/ten.html`)
  await page.waitForFunction(
    (labs) =>
      [...document.querySelectorAll('netsplit-lab')].filter((one) => 'state' in one && one.state).length === labs,
    LABS,
    { timeout: 120_000 },
  )
  return Date.now() - before
}

/** In every frame: what each long task took. */
function noteLongTasks(): void {
  if (window !== window.top) return
  window.long = []
  // Those of the frames of one origin are told to the page around them.
  new PerformanceObserver((list) => window.long?.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
    buffered: true,
  })
}

/** What long tasks took beyond 50 ms each, since the last time. */
const blocked = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const tasks = window.long?.splice(0) ?? []
    return Math.round(tasks.reduce((sum, duration) => sum + Math.max(0, duration - 50), 0))
  })

function countFrames(ms: number): Promise<number> {
  return new Promise((resolve) => {
    let frames = 0
    const end = performance.now() + ms
    const next = (now: number): void => {
      if (now >= end) return resolve(frames)
      frames++
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
}
