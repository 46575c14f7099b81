import type { Operation } from './operation.ts'

/**
 * Moments at which the operations of an order can be said to take effect: none before the one before it, each between its
 * call and its return, and as far from both as the others leave room. What never returned does so by `until`.
 */
export function linearizationPoints(
  operations: readonly Operation[],
  order: readonly number[],
  until: number,
): Map<number, number> {
  const at = (place: number): Operation => operations[place] as Operation
  const earliest: number[] = []
  for (const place of order) earliest.push(Math.max(earliest.at(-1) ?? Number.NEGATIVE_INFINITY, at(place).call))
  const points = new Map<number, number>()
  let latest = Math.max(until, earliest.at(-1) ?? until)
  for (let i = order.length - 1; i >= 0; i--) {
    const place = order[i] as number
    latest = Math.min(latest, at(place).return ?? latest)
    const from = earliest[i] as number
    points.set(place, from + (latest - from) / 2)
  }
  return points
}
