import { fail, ok, type Result } from '../base/result.ts'
import { parseDuration, type Micros } from '../base/units.ts'
import type { Expectation } from './script.ts'

type Said =
  | string
  | { expect: string; text?: string | undefined; after?: string | undefined; within?: string | undefined }

/**
 * Reads an expectation: `[always | eventually] CONDITION [within TIME]`. Without `always` it must come true at some
 * moment; without `within` the scenario's end is the limit. `after` moves the beginning of the window.
 */
export function readExpectation(said: Said, end: Micros): Result<Expectation> {
  const { expect, text, after, within } = typeof said === 'string' ? { expect: said } : said
  const found = /^\s*(always|eventually)?\s*(.*?)(?:\s+within\s+(\d+(?:\.\d+)?\s*(?:us|µs|ms|s|min)))?\s*$/s.exec(
    expect,
  )
  const condition = found?.[2] ?? ''
  if (condition === '') return fail('expected a condition')
  if (/\bwithin\b/.test(condition))
    return fail(`“within” is followed by a time with its unit, as in “within 2s”, in “${expect}”`)
  const from = after === undefined ? 0 : (parseDuration(after) ?? 0)
  const limit = parseDuration(found?.[3] ?? within ?? '')
  return ok({
    text: text ?? expect.trim(),
    mode: found?.[1] === 'always' ? 'always' : 'eventually',
    condition,
    after: from,
    until: limit === null ? end : Math.min(end, from + limit),
  })
}
