import { MS, toMs, type Micros } from '../base/units.ts'
import type { Answer } from '../engine/messages.ts'
import type { Command } from '../kernel/command.ts'
import type { LabTypes } from '../kernel/types.ts'
import { actions } from './actions.ts'
import { scenarioFile } from './catalogue.ts'
import { openScenario } from './open-scenario.ts'
import { client, cursor } from './playback.ts'
import { refusalAfter } from './refusal.ts'
import { nextFrame, painted, settled } from './settled.ts'
import { useStore } from './store.ts'
import type { PageSnapshot, TestCalls } from './test-api.ts'

/** What `window.netsplit` does. */
export const calls: TestCalls = {
  state: async () => {
    await firstFrame()
    return snapshot()
  },
  dispatch,
  play: (speed) =>
    after(() => {
      if (speed !== undefined) actions.setSpeed(speed)
      actions.play()
    }),
  advance: (ms) => show('advance', ms, cursor.now()),
  seek: (ms) => show('seek', ms, 0),
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

async function dispatch(command: Command<LabTypes>): Promise<PageSnapshot> {
  const why = await refusalAfter(() => settled(() => actions.dispatch(command)))
  if (why !== null) throw new Error(`${command.type}: ${why}`)
  return snapshot()
}

async function show(call: 'advance' | 'seek', ms: number, from: Micros): Promise<PageSnapshot> {
  if (!(ms >= 0 && ms < Infinity)) throw new Error(`${call}: expected simulated milliseconds from 0 on, found ${ms}`)
  actions.pause()
  return await after(() => actions.seek(from + ms * MS))
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
  if (file === null) throw new Error(`there is no scenario called ${JSON.stringify(scenario)}`)
  const first = nextFrame()
  const problem = await openScenario(file, typeof scenario === 'string' ? scenario : '', options)
  actions.pause()
  if (problem !== null) throw new Error(problem)
  await first
  return await show('seek', 0, 0)
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
