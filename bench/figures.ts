export interface Figure {
  name: string
  value: number
  unit: string
}

/** CPU time of this process, so that a busy machine disturbs less than by the clock. */
export function cpuSeconds(go: () => void): number {
  globalThis.gc?.()
  const before = process.cpuUsage()
  go()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((x, y) => x - y)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] as number
}
