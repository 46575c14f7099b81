import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { formatInstant } from '../base/units.ts'
import { accounts } from '../engine/accounts.ts'
import { scripting } from '../engine/scripting.ts'
import { Timeline } from '../engine/timeline.ts'
import { type Judged, judge } from '../lab/challenge.ts'
import { readScenarioFile } from '../lab/scenario-file.ts'
import { isRunData, readRunData } from '../lab/shared/file.ts'
import type { ReadRun } from '../lab/shared/read.ts'
import type { SharedPlan } from '../lab/shared/shared-run.ts'
import { BadInput } from './bad-input.ts'
import { readText } from './files.ts'
import { home } from './home.ts'
import { labsOnDisk } from './loaders.ts'

/** What became of a run that was handed in. */
export interface Verified {
  lab: string
  seed: number
  scenario: string | null
  atMs: number
  fingerprint: string
  /** Whether it is the one that the file states; null if it states none. */
  sameFingerprint: boolean | null
  /** The same of the run that it is compared with; null where there is none. */
  beside: Pick<Verified, 'fingerprint' | 'sameFingerprint'> | null
  /** Null for a run that is no challenge. */
  challenge: (Judged & { goal: string }) | null
  /** What is not as it was when the run was saved: another version, a scenario that has changed. */
  doubts: readonly string[]
  outcome: 'passed' | 'failed'
}

/** The run in a text of JSON; null for any other text. */
export function runIn(text: string): unknown {
  if (!text.trimStart().startsWith('{') || !text.includes('"netsplit"')) return null
  try {
    const data: unknown = JSON.parse(text)
    return isRunData(data) ? data : null
  } catch {
    return null
  }
}

/**
 * Runs a saved run again, up to the moment at which it was saved: with this engine, and with the challenge as it stands here and
 * not as the file has it. It passes if nothing is in doubt, the fingerprint is the same and the challenge, if it is one, is met.
 */
export async function verify(data: unknown, file: string): Promise<Verified> {
  const read = await readRunData(labsOnDisk(), data, planOnDisk, file)
  if (!read.ok) throw new BadInput(read.error)
  const { lab, shared, doubts } = read.value
  const { run, plan, moment } = shared
  const timeline = again(read.value)
  const reached = compared(timeline, shared.fingerprint)
  const other = shared.beside
  const beside =
    other === undefined ? null : compared(again({ ...read.value, shared: { ...shared, ...other } }), other.fingerprint)
  const task = plan?.challenge ?? null
  const goal = timeline.expectations?.results()[0] ?? { ok: null, at: null }
  const own = run.commands.filter(({ scripted }) => scripted !== true)
  const judged = task === null ? null : { ...judge(lab, task, own, goal), goal: task.goal }
  const same = reached.sameFingerprint !== false && beside?.sameFingerprint !== false
  const ok = doubts.length === 0 && same && (judged === null || judged.verdict === 'met')
  return {
    lab: lab.id,
    seed: run.setup.seed,
    scenario: plan?.id ?? null,
    atMs: moment.at / 1_000,
    ...reached,
    beside,
    challenge: judged,
    doubts,
    outcome: ok ? 'passed' : 'failed',
  }
}

/** What a verified run came to, in words. */
export function tellVerified({ lab, seed, scenario, atMs, fingerprint, sameFingerprint, ...rest }: Verified): void {
  const { beside, challenge, doubts, outcome } = rest
  console.log(
    `A run of ${lab}, seed ${seed}${scenario === null ? '' : `, ${scenario}`}, up to ${formatInstant(atMs * 1_000)}`,
  )
  for (const doubt of doubts) console.log(`doubt     ${doubt}`)
  tellFingerprint({ fingerprint, sameFingerprint }, '')
  if (beside !== null) tellFingerprint(beside, ' of the run beside it')
  if (challenge !== null) {
    console.log(`${challenge.verdict === 'met' ? 'met      ' : 'failed   '} ${challenge.goal} (${challenge.verdict})`)
    for (const { tool, used, most } of challenge.uses)
      if (used > 0) console.log(`          ${tool}: ${used}${most === null ? '' : ` of ${most}`}`)
  }
  console.log(`\n${outcome}`)
}

function tellFingerprint({ fingerprint, sameFingerprint }: NonNullable<Verified['beside']>, whose: string): void {
  const same = sameFingerprint === null ? 'none stated' : sameFingerprint ? 'the same' : 'another than the file states'
  console.log(`${sameFingerprint === false ? 'failed   ' : 'held     '} fingerprint ${fingerprint}${whose}, ${same}`)
}

function compared(timeline: Timeline, stated: string | null): NonNullable<Verified['beside']> {
  const fingerprint = timeline.fingerprint()
  return { fingerprint, sameFingerprint: stated === null ? null : stated === fingerprint }
}

/** The run executed once more, in the very order in which the file has its commands. */
function again({ lab, shared: { run, plan, fired, moment } }: ReadRun): Timeline {
  const { script = [], expectations = [] } = plan ?? {}
  const timeline = new Timeline(lab, run, { script, expectations, fired, scripting, accounts })
  timeline.seek(moment.at)
  if (moment.steps <= timeline.moment.steps) timeline.goTo(moment)
  return timeline
}

/** A ready-made scenario, lesson or challenge by its name. */
async function planOnDisk(id: string): Promise<SharedPlan | null> {
  const [lab, name, ...more] = id.split('/')
  if (lab === undefined || name === undefined || more.length > 0 || !/^[\w-]+$/.test(lab + name)) return null
  for (const folder of ['scenarios', 'lessons', 'challenges']) {
    for (const ending of ['json', 'yaml', 'yml']) {
      const file = join(home.labs, lab, folder, `${name}.${ending}`)
      if (!existsSync(file)) continue
      const read = await readScenarioFile(labsOnDisk(), await readText(file), file)
      if (!read.ok) return null
      const { title, about, until, script, expectations, challenge } = read.value.scenario
      return { id, title, about, until, script, expectations, challenge }
    }
  }
  return null
}
