import * as v from 'valibot'

/**
 * The shape of a scenario file. It validates and changes nothing, so that the JSON Schema made from it says the same.
 * `docs/SCENARIO.md` explains every field.
 */
const duration = v.pipe(
  v.string(),
  v.regex(/^\s*\d+(\.\d+)?\s*(us|µs|ms|s|min)\s*$/, 'expected a time with its unit, as in "1.5s" or "20ms"'),
  v.description('A simulated time with its unit: us, ms, s or min.'),
)
const share = v.pipe(
  v.number(),
  v.minValue(0, 'expected a share from 0 to 1'),
  v.maxValue(1, 'expected a share from 0 to 1'),
)
const text = v.pipe(v.string(), v.maxLength(2_000, 'expected at most 2,000 characters'))

const distribution = v.union(
  [
    duration,
    v.strictObject({ uniform: v.tuple([duration, duration]) }),
    v.strictObject({ normal: v.strictObject({ mean: duration, deviation: duration }) }),
    v.strictObject({ logNormal: v.strictObject({ median: duration, sigma: v.pipe(v.number(), v.minValue(0)) }) }),
    v.strictObject({ exponential: v.strictObject({ floor: duration, mean: duration }) }),
  ],
  'expected a time ("25ms"), or one of uniform, normal, logNormal, exponential',
)

const network = v.strictObject({
  latency: v.optional(distribution),
  loss: v.optional(share),
  duplication: v.optional(share),
  fifo: v.optional(v.boolean()),
  bandwidth: v.optional(v.pipe(v.number(), v.minValue(0))),
})

const workload = v.strictObject({
  rate: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100_000))),
  readShare: v.optional(share),
  keys: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
  distribution: v.optional(v.picklist(['uniform', 'zipf'])),
})

const setup = v.strictObject({
  config: v.optional(v.pipe(v.record(v.string(), v.unknown()), v.description('Fields of the lab’s configuration.'))),
  mistakes: v.optional(v.pipe(v.array(v.string()), v.description('What is wrong on purpose, by name.'))),
  network: v.optional(network),
  disk: v.optional(v.strictObject({ sync: v.optional(distribution), lying: v.optional(v.boolean()) })),
  workload: v.optional(workload),
})

const part = v.strictObject({
  at: v.optional(duration),
  when: v.optional(v.pipe(text, v.description('A condition in the predicate language; the part waits for it.'))),
  delay: v.optional(duration),
  title: v.optional(text),
  say: v.optional(text),
  do: v.optional(
    v.union([v.pipe(v.array(v.record(v.string(), v.unknown())), v.maxLength(100)), v.record(v.string(), v.unknown())]),
  ),
})

const expectation = v.union([
  text,
  v.strictObject({ expect: text, text: v.optional(text), after: v.optional(duration), within: v.optional(duration) }),
])

export const scenarioSchema = v.strictObject({
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
  servers: v.optional(v.pipe(v.number(), v.integer('expected a whole number'), v.minValue(1))),
  setup: v.optional(setup),
  script: v.optional(v.pipe(v.array(part), v.maxLength(1_000, 'expected at most 1,000 parts'))),
  expect: v.optional(v.pipe(v.array(expectation), v.maxLength(1_000, 'expected at most 1,000 expectations'))),
  until: duration,
})

export type ScenarioFile = v.InferOutput<typeof scenarioSchema>
export type DistributionFile = v.InferOutput<typeof distribution>

/** Checks the shape; the error names the field, what was found and what was expected. */
export function checkShape(value: unknown): { ok: true; value: ScenarioFile } | { ok: false; error: string } {
  const result = v.safeParse(scenarioSchema, value)
  if (result.success) return { ok: true, value: result.output }
  return { ok: false, error: issueText(deepest(result.issues[0])) }
}

type Issue = v.BaseIssue<unknown>

/** A union says only that nothing fitted; the alternative that got furthest says why, if one got anywhere. */
function deepest(issue: Issue): Issue {
  if (issue.type !== 'union' || issue.issues === undefined || issue.message.startsWith('expected')) return issue
  const inner = issue.issues.find(gotSomewhere)
  return inner === undefined ? issue : { ...inner, path: [...(issue.path ?? []), ...(inner.path ?? [])] as never }
}

/** Past the names of the fields: a value in one of them is wrong, or a single field is too many. */
function gotSomewhere(issue: Issue): boolean {
  return (issue.path?.length ?? 0) > 0 && (issue.type !== 'strict_object' || issue.expected === 'never')
}

function issueText(issue: Issue): string {
  const path = pathText(issue)
  if (issue.type === 'strict_object') {
    return issue.expected === 'never' ? `${path}: this field is not known here` : `${path}: this field is missing`
  }
  const found =
    issue.received === 'Object' || issue.received === 'Array' ? issue.received.toLowerCase() : issue.received
  const expected = issue.message.startsWith('expected')
    ? issue.message
    : `expected ${issue.expected ?? 'something else'}`
  return `${path === '' ? 'the file' : path}: ${expected}, found ${found}`
}

function pathText(issue: Issue): string {
  let path = ''
  for (const { key } of issue.path ?? [])
    path += typeof key === 'number' ? `[${key}]` : `${path === '' ? '' : '.'}${String(key)}`
  return path
}
