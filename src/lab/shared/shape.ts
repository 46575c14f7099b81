import * as v from 'valibot'
import { MOST_BRANCHES } from '../branch.ts'

/** The shape of a shared run: of what is in a link or in a file. It validates and changes nothing. */

/** A simulated day, beyond which no scenario reaches either. */
const LONGEST = 86_400_000_000
const MOST_COMMANDS = 20_000
const MOST_PROCESSES = 20_000
const MOST_LINKS = 100_000

/** An object with these fields and no others. */
function fields<const T extends v.ObjectEntries>(entries: T) {
  return v.strictObject(entries, ({ expected, received }) =>
    expected === 'never'
      ? `expected one of ${Object.keys(entries).join(', ')}, found the unknown field ${received}`
      : received === 'undefined'
        ? 'expected this field, found nothing'
        : `expected an object, found ${received}`,
  )
}

function whole(most: number, least = 0) {
  const words = `expected a whole number from ${least} to ${most}`
  return v.pipe(v.number(words), v.integer(words), v.minValue(least, words), v.maxValue(most, words))
}
function within(least: number, most: number) {
  const words = `expected a number from ${least} to ${most}`
  return v.pipe(v.number(words), v.minValue(least, words), v.maxValue(most, words))
}
function text(most: number) {
  return v.pipe(v.string('expected a text'), v.maxLength(most, `expected at most ${most} characters`))
}
function list<const T extends v.GenericSchema>(of: T, most: number) {
  return v.pipe(v.array(of, 'expected a list'), v.maxLength(most, `expected at most ${most}`))
}

const micros = whole(LONGEST)
const share = within(0, 1)
const processId = v.pipe(
  v.string('expected the name of a process'),
  v.regex(/^[A-Za-z][\w.-]{0,63}$/, 'expected the name of a process: a letter, then letters, digits, “.”, “_”, “-”'),
)
const link = fields({ from: processId, to: processId })
const distribution = v.variant(
  'type',
  [
    fields({ type: v.literal('constant'), value: micros }),
    fields({ type: v.literal('uniform'), min: micros, max: micros }),
    fields({ type: v.literal('normal'), mean: micros, deviation: micros }),
    fields({ type: v.literal('logNormal'), median: micros, sigma: within(0, 10) }),
    fields({ type: v.literal('exponential'), floor: micros, mean: micros }),
  ],
  'expected a distribution: constant, uniform, normal, logNormal or exponential',
)
const network = fields({
  latency: v.optional(distribution),
  loss: v.optional(share),
  duplication: v.optional(share),
  fifo: v.optional(v.boolean()),
  bandwidth: v.optional(within(0, 1e12)),
  hold: v.optional(v.boolean()),
})
const disk = fields({ sync: v.optional(distribution), lying: v.optional(v.boolean()) })
const workload = fields({
  rate: within(0, 100_000),
  readShare: share,
  keys: whole(10_000, 1),
  distribution: v.picklist(['uniform', 'zipf']),
})
const process = fields({
  id: processId,
  role: text(64),
  beside: v.optional(processId),
  zone: v.optional(text(64)),
  variant: v.optional(text(64)),
})
/** What only a lab can read. */
const plain = v.custom<unknown>((value) => value !== undefined && isShallow(value, 12), 'expected plain data')
const record = v.custom<Record<string, unknown>>(isRecord, 'expected an object')
const typed = v.custom<{ type: string }>(
  (value) => isRecord(value) && typeof value['type'] === 'string' && isShallow(value, 12),
  'expected an object with a type',
)

const onProcess = (type: 'crash' | 'restart' | 'pause' | 'resume' | 'stall' | 'wipe') =>
  fields({ type: v.literal(type), process: processId })

export const commandShape = v.variant(
  'type',
  [
    onProcess('crash'),
    onProcess('restart'),
    onProcess('pause'),
    onProcess('resume'),
    onProcess('stall'),
    onProcess('wipe'),
    fields({ type: v.literal('slow'), process: processId, factor: within(0, 1e6) }),
    fields({
      type: v.literal('clock'),
      process: processId,
      offset: v.optional(whole(LONGEST, -LONGEST)),
      driftPpm: v.optional(within(-1e6, 1e6)),
    }),
    fields({ type: v.literal('disk'), process: v.optional(processId), ...disk.entries }),
    fields({ type: v.literal('cut'), links: list(link, MOST_LINKS) }),
    fields({ type: v.literal('mend'), links: list(link, MOST_LINKS) }),
    fields({ type: v.literal('link'), link, settings: network }),
    fields({ type: v.literal('network'), settings: network }),
    fields({
      type: v.literal('message'),
      id: text(200),
      do: v.union(
        [
          v.picklist(['deliver', 'drop', 'duplicate']),
          fields({ delay: micros }),
          fields({ replace: typed }),
          fields({ before: v.nullable(text(200)) }),
        ],
        'expected deliver, drop, duplicate, a delay, a message in its place or the one that it comes before',
      ),
    }),
    fields({ type: v.literal('inject'), from: processId, to: processId, message: typed }),
    fields({ type: v.literal('fire'), process: processId, timer: text(100) }),
    fields({ type: v.literal('act'), process: processId, action: typed }),
    fields({ type: v.literal('invoke'), client: processId, operation: plain }),
    fields({ type: v.literal('join'), process }),
    fields({ type: v.literal('configure'), config: record, process: v.optional(processId) }),
    fields({ type: v.literal('workload'), workload: v.nullable(workload) }),
  ],
  'expected a command that this page knows',
)

