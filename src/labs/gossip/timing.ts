import { ceilLog10, ceilLog2, ln } from '../../base/math.ts'

/**
 * The arithmetic of memberlist's timers and limits, as its `util.go` and `suspicion.go` have it. Times are milliseconds, in
 * and out. They throw a RangeError that names the argument for input that has no meaning.
 */

/** Up to so many servers, push/pull comes at its plain interval (memberlist `util.go`). */
const PUSH_PULL_THRESHOLD = 32

/**
 * How long a suspect has to refute, at least: `mult · max(1, log10(n)) · interval`, the logarithm cut off after three
 * decimals as memberlist does. `n` is the number of servers known, itself included.
 */
export function suspicionTimeout(mult: number, n: number, intervalMs: number): number {
  demand('mult', mult)
  demand('n', n)
  demand('intervalMs', intervalMs)
  return (mult * Math.max(1000, thousandthsOfLog10(Math.max(1, n))) * intervalMs) / 1000
}

/**
 * How long a suspect has left after `c` independent confirmations of `k` hoped for, when `elapsedMs` have passed: from
 * `maxMs` down to `minMs` as ln(c + 1) / ln(k + 1) goes from 0 to 1 (Lifeguard §IV-B; memberlist `suspicion.go`). Negative
 * if the time is over. With k = 0 nobody is hoped for, and the time is `minMs`.
 */
export function remainingSuspicionTime(c: number, k: number, elapsedMs: number, minMs: number, maxMs: number): number {
  demand('c', c)
  demand('k', k)
  demand('elapsedMs', elapsedMs)
  demand('minMs', minMs)
  demand('maxMs', maxMs)
  if (k === 0) return minMs - elapsedMs
  const share = ln(c + 1) / ln(k + 1)
  // Whole milliseconds, as memberlist cuts them; a rounding error must not cost one.
  const timeout = Math.floor(maxMs - share * (maxMs - minMs) + ROUNDING)
  return Math.max(minMs, timeout) - elapsedMs
}

/** How often an update is sent at most: `mult · ⌈log10(n + 1)⌉`. */
export function retransmitLimit(mult: number, n: number): number {
  demand('mult', mult)
  demand('n', n)
  return mult * ceilLog10(n + 1)
}

/** The interval of push/pull in a cluster of `n`: doubled at the 33rd server, trebled at the 65th, and so on. */
export function pushPullScale(intervalMs: number, n: number): number {
  demand('intervalMs', intervalMs)
  demand('n', n)
  if (n <= PUSH_PULL_THRESHOLD) return intervalMs
  return (ceilLog2(n) - ceilLog2(PUSH_PULL_THRESHOLD) + 1) * intervalMs
}

const ROUNDING = 1e-6

/** ⌊1000 · log10(x)⌋. Powers of ten are met exactly, where a quotient of logarithms may fall short by a bit. */
function thousandthsOfLog10(x: number): number {
  const thousandths = (1000 * ln(x)) / ln(10)
  const whole = Math.round(thousandths)
  return Math.abs(thousandths - whole) < ROUNDING ? whole : Math.floor(thousandths)
}

function demand(name: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${name}: expected a number from 0 on, found ${value}`)
  }
}
