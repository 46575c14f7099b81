import { fail, ok, type Result } from '../base/result.ts'
import { formatDuration, MS, type Micros } from '../base/units.ts'
import type { Command } from '../kernel/command.ts'
import type { LabTypes, Setup } from '../kernel/types.ts'

/** What becomes of a new value: a command at the instant on screen, or another setup for a fresh run. */
export type Change = { command: Command<LabTypes> } | { setup: (setup: Setup<LabTypes>) => Setup<LabTypes> }

interface Common {
  id: string
  label: string
  says: string
  source: string
  /** Takes effect while the run goes on; else it needs a fresh one. */
  live: boolean
}

export interface NumberField extends Common {
  kind: 'number'
  /** In its unit. */
  value: number
  unit: string
  min: number
  max: number
  whole: boolean
  /** In words, with units. */
  range: string
  /** What a slider covers; equal ratios are equal ways if it is `byRatio`. */
  slider: { min: number; max: number; byRatio: boolean } | null
  /** One sentence that says why the value cannot be, or what becomes of it. */
  change(value: number): Result<Change>
}

export interface SwitchField extends Common {
  kind: 'switch'
  value: boolean
  change(value: boolean): Result<Change>
}

export interface ChoiceField extends Common {
  kind: 'choice'
  value: string
  among: readonly { value: string; label: string }[]
  change(value: string): Result<Change>
}

/** A length of time that is drawn anew each time: its kind, and the numbers of that kind. */
export interface DistributionField extends Common {
  kind: 'distribution'
  choice: ChoiceField
  parts: readonly NumberField[]
}

export type Field = NumberField | SwitchField | ChoiceField | DistributionField

export interface FieldGroup {
  id: string
  title: string
  fields: readonly Field[]
}

/** Reads what was typed into a field for a number; the sentence says what the field takes. */
export function readNumber(field: NumberField, text: string): Result<number> {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isNaN(value)) return fail(`Type a number from ${field.range}.`)
  if (value < field.min || value > field.max || !Number.isFinite(value)) {
    return fail(`It must be from ${field.range}, not ${text.trim()}${field.unit === '' ? '' : ` ${field.unit}`}.`)
  }
  if (field.whole && !Number.isInteger(value)) return fail(`It must be a whole number from ${field.range}.`)
  return ok(value)
}

/** The place of a value on its slider, from 0 to 1000, and back. */
export function toSlider({ min, max, byRatio }: NonNullable<NumberField['slider']>, value: number): number {
  const inside = Math.min(max, Math.max(min, value))
  const share = byRatio ? Math.log(inside / min) / Math.log(max / min) : (inside - min) / (max - min)
  return Math.round(share * SLIDER)
}
export function fromSlider({ min, max, byRatio }: NonNullable<NumberField['slider']>, place: number): number {
  if (place <= 0) return min
  if (place >= SLIDER) return max
  const share = place / SLIDER
  return byRatio ? roundTo(min * (max / min) ** share, 2) : roundTo(min + (max - min) * share, 3)
}
export const SLIDER = 1000

const roundTo = (value: number, digits: number): number => Number(value.toPrecision(digits))

export const formatNumber = (value: number): string => String(Math.round(value * 1000) / 1000)

/** A length of time. */
export const duration = (value: Micros, min: Micros, max: Micros) => ({
  kind: 'number' as const,
  value: value / MS,
  unit: 'ms',
  min: min / MS,
  max: max / MS,
  whole: false,
  range: `${min === 0 ? '0' : formatDuration(min)} to ${formatDuration(max)}`,
  slider: null,
})

/** A whole number. */
export const count = (value: number, min: number, max: number, unit = '') => ({
  kind: 'number' as const,
  value,
  unit,
  min,
  max,
  whole: true,
  range: `${min.toLocaleString('en')} to ${max.toLocaleString('en')}${unit === '' ? '' : ` ${unit}`}`,
  slider: null,
})

/** A share, in per cent. */
export const share = (value: number) => ({
  kind: 'number' as const,
  value: Math.round(value * 100_000) / 1_000,
  unit: '%',
  min: 0,
  max: 100,
  whole: false,
  range: '0 to 100 %',
  slider: { min: 0, max: 100, byRatio: false },
})

/** The house's own settings are of this simulation and of nobody's paper. */
export const HOUSE = 'this simulation'
