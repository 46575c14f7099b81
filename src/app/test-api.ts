import { MS, toMs, type Micros } from '../base/units.ts'
import type { Answer } from '../engine/messages.ts'
import type { Command } from '../kernel/command.ts'
import type { LabTypes } from '../kernel/types.ts'
import { actions, openScenario } from './actions.ts'
import { scenarioFile } from './catalogue.ts'
import { client, cursor } from './playback.ts'
import { nextFrame, painted, settled } from './settled.ts'
import { useStore } from './store.ts'

/** What a test sees of the page: the world on show, and how far the run is. */
export interface PageSnapshot {
  lab: string
  seed: number
  atMs: number
  steps: number
  playing: boolean
  world: unknown
  view: unknown
  operations: readonly unknown[]
  violations: readonly unknown[]
  expectations: readonly unknown[]
  stories: readonly { atMs: number; text: string }[]
  commands: readonly unknown[]
}

/**
 * `window.netsplit`, for Playwright and the like. Every promise resolves after the picture that belongs to it was painted,
 * so no test has to sleep. Times are simulated milliseconds.
 */
export interface TestApi {
  /** Resolves when the first run is on screen. */
  ready: Promise<void>
  /** The moment on show; of a lab or scenario that is being opened, its first. */
  state(): Promise<PageSnapshot>
  /** Does something at the instant on show. */
  dispatch(command: Command<LabTypes>): Promise<PageSnapshot>
  /** Plays on, at so many simulated seconds per second. */
  play(speed?: number): Promise<PageSnapshot>
  /** Pauses, and goes on by so much. */
  advance(ms: number): Promise<PageSnapshot>
  /** Pauses, and shows this instant. */
  seek(ms: number): Promise<PageSnapshot>
  /** Pauses, and runs on until a condition of the predicate language holds. Rejects if it does not within the limit. */
  runUntil(condition: string, options?: { limitMs?: number }): Promise<PageSnapshot>
  /** Opens a ready-made scenario by its name, or any scenario by its content, paused at its start. */
  open(scenario: string | object, options?: { seed?: number }): Promise<PageSnapshot>
  fingerprint(): Promise<string>
  /** Whether a condition of the predicate language holds at the instant on show. Rejects if it is none. */
  holds(condition: string): Promise<boolean>
  /** Pauses; the address that opens this page at the moment on show. */
  link(): Promise<string>
}

export function installTestApi(ready: Promise<void>): void {
  const api: TestApi = {
    ready,
    state: async () => {
      await firstFrame()
      return snapshot()
    },
    dispatch: (command) => after(() => actions.dispatch(command)),
    play: (speed) =>
      after(() => {
        if (speed !== undefined) actions.setSpeed(speed)
        actions.play()
      }),
    advance: (ms) => show(cursor.now() + ms * MS),
    seek: (ms) => show(ms * MS),
    runUntil,
    open,
    fingerprint: async () => {
      // A fingerprint of half the way to the moment that was asked for would be of no use.
      if (client.waiting) await nextFrame()
      const answer = await client.ask({ type: 'fingerprint' })
      if (answer.type !== 'fingerprint') throw new Error(errorText(answer))
      return answer.fingerprint
    },
    holds,
    link,
  }
  Object.assign(window, { netsplit: api })
}

function show(at: Micros): Promise<PageSnapshot> {
  actions.pause()
  return after(() => actions.seek(at))
}

async function runUntil(condition: string, { limitMs = 60_000 } = {}): Promise<PageSnapshot> {
  actions.pause()
  const answer = await client.ask({ type: 'until', condition, limit: limitMs * MS, window: client.window })
  await painted()
  if (answer.type !== 'until') throw new Error(errorText(answer))
  if (!answer.found)
    throw new Error(`“${condition}” did not come true within ${limitMs} ms; the run stands at ${toMs(answer.at)} ms`)
  return snapshot()
}

async function holds(condition: string): Promise<boolean> {
  const answer = await client.ask({ type: 'holds', condition })
  if (answer.type !== 'holds') throw new Error(errorText(answer))
  return answer.holds
}

async function link(): Promise<string> {
  const { addressOf, sharedNow } = await import('./sharing/shared-now.ts')
  const shared = await sharedNow()
  if (shared === null) throw new Error('the run was changed while its link was made')
  return (await addressOf(shared)).address
}

async function open(scenario: string | object, options: { seed?: number } = {}): Promise<PageSnapshot> {
  const file = typeof scenario === 'string' ? await scenarioFile(scenario) : scenario
  if (file === null) throw new Error(`there is no scenario called “${JSON.stringify(scenario)}”`)
  const first = nextFrame()
  const problem = await openScenario(file, typeof scenario === 'string' ? scenario : '', options)
  actions.pause()
  if (problem !== null) throw new Error(problem)
  await first
  return show(0)
}

async function after(act: () => void): Promise<PageSnapshot> {
  await settled(act)
  return snapshot()
}

/** Resolves at once, or if another lab or scenario is still on its way, when there is a picture of it. */
function firstFrame(): Promise<void> {
  const { lab, run, frame } = useStore.getState()
  if (lab !== null && run !== null && frame !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const stop = client.onFrame(() => {
      stop()
      resolve()
    })
  })
}

function snapshot(): PageSnapshot {
  const { lab, run, frame, playing, operations, violations, expectations, stories } = useStore.getState()
  if (lab === null || run === null || frame === null) throw new Error('nothing is open yet: wait for netsplit.ready')
  return {
    lab: lab.engine.id,
    seed: run.setup.seed,
    atMs: toMs(frame.moment.at),
    steps: frame.moment.steps,
    playing,
    world: frame.world,
    view: frame.view,
    operations,
    violations,
    expectations,
    stories: stories.map(({ at, text }) => ({ atMs: toMs(at), text })),
    commands: run.commands,
  }
}

const errorText = (answer: Answer): string => (answer.type === 'error' ? answer.text : 'the engine gave another answer')
