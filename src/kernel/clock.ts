import type { Micros } from '../base/units.ts'

/** A process's own clock: it runs `driftPpm` millionths fast, and its wall clock is `offset` ahead. */
export interface Clock {
  readonly offset: Micros
  readonly driftPpm: number
  /** Where the two clocks stood when the drift was last set. */
  readonly since: Micros
  readonly elapsedThen: Micros
}

/** The one clock of all processes whose clock nobody has touched. */
export const STEADY: Clock = { offset: 0, driftPpm: 0, since: 0, elapsedThen: 0 }

/** The process's monotonic clock at the simulation's instant `now`. */
export function elapsed(clock: Clock, now: Micros): Micros {
  if (clock === STEADY) return now
  if (clock.driftPpm === 0) return clock.elapsedThen + (now - clock.since)
  return clock.elapsedThen + Math.floor(((now - clock.since) * (1_000_000 + clock.driftPpm)) / 1_000_000)
}

/** How long the simulation's clock runs while this one runs for `span`. */
export function trueSpan(clock: Clock, span: Micros): Micros {
  if (clock.driftPpm === 0) return span
  return Math.ceil((span * 1_000_000) / (1_000_000 + clock.driftPpm))
}

export function resetClock(clock: Clock, now: Micros, change: { offset?: Micros; driftPpm?: number }): Clock {
  return {
    offset: change.offset ?? clock.offset,
    driftPpm: change.driftPpm ?? clock.driftPpm,
    since: now,
    elapsedThen: elapsed(clock, now),
  }
}
