import { SECOND, type Micros } from '../../base/units.ts'
import type { Fired } from '../../engine/messages.ts'
import type { Script } from '../../lab/script.ts'
import { actions } from '../actions.ts'
import type { PageState } from '../state.ts'
import { useStore } from '../store.ts'
import { nextFrame } from '../settled.ts'

/** On the way to a step that has not come yet, the run is looked at so often. */
const STRIDE: Micros = SECOND / 2
/** A long scenario in so many looks. */
const LOOKS = 200

/** How many steps a scenario has: its own, or, if it plays by itself, its start and every part of it that says something. */
export const stepCount = ({ scenario, script }: PageState): number => scenario?.steps.length || stepsOf(script).length

/** The step that is on show, counted from 1. */
export function stepOnShow({ scenario, step, script, fired, frame }: PageState): number {
  if (hasOwn(scenario)) return step + 1
  const at = frame?.moment.at ?? 0
  return Math.max(1, stepsOf(script).filter((part) => cameAt(fired, part) <= at).length)
}

/**
 * Shows the moment at which a step begins. It is known if the run has been there; else the run goes on until it comes.
 * False if the scenario ends before.
 */
export async function goToStep(step: number): Promise<boolean> {
  const { script, scenario } = useStore.getState()
  if (hasOwn(scenario)) {
    await pictureAfter(() => actions.toStep(step - 1))
    return useStore.getState().step === step - 1
  }
  const part = stepsOf(script)[step - 1]
  if (part === undefined) return false
  const until = scenario?.until ?? 0
  const stride = Math.max(STRIDE, Math.round(until / LOOKS))
  for (;;) {
    const { fired, frame } = useStore.getState()
    const at = cameAt(fired, part)
    const now = frame?.moment.at ?? 0
    if (at === Number.POSITIVE_INFINITY && now >= until) return false
    await pictureAfter(() => actions.seek(Math.min(at, now + stride)))
    if (at < Number.POSITIVE_INFINITY) return true
  }
}

/** Does something that a picture answers, whether it can be seen or not. */
export async function pictureAfter(what: () => void): Promise<void> {
  const frame = nextFrame()
  what()
  await frame
}

const hasOwn = (scenario: PageState['scenario']): boolean => scenario !== null && scenario.steps.length > 0

/** The places in the script where steps begin; null is the start of a scenario that says nothing there. */
function stepsOf(script: Script): (number | null)[] {
  const told = script.flatMap(({ title, say }, i) => (title === null && say === null ? [] : [i]))
  return script[told[0] ?? -1]?.at === 0 ? told : [null, ...told]
}

function cameAt(fired: readonly Fired[], part: number | null): Micros {
  return part === null ? 0 : (fired.find(({ index }) => index === part)?.at ?? Number.POSITIVE_INFINITY)
}
