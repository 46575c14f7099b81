/**
 * A calculation of a lab that is no run: it goes through no network and has no clock of its own. A generator, so that
 * whoever runs it can stop it and say how far it is. `clock` is the host's, in microseconds, for a study that measures how
 * long its own work takes. It throws a `RangeError` with one sentence for a request that cannot be.
 */
export type Study = (request: never, clock: () => number) => Generator<StudyProgress, unknown>

export interface StudyProgress {
  /** From 0 to 1. */
  done: number
  doing: string
}
