import type { Fired, Moment } from '../../engine/messages.ts'
import type { Question, Step } from '../../lab/steps.ts'
import { client } from '../playback.ts'
import { useStore } from '../store.ts'
import { guess, NONE, questionKey, useGuesses } from './guesses.ts'

const get = useStore.getState
const set = useStore.setState

/**
 * So long after a step has come by itself, in milliseconds, a press is one that was made for it: whoever presses to skip what
 * plays has decided to before he sees that it is over. Who wants the next step then presses once more.
 */
const GRACE = 500

/** When a step last came by itself, on the clock of the page's events, in milliseconds. */
let cameAt = Number.NEGATIVE_INFINITY

/** Plays on to the next step; if it is on its way, or has only just come, goes there at once. `pressedAt` is the event's time stamp. */
export function goOn(pressedAt: number): void {
  const { scenario, step, playing, lab } = get()
  const isForWhatCame = !playing && pressedAt < cameAt + GRACE
  cameAt = Number.NEGATIVE_INFINITY
  if (isForWhatCame) return
  const next = scenario?.steps[step + 1]
  if (scenario === null || next === undefined) return
  if (!playing) {
    set({ playing: true, speed: scenario.steps[step]?.speed ?? lab?.engine.defaults.speed ?? 0.05 })
    return
  }
  set({ playing: false })
  client.show(scenario.until, false, next.part)
}

/** Stands where the step began; if that is on show, where the one before it did. */
export function goBack(): void {
  const { step, frame, fired, scenario } = get()
  const arrival = arrivalOf(fired, scenario?.steps[step])
  if (frame === null || arrival === undefined) return
  toStep(isAt(frame.moment, arrival) ? Math.max(0, step - 1) : step)
}

/** Stands where this step begins: by its checkpoint if the run has been there, else the run goes there now. */
export function toStep(step: number): void {
  const { scenario, fired } = get()
  const target = scenario?.steps[step]
  if (scenario === null || target === undefined) return
  const arrival = arrivalOf(fired, target)
  set({ playing: false, ...(arrival !== undefined && { step }) })
  if (arrival === undefined) client.show(scenario.until, false, target.part)
  else client.showMoment(arrival)
}

/** Where the run came to a step; undefined if it has not. */
const arrivalOf = (fired: readonly Fired[], step: Step | undefined): Fired | undefined =>
  step === undefined ? undefined : fired[step.part]

const isAt = (a: Moment, b: Moment): boolean => a.at === b.at && a.steps === b.steps
const isBefore = (a: Moment, b: Moment): boolean => a.at < b.at || (a.at === b.at && a.steps < b.steps)

/** The step that a moment belongs to. Where several begin at one moment, the one that the reader was at. */
function stepAt(steps: readonly Step[], fired: readonly Fired[], moment: Moment, before: number): number {
  let last = 0
  for (const [i, step] of steps.entries()) {
    const arrival = arrivalOf(fired, step)
    if (arrival !== undefined && !isBefore(moment, arrival)) last = i
  }
  const [here, there] = [arrivalOf(fired, steps[before]), arrivalOf(fired, steps[last])]
  return here !== undefined && there !== undefined && before < last && isAt(here, there) ? before : last
}

/** Keeps the step, the answers and the address with the moment on show. Returns how to stop. */
export function follow(): () => void {
  useGuesses.setState(NONE)
  const stop = client.onFrame(keepUp)
  // The first picture may have been there before this was.
  const { frame } = get()
  if (frame !== null) keepUp(frame.moment)
  const unsubscribe = useStore.subscribe((state, before) => {
    if (before.playing && !state.playing && state.step > before.step) cameAt = performance.now()
    if (state.step !== before.step || state.scenario !== before.scenario) nameStep()
    if (state.scenario !== before.scenario) useGuesses.setState(NONE)
  })
  nameStep()
  return () => {
    stop()
    unsubscribe()
    nameStep()
  }
}

/** The step that the moment on show belongs to, and what the run has answered if it begins just there. */
function keepUp(moment: Moment): void {
  const { scenario, fired, step, frame } = get()
  if (scenario === null || scenario.steps.length === 0) return
  const now = frame?.arrived === undefined ? stepAt(scenario.steps, fired, moment, step) : step
  if (now !== step) set({ step: now })
  const arrival = arrivalOf(fired, scenario.steps[now])
  if (arrival !== undefined && isAt(moment, arrival)) void decide(scenario.steps, now)
}

/** Lets the run answer what it has decided by this step. */
async function decide(steps: readonly Step[], now: number): Promise<void> {
  const { generation } = get()
  for (const { question, key } of decidedBy(steps, now)) {
    const right: string[] = []
    for (const { text, when } of question.choices) {
      const answer = await client.ask({ type: 'holds', condition: when })
      if (get().generation !== generation || get().step !== now) return
      if (answer.type === 'holds' && answer.holds) right.push(text)
    }
    useGuesses.setState(({ found }) => ({ found: { ...found, [key]: right } }))
  }
}

/** The questions that are answered where this step begins. */
export const decidedBy = (steps: readonly Step[], now: number): { question: Question; key: string }[] =>
  steps.flatMap(({ questions }, step) =>
    questions.flatMap((question, i) => (question.by === now ? [{ question, key: questionKey(step, i) }] : [])),
  )

/** The address opens this very step again. */
function nameStep(): void {
  const { scenario, step, embedded } = get()
  if (embedded || location.hash !== '') return
  const query = new URLSearchParams(location.search)
  if (scenario !== null && scenario.steps.length > 0 && scenario.id !== '') {
    query.set('scenario', scenario.id)
    query.set('step', String(step + 1))
  } else if (query.has('step')) {
    query.delete('step')
    if (scenario === null || scenario.id === '') query.delete('scenario')
    else query.set('scenario', scenario.id)
  } else return
  const text = query.toString().replaceAll('%2F', '/')
  history.replaceState(null, '', `${location.pathname}${text === '' ? '' : `?${text}`}`)
}

export { guess }
