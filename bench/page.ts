// The page's own figures, in Chromium: script per frame, frames a second, memory, and what the first load costs.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type CDPSession, type Page } from '@playwright/test'
import { preview, type PreviewServer } from 'vite'
import type { Found } from '../scripts/browser.mjs'
import type { TestApi } from '../src/app/test-api.ts'
import { type Figure, quantile } from './figures.ts'

declare global {
  interface Window {
    netsplit: TestApi
    readyAt?: number
    blocked?: number
  }
}

export const PORT = 4179
const WATCH_MS = 10_000
const WARM_UP_MS = 600_000
/** By then all that a fresh page loads has come. */
const SETTLE_MS = 3_000

/** Needs a build in `dist`. */
export async function pageFigures(): Promise<Figure[]> {
  const server = await preview({ preview: { port: PORT, strictPort: true }, logLevel: 'error' })
  const browser = await launched()
  try {
    const load = await loadFigures(await browser.newPage({ viewport: { width: 1440, height: 900 } }), server)
    const running = await runningFigures(await browser.newPage({ viewport: { width: 1440, height: 900 } }))
    const hour = await hourFigures(await browser.newPage({ viewport: { width: 1440, height: 900 } }))
    const long = await longLogFigures(await browser.newPage({ viewport: { width: 1440, height: 900 } }))
    const crowd = await crowdFigures(await browser.newPage({ viewport: { width: 1440, height: 900 } }))
    return [...load, ...running, ...hour, ...long, ...crowd]
  } finally {
    await browser.close()
    await server.close()
  }
}

/** The diagram alone: see `laneFigures` for the engine's part of it. Needs a build in `dist`. */
export async function diagramFigures(): Promise<Figure[]> {
  const server = await preview({ preview: { port: PORT, strictPort: true }, logLevel: 'error' })
  const browser = await launched()
  try {
    return await zoomFigures(await browser.newPage({ viewport: { width: 1440, height: 900 } }))
  } finally {
    await browser.close()
    await server.close()
  }
}

export async function launched(): Promise<Browser> {
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

async function open(page: Page): Promise<void> {
  await page.goto(`http://localhost:${PORT}/`)
  await page.waitForFunction(() => 'netsplit' in window)
  await page.evaluate(() => window.netsplit.ready)
}

/**
 * Script that was asked for before the lab was interactive, and what came after it unasked, compressed as a server would
 * send it; when the largest thing was painted; how long the page was deaf. Counted where it is sent from, so that what a
 * worker loads counts, and what a browser has already counts once.
 */
async function loadFigures(page: Page, server: PreviewServer): Promise<Figure[]> {
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
  const lcp = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: 'largest-contentful-paint',
          buffered: true,
        })
      }),
  )
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

/** Five servers at real speed with five requests a second, after ten simulated minutes. */
async function runningFigures(page: Page): Promise<Figure[]> {
  await open(page)
  await page.evaluate(() =>
    window.netsplit.dispatch({
      type: 'workload',
      workload: { rate: 5, readShare: 0.5, keys: 3, distribution: 'uniform' },
    }),
  )
  await page.evaluate((ms) => window.netsplit.seek(ms), WARM_UP_MS)
  const cdp = await page.context().newCDPSession(page)
  const { frames, script, cpu } = await framesOf(page, cdp)
  const { operations } = await page.evaluate(async () => ({
    operations: (await window.netsplit.state()).operations.length,
  }))
  const heap = await totalHeap(cdp)
  return [
    { name: 'frame.script.p95', value: Math.round(quantile(script, 0.95) * 100) / 100, unit: 'ms' },
    { name: 'frame.script.cpu.p95', value: Math.round(quantile(cpu, 0.95) * 100) / 100, unit: 'cpu-ms' },
    { name: 'frame.fps', value: Math.round((frames / WATCH_MS) * 10_000) / 10, unit: 'frames/s' },
    { name: 'heap.total', value: heap, unit: `bytes, page and worker, ${operations} operations on the page` },
  ]
}

const HOUR_MS = 3_600_000

