import { same } from '../../check/plain.ts'
import type { AnyLab, Setting } from '../definition.ts'
import { isSwitches } from './shared-run.ts'

/** What is wrong with fields of a configuration, as a run has them: beginning with where, or null. */
export function configProblem(lab: AnyLab, config: Record<string, unknown>, where: string): string | null {
  const usual = lab.defaults.config as Record<string, unknown>
  for (const [key, value] of Object.entries(config)) {
    if (!Object.hasOwn(usual, key)) {
      return `${where}.${key.slice(0, 60)}: there is no such field; expected one of ${Object.keys(usual).join(', ')}`
    }
    const why = valueProblem(lab, key, value, usual[key])
    if (why !== null) return `${where}.${key}${why}`
  }
  return refusalOf(lab, config, where)
}

function refusalOf(lab: AnyLab, config: Record<string, unknown>, where: string): string | null {
  const all = { ...lab.defaults.config, ...config }
  for (const setting of lab.settings) {
    const why = setting.refusal?.(all) ?? null
    if (why !== null) return `${where}.${setting.key}: ${why}`
  }
  return null
}

function valueProblem(lab: AnyLab, key: string, value: unknown, usual: unknown): string | null {
  if (isSwitches(usual)) return switchesProblem(value, usual as Record<string, unknown>)
  if (typeof value !== typeof usual || (value === null) !== (usual === null))
    return `: expected ${typeText(usual)}, found ${JSON.stringify(value)?.slice(0, 60)}`
  const setting = lab.settings.find((one) => one.key === key)
  if (setting === undefined || isOffered(lab, key, value)) return null
  const range = rangeText(setting, value)
  return range === null ? null : `: expected ${range}, found ${JSON.stringify(value)}`
}

function switchesProblem(value: unknown, usual: Record<string, unknown>): string | null {
  if (!isSwitches(value)) return `: expected an object, found ${JSON.stringify(value)?.slice(0, 60)}`
  for (const [name, on] of Object.entries(value)) {
    if (!Object.hasOwn(usual, name))
      return `.${name.slice(0, 60)}: there is no such field; expected one of ${Object.keys(usual).join(', ')}`
    if (typeof on !== typeof usual[name])
      return `.${name}: expected ${typeText(usual[name])}, found ${JSON.stringify(on)?.slice(0, 60)}`
  }
  return null
}

/** What the lab itself says somewhere is right, whatever the range of its slider. */
function isOffered(lab: AnyLab, key: string, value: unknown): boolean {
  const offers: readonly object[] = [
    lab.defaults.config,
    ...lab.mistakes.map(({ config }) => config),
    ...(lab.presets ?? []).map(({ config }) => config ?? {}),
  ]
  return offers.some((offer) => same((offer as Record<string, unknown>)[key], value))
}

/** The range that a setting's value is outside of, in words; null if it is inside. */
function rangeText({ kind }: Setting<never>, value: unknown): string | null {
  switch (kind.type) {
    case 'duration':
    case 'count': {
      const number = value as number
      if (Number.isInteger(number) && number >= kind.min && number <= kind.max) return null
      return `a whole number from ${kind.min} to ${kind.max}`
    }
    case 'switch':
      return typeof value === 'boolean' ? null : 'true or false'
    case 'choice':
      return kind.among.includes(value as string) ? null : `one of ${kind.among.join(', ')}`
  }
}

function typeText(value: unknown): string {
  if (typeof value === 'number') return 'a number'
  if (typeof value === 'boolean') return 'true or false'
  return typeof value === 'string' ? 'a text' : 'what the lab has there'
}
