/** Throws a `TypeError` for what is not bytes: a text has many encodings, and its caller must say which. */
export function demandBytes(bytes: unknown): asserts bytes is Uint8Array {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`bytes: expected a Uint8Array, found ${bytes === null ? 'null' : `a ${typeof bytes}`}`)
  }
}

/** Throws a `RangeError` for a seed that is no unsigned 32-bit number. */
export function demandSeed32(seed: number): void {
  if (!(Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff)) {
    throw new RangeError(`seed: expected a whole number from 0 to 4294967295, found ${seed}`)
  }
}
