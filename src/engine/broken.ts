import { AssertionError } from '../base/assert.ts'
import type { Micros } from '../base/units.ts'
import type { FromEngine } from './messages.ts'

/** What the page hears of an engine that was stopped at `at` by an error of its own. */
export function brokenBy(error: unknown, run: number, at: Micros): FromEngine {
  const kind = error instanceof AssertionError ? 'an assertion' : 'the engine'
  const text = error instanceof Error ? error.message : String(error)
  return { type: 'broken', run, text: `${kind} failed: ${text}`, at }
}
