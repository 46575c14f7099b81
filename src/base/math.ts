/**
 * Logarithm and exponential from + − × / alone. The built-in ones may differ in the last bit from engine to engine, and one
 * bit is enough to part two runs.
 */

/** The natural logarithm, to within 2 units in the last place; −Infinity at 0, NaN below. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN
  if (x === Number.POSITIVE_INFINITY) return x
  let mantissa = x
  let exponent = 0
  while (mantissa >= 4294967296) {
    mantissa /= 4294967296
    exponent += 32
  }
  while (mantissa < 1 / 4294967296) {
    mantissa *= 4294967296
    exponent -= 32
  }
  while (mantissa > SQRT2) {
    mantissa /= 2
    exponent++
  }
  while (mantissa < SQRT2 / 2) {
    mantissa *= 2
    exponent--
  }
  return exponent * LN2_HIGH + (2 * atanhSeries((mantissa - 1) / (mantissa + 1)) + exponent * LN2_LOW)
}

/** e to the x, to within 2 units in the last place over the range where it is finite and normal. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY
  if (x < -745.2) return 0
  const k = Math.round(x / LN2)
  const r = x - k * LN2_HIGH - k * LN2_LOW
  let sum = 1
  for (let i = 14; i > 0; i--) sum = 1 + (r / i) * sum
  return scale(sum, k)
}

/** The least whole k with 10^k ≥ x, for whole x ≥ 1. Exact, where a rounded logarithm is not. */
export function ceilLog10(x: number): number {
  return ceilLog(x, 10)
}

/** The least whole k with 2^k ≥ x, for whole x ≥ 1. */
export function ceilLog2(x: number): number {
  return ceilLog(x, 2)
}

/** The standard normal quantile for 0 < p < 1, relative error below 1.2e-9 (P. J. Acklam's rational approximation, 2003). */
export function inverseNormal(p: number): number {
  if (p < LOW) return tail(Math.sqrt(-2 * ln(p)))
  if (p > 1 - LOW) return -tail(Math.sqrt(-2 * ln(1 - p)))
  const q = p - 0.5
  const r = q * q
  return (polynomial(A, r) * q) / (polynomial(B, r) * r + 1)
}

function ceilLog(x: number, base: number): number {
  let k = 0
  for (let reach = 1; reach < x; reach *= base) k++
  return k
}

function atanhSeries(s: number): number {
  const s2 = s * s
  let sum = 0
  for (let i = 23; i >= 3; i -= 2) sum = (sum + 1 / i) * s2
  return s + s * sum
}

function scale(x: number, k: number): number {
  let y = x
  for (let i = k; i > 0; i--) y *= 2
  for (let i = k; i < 0; i++) y /= 2
  return y
}

const tail = (q: number): number => polynomial(C, q) / (polynomial(D, q) * q + 1)

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0
  for (const c of coefficients) sum = sum * x + c
  return sum
}

const { SQRT2 } = Math
const { LN2 } = Math
const LN2_HIGH = 0.6931471803691238
const LN2_LOW = 1.9082149292705877e-10
const LOW = 0.02425
const A = [
  -3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1,
  2.506628277459239,
]
const B = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1]
const C = [
  -7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
]
const D = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416]
