// The page's own figures, in Chromium: script per frame, frames a second, memory, and what the first load costs.
import type { Browser, Page } from '@playwright/test'
import { askAt, inBrowser, labPage, seekTo } from './browser.ts'
import type { Figure } from './figures.ts'
import { frameFigures, playedFrames } from './frames.ts'
import { heapOf } from './heap.ts'
import { loadFigures } from './load.ts'

/** Needs a build in `dist`. */
export const pageFigures = (): Promise<Figure[]> =>
  inBrowser(async (browser, server) => [
    ...(await loadFigures(browser, server)),
    ...(await runningFigures(browser)),
    ...(await hourFigures(browser)),
    ...(await longLogFigures(browser)),
    ...(await crowdFigures(browser)),
  ])

const WARM_UP_MS = 600_000

/** Five servers at real speed with five requests a second, after ten simulated minutes. */
async function runningFigures(browser: Browser): Promise<Figure[]> {
  const page = await labPage(browser)
  await askAt(page, 5)
  await seekTo(page, WARM_UP_MS, 1)
  const frames = await playedFrames(page, 1, 1_000)
  return [...frameFigures('frame', frames), await heapFigure('heap.total', page)]
}

const HOUR_MS = 3_600_000

/** The same cluster after a simulated hour. */
async function hourFigures(browser: Browser): Promise<Figure[]> {
  const page = await labPage(browser)
  await askAt(page, 5)
  await seekTo(page, HOUR_MS, 10)
  return [await heapFigure('heap.hour', page)]
}

async function heapFigure(name: string, page: Page): Promise<Figure> {
  const operations = await page.evaluate(async () => (await window.netsplit.state()).operations.length)
  const value = await heapOf(await page.context().newCDPSession(page), 1)
  return { name, value, unit: `bytes, page and worker, ${operations} operations on the page` }
}

/** On a quick network, as many writes as the clients get through. */
const LONG_LOG = {
  format: 1,
  lab: 'raft',
  title: 'A long log',
  seed: 1,
  servers: 5,
  setup: {
    network: { latency: { uniform: ['500us', '1ms'] } },
    disk: { sync: '100us' },
    workload: { rate: 2_000, readShare: 0, keys: 20 },
  },
  until: '10min',
}
const LONG_LOG_ENTRIES = 50_000

/** The same at the usual pace, with logs of 50,000 entries. */
async function longLogFigures(browser: Browser): Promise<Figure[]> {
  const page = await labPage(browser)
  await page.evaluate((file) => window.netsplit.open(file), LONG_LOG)
  // What comes back of each call is the length alone, not the whole run so far.
  await page.evaluate(async (entries) => {
    let length = 0
    while (length < entries) length = ((await window.netsplit.advance(10_000)).view as { lastIndex: number }).lastIndex
  }, LONG_LOG_ENTRIES)
  await askAt(page, 5)
  return frameFigures('frame.long-log', await playedFrames(page, 1, 1_000))
}

/** A thousand servers of the gossip lab at the speed that it opens with, while a rumour crosses them. */
async function crowdFigures(browser: Browser): Promise<Figure[]> {
  const page = await labPage(browser, '?scenario=gossip/slow-member-in-a-thousand')
  await seekTo(page, 2_000, 1)
  return frameFigures('crowd', await playedFrames(page, 0.25, 2_000), ', 1,000 servers')
}
