import * as v from 'valibot'
import { type Tool, TOOLS } from './challenge.ts'
import type { Path } from './scenario-text.ts'

const TIME = 'expected a time with its unit, as in "1.5s" or "20ms"'

/**
 * The shape of a scenario file. It validates and changes nothing, so that the JSON Schema made from it says the same.
 * `docs/SCENARIO.md` explains every field.
 */
const duration = v.pipe(
  v.string(TIME),
  v.regex(/^\s*\d{1,9}(\.\d{1,9})?\s*(us|µs|ms|s|min)\s*$/, TIME),
  v.description('A simulated time with its unit: us, ms, s or min.'),
)

/** An object with these fields and no others; the message names them. */
function fields<const T extends v.ObjectEntries>(entries: T) {
  return v.strictObject(entries, ({ expected, received }) => {
    if (expected === 'never')
      return `expected one of ${Object.keys(entries).join(', ')}, found the unknown field ${received}`
    return received === 'undefined' ? 'expected this field, found nothing' : `expected an object, found ${received}`
  })
}

const finite = v.pipe(v.number(), v.finite('expected a number'), v.minValue(0, 'expected a number from 0 on'))
const share = v.pipe(
  v.number(),
  v.minValue(0, 'expected a share from 0 to 1'),
  v.maxValue(1, 'expected a share from 0 to 1'),
)
const text = v.pipe(v.string(), v.maxLength(2_000, 'expected at most 2,000 characters'))

const distribution = v.union(
  [
    duration,
    fields({ uniform: v.tuple([duration, duration]) }),
    fields({ normal: fields({ mean: duration, deviation: duration }) }),
    fields({
      logNormal: fields({ median: duration, sigma: v.pipe(finite, v.maxValue(10, 'expected a number from 0 to 10')) }),
    }),
    fields({ exponential: fields({ floor: duration, mean: duration }) }),
  ],
  'expected a time ("25ms"), or one of uniform, normal, logNormal, exponential',
)

const network = fields({
  latency: v.optional(distribution),
  loss: v.optional(share),
  duplication: v.optional(share),
  fifo: v.optional(v.boolean()),
  bandwidth: v.optional(finite),
  hold: v.optional(v.boolean()),
})

const workload = fields({
  rate: v.optional(v.pipe(finite, v.maxValue(100_000, 'expected a rate from 0 to 100000'))),
  readShare: v.optional(share),
  keys: v.optional(
    v.pipe(
      v.number(),
      v.integer('expected a whole number'),
      v.minValue(1, 'expected 1 to 10000'),
      v.maxValue(10_000, 'expected 1 to 10000'),
    ),
  ),
  distribution: v.optional(v.picklist(['uniform', 'zipf'])),
})

const setup = fields({
  config: v.optional(v.pipe(v.record(v.string(), v.unknown()), v.description('Fields of the lab’s configuration.'))),
  mistakes: v.optional(v.pipe(v.array(v.string()), v.description('What is wrong on purpose, by name.'))),
  network: v.optional(network),
  disk: v.optional(fields({ sync: v.optional(distribution), lying: v.optional(v.boolean()) })),
  workload: v.optional(workload),
})

const condition = v.pipe(text, v.description('A condition in the predicate language.'))

const commands = v.union([
  v.pipe(v.array(v.record(v.string(), v.unknown())), v.maxLength(100, 'expected at most 100 commands')),
  v.record(v.string(), v.unknown()),
])

const unless = v.pipe(text, v.description('If it holds when the part comes true, its commands are left out.'))

const part = fields({
  at: v.optional(duration),
  when: v.optional(v.pipe(text, v.description('A condition in the predicate language; the part waits for it.'))),
  delay: v.optional(duration),
  title: v.optional(text),
  say: v.optional(text),
  do: v.optional(commands),
  unless: v.optional(unless),
})

const list = <const T extends v.GenericSchema>(item: T, n: number, what: string) =>
  v.pipe(v.array(item), v.maxLength(n, `expected at most ${n} ${what}`))

