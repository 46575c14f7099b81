/** What theory expects of the balance, drawn beside what was measured. */

/**
 * The coefficient of variation of the stretches of a circle that `servers` servers own by `tokens` random tokens each:
 * √((n − 1)/(nV + 1)), from the moments of the Dirichlet distribution.
 */
export const tokenNoise = (servers: number, tokens: number): number => Math.sqrt((servers - 1) / (servers * tokens + 1))

/**
 * The coefficient of variation that keys falling on `servers` servers at random, with even odds, have of their own: key i
 * brings `requests[i]` requests wherever it falls, so √((n − 1) Σr²)/Σr.
 */
export function keyNoise(servers: number, requests: Uint32Array): number {
  let sum = 0
  let squares = 0
  for (const r of requests) {
    sum += r
    squares += r * r
  }
  return Math.sqrt((servers - 1) * squares) / sum
}
