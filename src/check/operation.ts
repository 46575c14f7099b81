/** One operation of a history: what a client asked, when, and what it was told. */
export interface Operation<In = unknown, Out = unknown> {
  client: string | number
  /** When it was asked, in any unit. Two operations that touch at an equal time are concurrent. */
  call: number
  /** When the answer came; null if it never did. */
  return: number | null
  input: In
  /** What the client was told; undefined where that is unknown. */
  output?: Out | undefined
}

/**
 * A sequential specification, as data: what a single copy that does one thing at a time would do. States are values of any
 * plain kind but null, and `step` never changes the one that it is given.
 */
export interface Model<S, In, Out> {
  init(): S
  /** The state after an operation, or null if it cannot have had this output here. An undefined output is never a reason. */
  step(state: S, input: In, output: Out | undefined): S | null
  /** Operations with different keys have nothing to do with one another, and are judged apart (P-compositionality). */
  key?(input: In): unknown
  /** Whether two states are the same; left out, they are compared as plain values. */
  equal?(a: S, b: S): boolean
  /** Equal states have equal hashes. */
  hash?(state: S): string | number
  /**
   * What can be told of an operation before its state is known. It never changes a verdict, and without it the search may
   * take far longer.
   */
  foresee?(input: In, output: Out | undefined): Foresight<S>
}

export interface Foresight<S> {
  /** Wherever it can be, it leaves the state as it is: no two orders of such operations need to be tried. */
  reads: boolean
  /** The only state in which it can be; null where there may be several. */
  needs: { state: S } | null
  /** The only state that it can lead to, if it changes the state at all; null where there may be several. */
  gives: { state: S } | null
  /** Whatever the state was, it is what `gives` says afterwards. */
  sets?: boolean
}

/** A model whose states and operations are its own affair. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyModel = Model<any, any, any>
