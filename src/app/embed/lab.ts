import { MS, toMs } from '../../base/units.ts'
import { fail, ok } from '../../base/result.ts'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes } from '../../kernel/types.ts'
import type { LabState, LabVerdict, Request } from '../../embed/protocol.ts'
import { actions } from '../actions.ts'
import { openScenario } from '../open-scenario.ts'
import { scenarioFile } from '../catalogue.ts'
import { drawEach } from '../playback.ts'
import { refusalAfter } from '../refusal.ts'
import { nextFrame, painted } from '../settled.ts'
import type { PageState } from '../state.ts'
import { useStore } from '../store.ts'
import type { Lab } from './bridge.ts'
import { leaveKeys } from './keys.ts'
import { isPlaying, pause, play } from './sight.ts'
import { goToStep, pictureAfter, stepCount, stepOnShow } from './steps.ts'

/** A page that nobody sees paints nothing: an answer waits for its picture no longer than this. */
const PAINT_MS = 250

/** The lab on this page as the page around it may use it, once its first picture stands. */
export function labOnPage(firstPicture: Promise<void>): Lab {
  return {
    state: () => stateOf(useStore.getState()),
    leaveKeys,
    async act(request) {
      await firstPicture
      const problem = await act(request)
      if (problem !== null) return fail(problem)
      await Promise.race([painted(), new Promise((resolve) => setTimeout(resolve, PAINT_MS))])
      return ok(stateOf(useStore.getState()))
    },
  }
}

/** Null, or in a sentence why it cannot be. */
async function act(request: Parameters<Lab['act']>[0]): Promise<string | null> {
  switch (request.type) {
    case 'open':
      return await open(request)
    case 'play':
      if (request.speed !== undefined) actions.setSpeed(request.speed)
      play()
      return null
    case 'pause':
      pause()
      return null
    case 'seek':
      await pictureAfter(() => actions.seek(request.at * MS))
      return null
    case 'step':
      return await step('to' in request ? request.to : stepOnShow(useStore.getState()) + request.by)
    case 'pace':
      drawEach(request.every, request.turn)
      return null
    case 'dispatch':
      return await dispatch(request.command as Command<LabTypes>)
  }
}

async function dispatch(command: Command<LabTypes>): Promise<string | null> {
  const why = await refusalAfter(() => pictureAfter(() => actions.dispatch(command)))
  return why === null ? null : `command: ${why}`
}

async function open({ scenario, seed, step: first = 1, play: plays = false }: Opening): Promise<string | null> {
  const id = typeof scenario === 'string' ? scenario : ''
  const file = typeof scenario === 'string' ? await scenarioFile(scenario) : scenario
  if (file === null) return `scenario: there is no scenario called “${id}”`
  const problem = await openScenario(file, id, seed === undefined ? {} : { seed })
  if (problem !== null) return `scenario: ${problem}`
  pause()
  await nextFrame()
  const outcome = await step(first)
  if (plays) play()
  return outcome
}

/** Shows a step; whether it plays stays as it was. */
export async function step(to: number): Promise<string | null> {
  const steps = stepCount(useStore.getState())
  if (to < 1 || to > steps) return `step: expected a whole number from 1 to ${steps}, found ${to}`
  const plays = isPlaying()
  pause()
  const found = await goToStep(to)
  if (plays) play()
  return found ? null : `step: the scenario ends before its step ${to}`
}

function stateOf(state: PageState): LabState {
  const { lab, scenario, run, frame } = state
  return {
    lab: lab?.engine.id ?? '',
    scenario: scenario === null || scenario.id === '' ? null : scenario.id,
    title: titleOf(state),
    seed: run?.setup.seed ?? 0,
    at: toMs(frame?.moment.at ?? 0),
    playing: isPlaying(),
    step: stepOnShow(state),
    steps: stepCount(state),
    processes: (frame?.world.processes ?? []).map(({ id, status }) => ({ id, status })),
  }
}

export function verdictOf({ violations, expectations }: PageState): LabVerdict {
  return {
    violations: violations.map(({ monitor, at, text }) => ({ property: monitor, at: toMs(at), text })),
    expectations: expectations.map(({ text, ok: holds }) => ({ text, ok: holds })),
  }
}

export const titleOf = ({ lab, scenario }: PageState): string =>
  scenario?.title ?? lab?.engine.about.title ?? 'Netsplit'

type Opening = Extract<Request, { type: 'open' }>
