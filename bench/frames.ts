// What a page's frames cost, from the browser's own trace.
import type { CDPSession, Page } from '@playwright/test'
import { type Figure, quantile } from './figures.ts'

const WATCH_MS = 10_000

/** Script in each frame, its 95th percentile by the clock and in CPU time, and frames a second. `what` stands behind the unit. */
export function frameFigures(name: string, { frames, script, cpu }: PerFrame, what = ''): Figure[] {
  return [
    { name: `${name}.script.p95`, value: p95(script), unit: `ms${what}` },
    { name: `${name}.script.cpu.p95`, value: p95(cpu), unit: `cpu-ms${what}` },
    { name: `${name}.fps`, value: Math.round((frames / WATCH_MS) * 10_000) / 10, unit: 'frames/s' },
  ]
}

const p95 = (times: readonly number[]): number => Math.round(quantile(times, 0.95) * 100) / 100

export interface PerFrame {
  frames: number
  /** Script on the page's own thread between one animation frame and the next, in milliseconds. */
  script: number[]
  /** The CPU time of it, which a busy machine disturbs less. */
  cpu: number[]
}

/** Plays at a speed for a while; what comes of having begun is over after `warmUpMs`. */
export async function playedFrames(page: Page, speed: number, warmUpMs: number): Promise<PerFrame> {
  await page.evaluate((speed) => window.netsplit.play(speed), speed)
  await page.waitForTimeout(warmUpMs)
  const found = await watchedFrames(page)
  await page.evaluate(() => window.netsplit.advance(0))
  return found
}

/** Whatever goes on in the page, for a while. */
export async function watchedFrames(page: Page): Promise<PerFrame> {
  return perFrame(await trace(page, await page.context().newCDPSession(page)))
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
