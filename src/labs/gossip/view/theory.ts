/** What is expected of a rumour: shares of those who know, as functions of the rounds since it was told. */

/**
 * If all rounds were in step: x ← 1 − (1 − x)(1 − 1/(n − 1))^(f n x), for n servers that each tell `fanout` others. One share
 * per round, until less than half a server is left.
 */
export function inStep(n: number, fanout: number): number[] {
  const shares = [1 / Math.max(1, n)]
  if (n < 2) return shares
  while (shares.length < 40) {
    const share = shares.at(-1) as number
    if (share > 1 - 0.5 / n) break
    shares.push(1 - (1 - share) * (1 - 1 / Math.max(2, n - 1)) ** (fanout * n * share))
  }
  return shares
}

/** If each tells at times of its own, so that news goes on within a round: dx/dt = f x (1 − x), which is the logistic curve. */
export const atOwnTimes = (n: number, fanout: number, rounds: number): number =>
  1 / (1 + (n - 1) * Math.exp(-fanout * rounds))

/** The convergence simulator of Serf’s site (`simulator.js`): half as many contacts, and one server more to begin with. */
export const serfsEstimate = (n: number, fanout: number, rounds: number): number =>
  1 / (1 + (n + 1) * Math.exp(-0.5 * fanout * rounds))
