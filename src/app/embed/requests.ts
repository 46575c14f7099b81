import * as v from 'valibot'
import { fail, ok, type Result } from '../../base/result.ts'
import { commandShape } from '../../lab/shared/shape.ts'
import { PROTOCOL, type Request } from '../../embed/protocol.ts'

/** What somebody posted: nothing of this protocol (null), or a request, or what is wrong with it. */
export type Heard = { id: string | null; request: Result<Request> } | null

/** Reads a message that may be anything. What does not bear the protocol's name is not meant for the lab. */
export function readMessage(data: unknown): Heard {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, 'netsplit')) return null
  const { netsplit, id: said, ...rest } = data as Record<string, unknown>
  const id = typeof said === 'string' && said.length <= 64 ? said : null
  if (netsplit !== PROTOCOL) return { id, request: fail(`netsplit: expected the protocol’s version ${PROTOCOL}`) }
  if (said !== undefined && id === null) return { id, request: fail('id: expected a text of at most 64 characters') }
  if (!isTree(rest)) return { id, request: fail('expected plain data, at most 50 levels and 100,000 values') }
  const read = v.safeParse(shape, rest)
  return { id, request: read.success ? ok(read.output as Request) : fail(sentence(read.issues[0])) }
}

const DAY_MS = 86_400_000
const number = (words: string, least: number, most: number) =>
  v.pipe(v.number(words), v.minValue(least, words), v.maxValue(most, words))
const whole = (words: string, least: number, most: number) => v.pipe(number(words, least, most), v.integer(words))
const step = whole('expected a whole number from 1 to 1000', 1, 1000)
const key = v.pipe(
  v.string('expected the name of a key'),
  v.minLength(1, 'expected the name of a key'),
  v.maxLength(32),
)

const steps = v.union(
  [
    v.strictObject({ type: v.literal('step'), to: step }),
    v.strictObject({ type: v.literal('step'), by: v.picklist([1, -1]) }),
  ],
  'step: expected either “to”, a whole number from 1 to 1000, or “by”, 1 or -1',
)

const shape = v.lazy((input) => {
  const { type } = input as { type?: unknown }
  return typeof type === 'string' && Object.hasOwn(SHAPES, type) ? SHAPES[type as Request['type']] : unknownType
})

const SHAPES: Record<Request['type'], v.GenericSchema> = {
  open: v.strictObject({
    type: v.literal('open'),
    scenario: v.union(
      [v.pipe(v.string(), v.maxLength(200)), v.looseObject({})],
      'expected the name of a scenario, or a scenario',
    ),
    seed: v.optional(whole('expected a whole number from 0 to 4294967295', 0, 4_294_967_295)),
    step: v.optional(step),
    play: v.optional(v.boolean('expected true or false')),
  }),
  play: v.strictObject({
    type: v.literal('play'),
    speed: v.optional(number('expected simulated seconds per second, from 0.01 to 1000', 0.01, 1000)),
  }),
  pause: v.strictObject({ type: v.literal('pause') }),
  seek: v.strictObject({
    type: v.literal('seek'),
    at: number(`expected simulated milliseconds, from 0 to ${DAY_MS}`, 0, DAY_MS),
  }),
  step: steps,
  pace: v.strictObject({
    type: v.literal('pace'),
    every: whole('expected a whole number from 1 to 4', 1, 4),
    turn: whole('expected a whole number from 0 to 3', 0, 3),
  }),
  dispatch: v.strictObject({ type: v.literal('dispatch'), command: commandShape }),
  subscribe: v.strictObject({
    type: v.literal('subscribe'),
    to: v.optional(
      v.pipe(
        v.array(v.picklist(['state', 'event', 'verdict'], 'expected state, event or verdict'), 'expected a list'),
        v.maxLength(3, 'expected at most 3'),
      ),
    ),
    keys: v.optional(v.pipe(v.array(key, 'expected a list'), v.maxLength(20, 'expected at most 20'))),
  }),
}

const unknownType = v.custom<never>(() => false, `type: expected one of ${Object.keys(SHAPES).join(', ')}`)

function sentence(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)?.replaceAll(/\.(\d+)/g, '[$1]') ?? null
  if (issue.type !== 'strict_object')
    return `${path === null ? '' : `${path}: `}${issue.message}${foundText(issue.input)}`
  return `${path ?? 'the message'}: ${issue.expected === 'never' ? 'expected no such field' : 'expected this field'}`
}

/** What stood there, if it can be said in few words. */
function foundText(input: unknown): string {
  const isPlainValue = ['string', 'number', 'boolean'].includes(typeof input)
  return isPlainValue ? `, found ${typeof input === 'string' ? `“${input.slice(0, 60)}”` : String(input)}` : ''
}

const DEEPEST = 50
const MOST_VALUES = 100_000

/** Lists, records and plain values, no value twice on one way: what JSON can say, of a size that is soon read. */
function isTree(root: unknown): boolean {
  let values = 0
  const walk = (value: unknown, depth: number): boolean => {
    if (++values > MOST_VALUES || depth > DEEPEST) return false
    if (value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value)) return true
    if (typeof value !== 'object' || !isPlain(value)) return false
    return Object.entries(value).every(([name, item]) => name !== '__proto__' && walk(item, depth + 1))
  }
  return walk(root, 0)
}

const isPlain = (value: object): boolean => Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
