/**
 * Arithmetic on 64-bit words in two 32-bit halves. A bigint would read better and is fifty times slower, which a million
 * keys do not forgive. Each function leaves its result in `out`, in signed halves: the only register there is.
 */
export const out = { hi: 0, lo: 0 }

export function set(h: number, l: number): void {
  out.hi = h | 0
  out.lo = l | 0
}

/** a + b. */
export function add(ah: number, al: number, bh: number, bl: number): void {
  const low = (al >>> 0) + (bl >>> 0)
  out.lo = low | 0
  out.hi = (ah + bh + (low > 0xffffffff ? 1 : 0)) | 0
}

/** a × b, the lower 64 bits. */
export function multiply(ah: number, al: number, bh: number, bl: number): void {
  const a0 = al & 0xffff
  const a1 = al >>> 16
  const b0 = bl & 0xffff
  const b1 = bl >>> 16
  const low = Math.imul(a0, b0)
  const middle = a1 * b0 + (low >>> 16)
  const carry = a0 * b1 + (middle & 0xffff)
  out.hi = (a1 * b1 + (middle >>> 16) + (carry >>> 16) + Math.imul(ah, bl) + Math.imul(al, bh)) | 0
  out.lo = (carry << 16) | (low & 0xffff)
}

/** a turned left by `bits`, from 1 to 63. */
export function rotateLeft(ah: number, al: number, bits: number): void {
  if (bits === 32) {
    set(al, ah)
  } else if (bits < 32) {
    out.hi = (ah << bits) | (al >>> (32 - bits))
    out.lo = (al << bits) | (ah >>> (32 - bits))
  } else {
    out.hi = (al << (bits - 32)) | (ah >>> (64 - bits))
    out.lo = (ah << (bits - 32)) | (al >>> (64 - bits))
  }
}

/** a ^ (a >>> bits), for `bits` from 1 to 63: the half of a finaliser that is not a multiplication. */
export function xorShift(ah: number, al: number, bits: number): void {
  if (bits >= 32) {
    out.lo = al ^ (bits === 32 ? ah : ah >>> (bits - 32))
    out.hi = ah
  } else {
    out.lo = al ^ ((al >>> bits) | (ah << (32 - bits)))
    out.hi = ah ^ (ah >>> bits)
  }
}

/** Two halves as an unsigned bigint. */
export const toBigInt = (h: number, l: number): bigint => (BigInt(h >>> 0) << 32n) | BigInt(l >>> 0)

/** The four bytes at `i`, the least significant first. */
export const word = (bytes: Uint8Array, i: number): number =>
  (bytes[i] as number) |
  ((bytes[i + 1] as number) << 8) |
  ((bytes[i + 2] as number) << 16) |
  ((bytes[i + 3] as number) << 24)
