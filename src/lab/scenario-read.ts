import { type Micros, parseDuration } from '../base/units.ts'
import { pathText } from './scenario-schema.ts'
import type { Path } from './scenario-text.ts'

/** What was read; or one sentence about the first thing that cannot be, and where that is. */
export type Read<T> = { ok: true; value: T } | Refused
export type Refused = { ok: false; error: string; path: Path }

export const done = <T>(value: T): Read<T> => ({ ok: true, value })

export function refuse(path: Path, why: string): Refused {
  return { ok: false, error: `${path.length === 0 ? 'the file' : pathText(path)}: ${why}`, path }
}

/** The schema has seen to it that this is a time with its unit. */
export const micros = (text: string): Micros => parseDuration(text) as Micros

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
/** Without the fields that are there and say nothing. */
export function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
}