/** The same cluster after a simulated hour. */
async function hourFigures(page: Page): Promise<Figure[]> {
  await open(page)
  await page.evaluate(() =>
    window.netsplit.dispatch({
      type: 'workload',
      workload: { rate: 5, readShare: 0.5, keys: 3, distribution: 'uniform' },
    }),
  )
  for (let at = 0; at <= HOUR_MS; at += HOUR_MS / 10)
    await page.evaluate(async (ms) => void (await window.netsplit.seek(ms)), at)
  const operations = await page.evaluate(async () => (await window.netsplit.state()).operations.length)
  const heap = await totalHeap(await page.context().newCDPSession(page))
  return [{ name: 'heap.hour', value: heap, unit: `bytes, page and worker, ${operations} operations on the page` }]
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
async function longLogFigures(page: Page): Promise<Figure[]> {
  await open(page)
  await page.evaluate((file) => window.netsplit.open(file), LONG_LOG)
  // What comes back of each call is the length alone, not the whole run so far.
  await page.evaluate(async (entries) => {
    let length = 0
    while (length < entries) length = ((await window.netsplit.advance(10_000)).view as { lastIndex: number }).lastIndex
    await window.netsplit.dispatch({
      type: 'workload',
      workload: { rate: 5, readShare: 0.5, keys: 3, distribution: 'uniform' },
    })
  }, LONG_LOG_ENTRIES)
  const { frames, script, cpu } = await framesOf(page, await page.context().newCDPSession(page))
  return [
    { name: 'frame.long-log.script.p95', value: Math.round(quantile(script, 0.95) * 100) / 100, unit: 'ms' },
    { name: 'frame.long-log.script.cpu.p95', value: Math.round(quantile(cpu, 0.95) * 100) / 100, unit: 'cpu-ms' },
    { name: 'frame.long-log.fps', value: Math.round((frames / WATCH_MS) * 10_000) / 10, unit: 'frames/s' },
  ]
}

/** Plays at real speed for a while. */
async function framesOf(page: Page, cdp: CDPSession): Promise<PerFrame> {
  await page.evaluate(() => window.netsplit.play(1))
  await page.waitForTimeout(1_000)
  const found = perFrame(await trace(page, cdp))
  await page.evaluate(() => window.netsplit.advance(0))
  return found
}

/** A thousand servers of the gossip lab at the speed that it opens with, while a rumour crosses them. */
async function crowdFigures(page: Page): Promise<Figure[]> {
  await page.goto(`http://localhost:${PORT}/?scenario=gossip/slow-member-in-a-thousand`)
  await page.waitForFunction(() => 'netsplit' in window)
  await page.evaluate(() => window.netsplit.ready)
  await page.evaluate(() => window.netsplit.seek(2_000))
  const cdp = await page.context().newCDPSession(page)
  await page.evaluate(() => window.netsplit.play(0.25))
  await page.waitForTimeout(2_000)
  const { frames, script, cpu } = perFrame(await trace(page, cdp))
  return [
    { name: 'crowd.script.p95', value: Math.round(quantile(script, 0.95) * 100) / 100, unit: 'ms, 1,000 servers' },
    { name: 'crowd.script.cpu.p95', value: Math.round(quantile(cpu, 0.95) * 100) / 100, unit: 'cpu-ms, 1,000 servers' },
    { name: 'crowd.fps', value: Math.round((frames / WATCH_MS) * 10_000) / 10, unit: 'frames/s' },
  ]
}

/** By then a run with 20 requests a second has had a million events. */
const MILLION_MS = 1_800_000

/** A run of a million events, while a hand leads from all of it to single messages, along, and back again without a pause. */
async function zoomFigures(page: Page): Promise<Figure[]> {
  await open(page)
  await page.evaluate(() =>
    window.netsplit.dispatch({
      type: 'workload',
      workload: { rate: 20, readShare: 0.5, keys: 3, distribution: 'uniform' },
    }),
  )
  // In stretches, each of which the engine answers in time.
  for (let at = 0; at <= MILLION_MS; at += MILLION_MS / 20)
    await page.evaluate(async (ms) => void (await window.netsplit.seek(ms)), at)
  await page.getByRole('slider', { name: 'Moment' }).press('0')
  await page.waitForTimeout(1_000)
  const cdp = await page.context().newCDPSession(page)
  await page.evaluate(zoomToAndFro)
  const { frames, script } = perFrame(await trace(page, cdp))
  return [
    { name: 'lanes.fps', value: Math.round((frames / WATCH_MS) * 10_000) / 10, unit: 'frames/s, zooming and moving' },
    { name: 'lanes.script.p95', value: Math.round(quantile(script, 0.95) * 100) / 100, unit: 'ms a frame' },
  ]
}

/** In the page: turns the wheel at every frame, two seconds closer, one along, two wider. */
function zoomToAndFro(): void {
  const plot = document.querySelector('.lane-plot')
  const { left = 0, top = 0, width = 0 } = plot?.getBoundingClientRect() ?? {}
  const began = performance.now()
  const turn = (now: number): void => {
    const phase = ((now - began) / 1_000) % 5
    const along = phase >= 2 && phase < 3
    plot?.dispatchEvent(
      new WheelEvent('wheel', {
        deltaX: along ? 12 : 0,
        deltaY: along ? 0 : phase < 2 ? -40 : 40,
        clientX: left + width / 3,
        clientY: top + 40,
        bubbles: true,
        cancelable: true,
      }),
    )
    requestAnimationFrame(turn)
  }
  requestAnimationFrame(turn)
}

interface TraceEvent {
  name: string
  ph: string
  ts: number
  dur?: number
  /** The same on the thread's own clock, which stands while another has the processor. */
  tdur?: number
  pid: number
  tid: number
}

async function trace(page: Page, cdp: CDPSession): Promise<TraceEvent[]> {
  const events: TraceEvent[] = []
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'v8.execute'] },
  })
  await page.waitForTimeout(WATCH_MS)
  const done = new Promise<void>((resolve) => cdp.once('Tracing.tracingComplete', () => resolve()))
  await cdp.send('Tracing.end')
  await done
  return events
}

