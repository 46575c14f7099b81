import { MS, toMs, type Micros } from '../base/units.ts'
import type { Answer } from '../engine/messages.ts'
import { actions } from './actions.ts'
import { scenarioFile } from './catalogue.ts'
import { openScenario } from './open-scenario.ts'
import { client, cursor } from './playback.ts'
import { nextFrame, painted, settled } from './settled.ts'
import { useStore } from './store.ts'
import type { PageSnapshot, TestCalls } from './test-api.ts'

/** What `window.netsplit` does. */
export const calls: TestCalls = {
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
