import type { Micros } from '../base/units.ts'

/** An exact place in a run: so many steps in. `at` is the instant on the clock, which may lie after the last step. */
export interface Moment {
  at: Micros
  steps: number
}

/** An instant, or so many steps of it; without them, all that happens at it. */
export type Place = Omit<Moment, 'steps'> & Partial<Moment>