/** What is wrong with a command, beginning with where in it; null if nothing is. It may still be one that a lab refuses. */
export function commandProblem(value: unknown): v.BaseIssue<unknown> | null {
  const read = v.safeParse(commandShape, value)
  return read.success ? null : read.issues[0]
}

const timedCommand = fields({
  at: micros,
  within: v.optional(whole(10_000_000)),
  command: commandShape,
  scripted: v.optional(v.literal(true)),
  joined: v.optional(v.literal(true)),
})

const setup = fields({
  seed: whole(4_294_967_295),
  servers: v.optional(whole(MOST_PROCESSES, 1)),
  processes: v.optional(list(process, MOST_PROCESSES)),
  config: v.optional(record),
  network: v.optional(network),
  disk: v.optional(disk),
  workload: v.optional(workload),
})

const claim: v.GenericSchema = v.lazy(() =>
  v.union(
    [
      fields({ type: v.picklist(['and', 'or']), parts: list(claim, 1_000) }),
      fields({
        type: v.literal('clause'),
        mode: v.picklist(['eventually', 'always']),
        condition: text(2_000),
        after: micros,
        until: micros,
      }),
    ],
    'expected a claim',
  ),
)

const part = fields({
  at: v.nullable(micros),
  when: v.nullable(text(2_000)),
  delay: micros,
  title: v.nullable(text(2_000)),
  say: v.nullable(text(2_000)),
  do: list(v.custom<Record<string, unknown>>(isRecord, 'expected a command'), 100),
  unless: v.optional(text(2_000)),
})

const ownScenario = fields({
  title: text(2_000),
  about: text(2_000),
  until: micros,
  script: list(part, 1_000),
  expectations: list(fields({ text: text(2_000), claim }), 1_000),
})
const namedScenario = fields({ id: text(200), digest: text(16) })

const fired = fields({
  index: whole(1_000),
  at: micros,
  steps: whole(1e12),
  problem: v.nullable(text(2_000)),
  names: v.optional(v.record(text(100), text(100))),
})

const moment = fields({ at: micros, steps: whole(1e12) })
const fingerprint = v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/, 'expected 16 hexadecimal digits')))

const branch = fields({
  id: whole(1_000_000, 1),
  name: text(60),
  /** How many commands it begins with that are the run's own. */
  shares: v.optional(whole(MOST_COMMANDS)),
  commands: v.optional(list(timedCommand, MOST_COMMANDS)),
  fired: v.optional(list(fired, 1_000)),
  reached: micros,
})

/** The run that it is compared with: what is left out is as in the run itself. */
const beside = fields({
  names: v.tuple([text(200), text(200)], 'expected two names'),
  /** The branch that it is. */
  branch: v.optional(whole(1_000_000, 1)),
  setup: v.optional(setup),
  shares: v.optional(whole(MOST_COMMANDS)),
  commands: v.optional(list(timedCommand, MOST_COMMANDS)),
  fired: v.optional(list(fired, 1_000)),
  /** How far both are compared. */
  until: micros,
  moment,
  fingerprint,
})

const view = fields({
  panel: v.optional(text(64)),
  selected: v.optional(processId),
  /** Simulated seconds per second; left out, as fast as it goes. */
  speed: v.optional(within(0.001, 1e6)),
})

/**
 * The second one added the futures beside the run, the third the run that it is compared with; whatever has none is still
 * written in the one before.
 */
export const FORMATS = [1, 2, 3] as const

/** What every version of the format says of itself. */
export const headShape = v.looseObject({
  format: v.number(),
  engine: text(40),
  lab: text(64),
  labVersion: text(40),
})

export const sharedShape = fields({
  netsplit: v.literal('run', 'expected “run”'),
  format: v.picklist(FORMATS),
  engine: text(40),
  lab: text(64),
  labVersion: text(40),
  setup,
  commands: v.optional(list(timedCommand, MOST_COMMANDS)),
  scenario: v.optional(v.union([namedScenario, ownScenario], 'expected a scenario’s name, or a scenario')),
  fired: v.optional(list(fired, 1_000)),
  moment,
  view: v.optional(view),
  fingerprint,
  future: v.optional(text(60)),
  branches: v.optional(list(branch, MOST_BRANCHES)),
  beside: v.optional(beside),
})

/** A shared run as plain data. What is left out is the lab's own. */
export type SharedData = v.InferOutput<typeof sharedShape>

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isShallow(value, 12)
}

/** Plain data that is at most so deep, without the one name that is more than a name. */
export function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (depth === 0) return false
  return Object.entries(value).every(([key, item]) => key !== '__proto__' && isShallow(item, depth - 1))
}