const question = fields({
  ask: v.pipe(text, v.nonEmpty('expected a question')),
  choices: v.optional(list(fields({ text, when: condition }), 12, 'choices')),
  among: v.optional(v.union([v.literal('servers'), list(text, 12, 'choices')])),
  when: v.optional(
    v.pipe(text, v.description('With among, a condition with {} for the choice; else what the answer Yes means.')),
  ),
  answer: v.optional(v.pipe(text, v.description('The right choice. If a run comes to another, the check fails.'))),
  by: v.optional(v.pipe(v.number(), v.integer('expected a whole number'), v.minValue(1, 'expected 1 or more'))),
  why: v.optional(text),
})

const step = fields({
  title: v.pipe(text, v.nonEmpty('expected a title')),
  words: v.pipe(v.string(), v.maxLength(5_000, 'expected at most 5,000 characters'), v.description('Markdown.')),
  notes: v.optional(v.pipe(text, v.description('For whoever presents it. Markdown.'))),
  when: v.optional(
    v.pipe(text, v.description('A condition; the step stands where it first holds after the step before.')),
  ),
  delay: v.optional(duration),
  highlight: v.optional(list(text, 12, 'things')),
  speed: v.optional(
    v.pipe(v.number(), v.minValue(0.01, 'expected 0.01 to 100'), v.maxValue(100, 'expected 0.01 to 100')),
  ),
  questions: v.optional(list(question, 4, 'questions')),
  offer: v.optional(v.pipe(text, v.description('What is done when the reader goes on, as a button says it.'))),
  do: v.optional(commands),
  unless: v.optional(unless),
  then: v.optional(list(part, 100, 'parts')),
})

const done = v.pipe(
  fields({
    at: duration,
    within: v.optional(
      v.pipe(v.number(), v.integer('expected a whole number'), v.minValue(0, 'expected a whole number from 0 on')),
    ),
    command: v.pipe(
      v.record(v.string(), v.unknown()),
      v.description('The engine’s own command, with its type, as a shared run has it.'),
    ),
  }),
  v.description('What was done at an exact instant; `within`: after so many steps of it, left out: after all of them.'),
)

const expectation = v.union([
  text,
  fields({ expect: text, text: v.optional(text), after: v.optional(duration), within: v.optional(duration) }),
])

const uses = v.union([
  v.literal('any'),
  v.pipe(v.number(), v.integer('expected a whole number or any'), v.minValue(1, 'expected 1 or more, or any')),
])

const optionalUses = v.optional(uses)

const challenge = fields({
  goal: v.pipe(expectation, v.description('What must come true, as in expect.')),
  tools: v.pipe(
    fields(Object.fromEntries(TOOLS.map((tool) => [tool, optionalUses])) as Record<Tool, typeof optionalUses>),
    v.description('How often each may be used; what is not named may not be used.'),
  ),
  hints: v.optional(list(text, 5, 'hints')),
  impossible: v.optional(fields({ why: text, searched: text })),
})

export const scenarioSchema = fields({
  $schema: v.optional(v.string()),
  format: v.literal(1, 'expected 1'),
  lab: v.pipe(v.string(), v.description('The lab, by its name: raft, ping …')),
  title: v.pipe(text, v.nonEmpty('expected a title')),
  about: v.optional(text),
  seed: v.pipe(
    v.number(),
    v.integer('expected a whole number'),
    v.minValue(0, 'expected a whole number from 0 to 4294967295'),
    v.maxValue(4_294_967_295, 'expected a whole number from 0 to 4294967295'),
  ),
  fixedSeed: v.optional(
    v.pipe(
      v.boolean(),
      v.description('Its words or claims are true of this seed alone; `netsplit check` tries no other.'),
    ),
  ),
  servers: v.optional(v.pipe(v.number(), v.integer('expected a whole number'), v.minValue(1, 'expected at least 1'))),
  setup: v.optional(setup),
  topic: v.optional(v.pipe(text, v.description('What it is about, in a word or two; the gallery sorts by it.'))),
  commands: v.optional(v.pipe(v.array(done), v.maxLength(20_000, 'expected at most 20,000 commands'))),
  script: v.optional(v.pipe(v.array(part), v.maxLength(1_000, 'expected at most 1,000 parts'))),
  steps: v.optional(list(step, 100, 'steps')),
  challenge: v.optional(challenge),
  expect: v.optional(v.pipe(v.array(expectation), v.maxLength(1_000, 'expected at most 1,000 expectations'))),
  until: duration,
})