const SCRIPT = new Set([
  'FunctionCall',
  'EvaluateScript',
  'RunMicrotasks',
  'FireAnimationFrame',
  'EventDispatch',
  'TimerFire',
  'V8.Execute',
])

interface PerFrame {
  frames: number
  /** Script on the page's own thread between one animation frame and the next, in milliseconds. */
  script: number[]
  /** The CPU time of it, which a busy machine disturbs less. */
  cpu: number[]
}

function perFrame(events: readonly TraceEvent[]): PerFrame {
  const main = events.find(({ name }) => name === 'FireAnimationFrame')
  const own = events.filter(({ pid, tid }) => pid === main?.pid && tid === main.tid)
  const starts = own
    .filter(({ name }) => name === 'FireAnimationFrame')
    .map(({ ts }) => ts)
    .toSorted((x, y) => x - y)
  const pieces = merged(
    own.filter(({ name, dur }) => SCRIPT.has(name) && dur !== undefined).map(({ ts, dur = 0 }) => [ts, ts + dur]),
  )
  const script = starts.slice(0, -1).map((start, i) => {
    const end = starts[i + 1] as number
    return pieces.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, end) - Math.max(from, start)), 0) / 1000
  })
  return { frames: starts.length, script, cpu: cpuOf(own, starts) }
}

/** CPU time of the outermost pieces of script that begin in each frame. */
function cpuOf(own: readonly TraceEvent[], starts: readonly number[]): number[] {
  const spent = starts.map(() => 0)
  const pieces = own.filter(({ name, dur }) => SCRIPT.has(name) && dur !== undefined)
  let end = Number.NEGATIVE_INFINITY
  let frame = -1
  for (const { ts, dur = 0, tdur = dur } of pieces.toSorted((x, y) => x.ts - y.ts)) {
    if (ts < end) continue
    end = ts + dur
    while (frame + 1 < starts.length && (starts[frame + 1] as number) <= ts) frame++
    if (frame >= 0) spent[frame] = (spent[frame] as number) + tdur / 1000
  }
  return spent.slice(0, -1)
}

/** Nested and overlapping pieces count once. */
function merged(pieces: [number, number][]): [number, number][] {
  const out: [number, number][] = []
  for (const [from, to] of pieces.toSorted((x, y) => x[0] - y[0])) {
    const last = out.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else out.push([from, to])
  }
  return out
}

/** Page and worker after a forced collection, at the same moment. */
async function totalHeap(cdp: CDPSession): Promise<number> {
  const worker = await attachWorker(cdp)
  await cdp.send('HeapProfiler.collectGarbage')
  await worker('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  const inWorker = (await worker('Runtime.getHeapUsage')) as { usedSize: number }
  return usedSize + inWorker.usedSize
}

/** A way to speak to the engine's worker, through the page's session. */
async function attachWorker(cdp: CDPSession): Promise<(method: string) => Promise<unknown>> {
  // A service worker is a target of the page, too.
  const attached = new Promise<string>((resolve) =>
    cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') resolve(sessionId)
    }),
  )
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  const sessionId = await attached
  let id = 0
  return (method) =>
    new Promise((resolve) => {
      const mine = ++id
      cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
        const answer = JSON.parse(message) as { id: number; result: unknown }
        if (answer.id === mine) resolve(answer.result)
      })
      void cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: mine, method }) })
    })
}
