import { SECOND, type Micros } from '../../base/units.ts'

/** `1.4 s`, `350 ms`, `4.7 min`: about how long. */
export function roughly(length: Micros): string {
  if (length < SECOND) return `${Number((length / 1_000).toPrecision(2))} ms`
  if (length < 120 * SECOND) return `${Number((length / SECOND).toPrecision(2))} s`
  return `${Number((length / SECOND / 60).toPrecision(2))} min`
}
