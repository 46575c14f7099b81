import { fail, ok, type Result } from '../base/result.ts'
import { formatDuration, parseDuration } from '../base/units.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { AnyLab, Mistake, Setting } from './definition.ts'

/** The lab's default configuration with these fields and these mistakes; or what is wrong with one of them. */
export function readConfig(lab: AnyLab, fields: Record<string, unknown>, mistakes: readonly string[]): Result<object> {
  const set = readFields(lab, fields)
  if (!set.ok) return fail(`setup.config.${set.error}`)
  const config: Record<string, unknown> = { ...lab.defaults.config, ...set.value }
  for (const name of mistakes) {
    const mistake = lab.mistakes.find((candidate) => candidate.name === name)
    if (mistake === undefined) {
      return fail(
        `setup.mistakes: there is no mistake called “${name}”; expected one of ${lab.mistakes.map((m) => m.name).join(', ')}`,
      )
    }
    for (const [key, value] of Object.entries(mistake.config))
      config[key] = merged(config[key], value, lab.defaults.config, key)
  }
  for (const setting of lab.settings) {
    const why = setting.refusal?.(config) ?? null
    if (why !== null) return fail(`setup.config.${setting.key}: ${asClause(why)}`)
  }
  return ok(config)
}

/** A sentence to go behind a colon, and before somebody else's full stop. */
const asClause = (sentence: string): string =>
  `${sentence.slice(0, 1).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`

/** Whether a configuration has this mistake in it. */
export function hasMistake(lab: AnyLab, config: object, mistake: Mistake<LabTypes>): boolean {
  return Object.entries(mistake.config).every(([key, value]) => {
    const now = (config as Record<string, unknown>)[key]
    return switches(lab, key, value).every(([name, on]) =>
      name === null ? now === on : (now as Record<string, unknown>)[name] === on,
    )
  })
}

/** What to change in a configuration so that it has this mistake, or has it no more; others stay as they are. */
export function withMistake(
  lab: AnyLab,
  config: object,
  mistake: Mistake<LabTypes>,
  on: boolean,
): Record<string, unknown> {
  const change: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(mistake.config)) {
    const usual: unknown = lab.defaults.config[key]
    for (const [name, switched] of switches(lab, key, value)) {
      if (name === null) change[key] = on ? switched : usual
      else {
        const now = (change[key] ?? (config as Record<string, unknown>)[key]) as Record<string, unknown>
        change[key] = { ...now, [name]: on ? switched : (usual as Record<string, unknown>)[name] }
      }
    }
  }
  return change
}

/** What a mistake switches in a field: the field itself (null), or the entries of a record that differ from the usual. */
function switches(lab: AnyLab, key: string, value: unknown): [string | null, unknown][] {
  if (typeof value !== 'object' || value === null) return [[null, value]]
  const usual = lab.defaults.config[key] as Record<string, unknown>
  return Object.entries(value).filter(([name, on]) => usual[name] !== on)
}

/** Only what these fields set; the error begins with the field. */
export function readFields(lab: AnyLab, fields: object): Result<Record<string, unknown>> {
  const config: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(fields)) {
    const setting = lab.settings.find((candidate) => candidate.key === key)
    if (setting === undefined) {
      return fail(`${key}: there is no such setting; expected one of ${lab.settings.map((s) => s.key).join(', ')}`)
    }
    const read = readSetting(setting, value)
    if (!read.ok) return fail(`${key}: ${read.error}`)
    config[key] = read.value
  }
  return ok(config)
}

/** Reads one value for a setting, as a file, an address or a form gives it. */
function readSetting(setting: Setting<never>, value: unknown): Result<unknown> {
  const { kind } = setting
  switch (kind.type) {
    case 'duration': {
      const read = readDuration(value)
      if (!read.ok) return read
      if (read.value >= kind.min && read.value <= kind.max) return read
      return fail(`expected ${formatDuration(kind.min)} to ${formatDuration(kind.max)}, found ${String(value)}`)
    }
    case 'count':
      if (typeof value === 'number' && Number.isInteger(value) && value >= kind.min && value <= kind.max)
        return ok(value)
      return fail(`expected a whole number from ${kind.min} to ${kind.max}, found ${JSON.stringify(value)}`)
    case 'switch':
      return typeof value === 'boolean' ? ok(value) : fail(`expected true or false, found ${JSON.stringify(value)}`)
    case 'choice':
      if (typeof value === 'string' && kind.among.includes(value)) return ok(value)
      return fail(`expected one of ${kind.among.join(', ')}, found ${JSON.stringify(value)}`)
  }
}

/** Reads a length of time, or says what one looks like. */
function readDuration(value: unknown): Result<number> {
  const found = typeof value === 'string' ? parseDuration(value) : null
  return found === null
    ? fail(`expected a time with its unit, as in “1.5s” or “20ms”, found ${JSON.stringify(value)}`)
    : ok(found)
}

/** Two mistakes that share a field are both on: a record of switches keeps what the first one switched. */
function merged(now: unknown, next: unknown, defaults: Record<string, unknown>, key: string): unknown {
  if (typeof next !== 'object' || next === null) return next
  const changed = Object.entries(next).filter(
    ([name, value]) => (defaults[key] as Record<string, unknown>)[name] !== value,
  )
  return { ...(now as object), ...Object.fromEntries(changed) }
}
