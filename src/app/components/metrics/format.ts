import { MS, SECOND, type Micros } from '../../../base/units.ts'
import type { SurveyFigure } from '../../../engine/messages.ts'

/** `8.4 ms`, `212 ms`, `1.25 s`: three digits are as many as one can compare at a glance. */
export function duration(t: Micros): string {
  if (t >= SECOND) return `${threeDigits(t / SECOND)} s`
  return t >= MS ? `${threeDigits(t / MS)} ms` : `${Math.round(t)} µs`
}

export function bytes(n: number): string {
  if (n >= 1_000_000) return `${threeDigits(n / 1_000_000)} MB`
  return n >= 1_000 ? `${threeDigits(n / 1_000)} kB` : `${threeDigits(n)} B`
}

export function percent(share: number): string {
  return `${threeDigits(share * 100)} %`
}

/** `0`, `0.25`, `8.4`, `212`, `12,400`. */
export function threeDigits(x: number): string {
  if (x >= 100) return Math.round(x).toLocaleString('en')
  const digits = x >= 10 ? 1 : 2
  return String(Number(x.toFixed(digits)))
}

/** A figure's value with its unit. */
export function valueText(value: number, unit: SurveyFigure['unit']): string {
  switch (unit) {
    case 'duration':
      return duration(value)
    case 'bytes':
      return `${bytes(value)}/s`
    case 'rate':
      return `${threeDigits(value)}/s`
    case 'share':
      return percent(value)
    case 'count':
      return threeDigits(value)
  }
}
