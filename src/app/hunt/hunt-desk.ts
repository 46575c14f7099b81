import type { FromEngine } from '../../engine/messages.ts'
import type { HuntAnswer, QuarryNames } from '../../hunt/task.ts'
import { openPort, type Port } from '../port.ts'
import { HuntQueue } from './hunt-queue.ts'
import { type Hunt, useHunt } from './hunt-state.ts'

/** More engines than this would only be in each other's way. */
const MOST_ENGINES = 8
/** News is shown this often: a list that changes faster costs the page its frames. */
const SHOW_MS = 250

let queue = new HuntQueue(0)
let engines: Engine[] = []
let showing: ReturnType<typeof setTimeout> | null = null
let since = 0
let counted = { runs: 0, events: 0, undecided: 0 }

interface Engine {
  port: Port
  idle: boolean
}

/** Hunts with seeds 1 to `count`, in engines of their own; an earlier hunt is given up. */
export function startHunt(quarry: QuarryNames, count: number): void {
  dismiss()
  queue = new HuntQueue(count)
  counted = { runs: 0, events: 0, undecided: 0 }
  since = performance.now()
  useHunt.setState({
    hunt: { quarry, count, ...counted, found: [], kept: [], state: 'running', seconds: 0, problem: null },
  })
  engines = Array.from({ length: engineCount() }, () => openEngine(quarry))
  for (const engine of engines) feed(engine, quarry)
}

/** What has been begun is finished, and nothing new is. */
export function pauseHunt(): void {
  if (current()?.state !== 'running') return
  show()
  change({ state: 'paused' })
}

export function resumeHunt(): void {
  const hunt = current()
  if (hunt?.state !== 'paused') return
  since = performance.now()
  change({ state: 'running' })
  for (const engine of engines) if (engine.idle) feed(engine, hunt.quarry)
}

/** Ends the hunt; what it has found stays. */
export function cancelHunt(): void {
  finish('cancelled', null)
}

/** Seeds a second; 0 before the first. */
export const huntRate = ({ runs, seconds }: Hunt): number => (seconds > 0 ? runs / seconds : 0)

const current = (): Hunt | null => useHunt.getState().hunt
const change = (to: Partial<Hunt>): void => useHunt.setState(({ hunt }) => ({ hunt: hunt && { ...hunt, ...to } }))

/** One core stays with the page. */
const engineCount = (): number => Math.max(1, Math.min(MOST_ENGINES, (navigator.hardwareConcurrency || 2) - 1))

function openEngine(quarry: QuarryNames): Engine {
  const engine: Engine = {
    idle: true,
    port: openPort({
      hear(message: FromEngine) {
        if (!engines.includes(engine)) return
        if (message.type === 'broken') finish('failed', message.text)
        if (message.type === 'hunted') hear(engine, quarry, message.answer)
      },
      died: (why) => engines.includes(engine) && finish('failed', why),
    }),
  }
  return engine
}

function feed(engine: Engine, quarry: QuarryNames): void {
  const task = queue.take()
  engine.idle = task === null
  if (task !== null) engine.port.post({ type: 'hunt', run: 0, quarry, task })
}

function hear(engine: Engine, quarry: QuarryNames, answer: HuntAnswer): void {
  engine.idle = true
  queue.answered(answer)
  if (answer.type === 'explored') {
    const { runs, events, undecided } = answer
    counted = {
      runs: counted.runs + runs,
      events: counted.events + events,
      undecided: counted.undecided + undecided,
    }
  }
  if (queue.done) finish('done', null)
  else if (current()?.state === 'running') for (const each of engines) if (each.idle) feed(each, quarry)
  showing ??= setTimeout(show, SHOW_MS)
}

/** Lets what has come since be seen. */
function show(): void {
  if (showing !== null) clearTimeout(showing)
  showing = null
  const hunt = current()
  if (hunt === null) return
  const now = performance.now()
  const seconds = hunt.seconds + (hunt.state === 'running' ? (now - since) / 1000 : 0)
  since = now
  change({ ...counted, found: queue.found, kept: queue.kept, seconds })
}

function finish(state: Hunt['state'], problem: string | null): void {
  const before = current()?.state
  if (before !== 'running' && before !== 'paused') return
  show()
  dismiss()
  change({ state, problem })
}

function dismiss(): void {
  for (const { port } of engines) port.close()
  engines = []
  if (showing !== null) clearTimeout(showing)
  showing = null
}
