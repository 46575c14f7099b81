import type { Micros } from '../base/units.ts'
import type { Condition } from '../lab/condition.ts'
import type { Window } from '../lab/definition.ts'
import type { Place } from '../lab/moment.ts'
import type { Job } from './job.ts'
import type { Search } from './jump.ts'
import type { ToEngine } from './messages.ts'
import type { Stop } from './teller.ts'
import type { Timeline } from './timeline.ts'

/** What an engine is busy with over more than one slice. */
export type Task =
  /** Then it stands at `back`, which is not later. */
  | { type: 'show'; at: Micros; back?: Place; window: Window; stop: boolean; part?: number }
  | { type: 'job'; job: Job }
  | { type: 'jump'; id: number; search: Search; window: Window }
  | { type: 'until'; id: number; condition: Condition; end: Micros; window: Window }

export type ShowTask = Extract<Task, { type: 'show' }>
type UntilTask = Extract<Task, { type: 'until' }>

/** Of what asks for a moment, how to come to it. */
export function showTask(message: Extract<ToEngine, { type: 'show' | 'open' }>): ShowTask {
  const { at, steps, window, stopAtPart } = message
  return {
    type: 'show',
    at,
    window,
    stop: message.type === 'show' && message.stopAtViolation === true,
    ...(steps !== undefined && { back: { at, steps } }),
    ...(stopAtPart !== undefined && { part: stopAtPart }),
  }
}

/** Runs a future that was taken up again to where it was seen, so that it is known as before, and shows a moment of it. */
export const recallTask = (timeline: Timeline, back: Place, window: Window): ShowTask => ({
  type: 'show',
  at: Math.max(back.at, timeline.promised),
  back,
  window,
  stop: false,
})

/** At most `steps` steps on towards what is to be shown, or found; true when it is there, or decided. */
export const goOn = (timeline: Timeline, task: ShowTask | UntilTask, steps: number): boolean =>
  task.type === 'show' ? showOn(timeline, task, steps) : searchOn(timeline, task, steps)

/** What the run stopped at on its way, if it did. */
export function stopOf(timeline: Timeline, { stop, part }: ShowTask): Stop {
  const { stoppedAt, moment } = timeline
  if (stop && part === undefined && stoppedAt !== null) return { stoppedAt }
  const fired = part === undefined ? undefined : timeline.fired[part]
  return fired !== undefined && fired.at === moment.at && fired.steps === moment.steps ? { arrived: fired.index } : {}
}

function showOn(timeline: Timeline, { at, back, stop, part }: ShowTask, steps: number): boolean {
  const done = part === undefined ? timeline.seek(at, steps, stop) : timeline.reach(part, at, steps)
  if (done && back !== undefined) goBack(timeline, back)
  return done
}

function goBack(timeline: Timeline, { at, steps }: Place): void {
  if (steps === undefined) timeline.seek(at)
  else if (steps <= timeline.moment.steps) timeline.goTo({ at, steps })
}

function searchOn(timeline: Timeline, { condition, end }: UntilTask, steps: number): boolean {
  for (let i = 0; i < steps; i++) {
    if (timeline.holds(condition)) return true
    if (timeline.stepForward(end)) continue
    timeline.seek(end)
    return true
  }
  return false
}