export type ScenarioFile = v.InferOutput<typeof scenarioSchema>
export type PartFile = v.InferOutput<typeof part>
export type StepFile = v.InferOutput<typeof step>
export type QuestionFile = v.InferOutput<typeof question>
export type DistributionFile = v.InferOutput<typeof distribution>

export interface ShapeProblem {
  path: Path
  /** What was found and what was expected. */
  why: string
}

/** Checks the shape; the error names the field, what was found and what was expected. */
export function checkShape(value: unknown): { ok: true; value: ScenarioFile } | { ok: false; problem: ShapeProblem } {
  const problem = isPlain(value) ? null : { path: [], why: `expected a scenario, found ${foundText(value)}` }
  if (problem !== null) return { ok: false, problem }
  const result = v.safeParse(scenarioSchema, value)
  return result.success ? { ok: true, value: result.output } : { ok: false, problem: problemOf(result.issues[0]) }
}

/** What is wrong with a workload, beginning with where in it; null if nothing is. */
export function workloadProblem(value: unknown): string | null {
  if (!isPlain(value)) return `: expected “off” or an object, found ${foundText(value)}`
  const result = v.safeParse(workload, value)
  if (result.success) return null
  const { path, why } = problemOf(result.issues[0])
  return `.${pathText(path)}: ${why}`
}

/** `script[2].at` */
export function pathText(path: Path): string {
  let text = ''
  for (const step of path)
    text += typeof step === 'number' ? `[${step}]` : `${text === '' ? '' : '.'}${step.slice(0, 60)}`
  return text
}

const isPlain = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)

function foundText(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return JSON.stringify(value)?.slice(0, 60) ?? 'nothing'
}

type Issue = v.BaseIssue<unknown>

function problemOf(first: Issue): ShapeProblem {
  const issue = deepest(first)
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)))
  if (issue.message.includes('found')) return { path, why: issue.message.slice(0, 500) }
  const expected = issue.message.startsWith('expected') ? issue.message : `expected ${expectedText(issue)}`
  return { path, why: `${expected}, found ${foundText(issue.input)}` }
}

function expectedText({ expected, type }: Issue): string {
  if (type === 'union') return 'a text or an object'
  return PLAIN_WORDS[expected ?? ''] ?? expected ?? 'something else'
}

const PLAIN_WORDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  Array: 'a list',
  Object: 'an object',
}

/**
 * A union says only that nothing fitted; the alternative that got furthest says why, if one got anywhere. A field that is
 * foreign to several alternatives is no news of any one of them.
 */
function deepest(issue: Issue): Issue {
  if (issue.type !== 'union' || issue.issues === undefined) return issue
  const further = issue.issues.filter(gotSomewhere)
  const inner = further.find((each) => !isForeignField(each)) ?? (further.length === 1 ? further[0] : undefined)
  return inner === undefined
    ? issue
    : deepest({ ...inner, path: [...(issue.path ?? []), ...(inner.path ?? [])] as never })
}

/** Past the names of the fields: a value in one of them is wrong, or a single field is too many. */
function gotSomewhere(issue: Issue): boolean {
  if ((issue.path?.length ?? 0) === 0) return issue.type === 'max_length'
  return issue.type !== 'strict_object' || isForeignField(issue)
}

const isForeignField = (issue: Issue): boolean => issue.type === 'strict_object' && issue.expected === 'never'
