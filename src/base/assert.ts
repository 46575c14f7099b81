/** Stops what only a bug can bring about; `why` holds the numbers. Never for what a user can get wrong. */
export function assert(condition: boolean, why: string): asserts condition {
  if (!condition) throw new AssertionError(why)
}

/** The same where it is asked a million times a second, and the words must not be made until they are needed. */
export function broken(why: string): never {
  throw new AssertionError(why)
}

/** Marks a branch that the types rule out. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable: ${JSON.stringify(value)}`)
}

/** The value, which a bug alone could leave out. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new AssertionError(`missing: ${what}`)
  return value
}

export class AssertionError extends Error {
  override name = 'AssertionError'
}
