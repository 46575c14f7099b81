// Ten labs on one page: how long it is deaf while they come and while all of them play, and what they hold.
import type { CDPSession, Page } from '@playwright/test'
import { preview } from 'vite'
import type { Figure } from './figures.ts'
import { launched, PORT } from './page.ts'

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
export async function embedFigures(): Promise<Figure[]> {
  const server = await preview({ preview: { port: PORT, strictPort: true }, logLevel: 'error' })
  const browser = await launched()
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 600 } })
    const cdp = await page.context().newCDPSession(page)
    await page.route('**/ten.html', (route) => route.fulfill({ contentType: 'text/html', body: TEN }))
    await page.addInitScript(noteLongTasks)
    const before = Date.now()
    await page.goto(`http://localhost:${PORT}/ten.html`)
    await page.waitForFunction(
      (labs) =>
        [...document.querySelectorAll('netsplit-lab')].filter((one) => 'state' in one && one.state).length === labs,
      LABS,
      { timeout: 120_000 },
    )
    const readyMs = Date.now() - before
    // What comes unasked after each first picture belongs to the coming.
    await page.waitForTimeout(5_000)
    const coming = await blocked(page)
    const frames = await page.evaluate(countFrames, WATCH_MS)
    const playing = await blocked(page)
    return [
      { name: 'embed.ten.ready', value: readyMs, unit: 'ms until all ten are drawn' },
      { name: 'embed.ten.blocked', value: coming, unit: 'ms of total blocking time while ten labs come' },
      { name: 'embed.ten.playing.blocked', value: playing, unit: `ms while ten play for ${WATCH_MS / 1000} s` },
      {
        name: 'embed.ten.fps',
        value: Math.round((frames / WATCH_MS) * 10_000) / 10,
        unit: 'frames/s of the page around',
      },
      {
        name: 'embed.ten.heap',
        value: await heapOf(cdp, page.workers().length),
        unit: `bytes, ten pages and ${page.workers().length} workers`,
      },
    ]
  } finally {
    await browser.close()
    await server.close()
  }
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

/** The pages of one origin share a heap; each worker has its own. Sums them up after a forced collection. */
async function heapOf(cdp: CDPSession, workers: number): Promise<number> {
  const sessions: string[] = []
  const attached = new Promise<void>((resolve) =>
    cdp.on('Target.attachedToTarget', ({ sessionId }) => sessions.push(sessionId) === workers && resolve()),
  )
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  await attached
  let id = 0
  const ask = (sessionId: string, method: string) =>
    new Promise<{ usedSize: number }>((resolve) => {
      const mine = ++id
      cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
        const answer = JSON.parse(message) as { id: number; result: { usedSize: number } }
        if (answer.id === mine) resolve(answer.result)
      })
      void cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: mine, method }) })
    })
  await cdp.send('HeapProfiler.collectGarbage')
  let { usedSize: sum } = await cdp.send('Runtime.getHeapUsage')
  for (const session of sessions) {
    await ask(session, 'HeapProfiler.collectGarbage')
    sum += (await ask(session, 'Runtime.getHeapUsage')).usedSize
  }
  return sum
}
