import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SETTLES } from '../../hunt/chase.ts'
import { fewestOf, smallestOf } from '../../hunt/choice.ts'
import { PROFILES } from '../../hunt/profile.ts'
import type { Found, HuntAnswer, Kept, QuarryNames } from '../../hunt/task.ts'
import { ENGINE_VERSION } from '../../kernel/version.ts'
import { BadInput } from '../bad-input.ts'
import { readJobs, readSeeds } from '../files.ts'
import { home } from '../home.ts'
import { labsOnDisk } from '../loaders.ts'
import { Pool } from '../pool.ts'
import { type Notes, readNotes, writeNotes } from './notes.ts'
import { Progress } from './progress.ts'
import { tell, tellNothing } from './report.ts'
import type { HuntOrder } from './worker.ts'

interface Options {
  seeds?: string | undefined
  faults?: string | undefined
  mistake?: string | undefined
  jobs?: string | undefined
  shard?: string | undefined
  out?: string | undefined
  json?: boolean | undefined
}

type HuntPool = Pool<HuntOrder, HuntAnswer>

/** Seeds that a process takes at once. */
const PARCEL = 25
const INTERRUPTED = 130

/**
 * `hunt LAB [--seeds A..B] [--faults PROFILE] [--mistake NAME] [--jobs N] [--shard I/N] [--out FOLDER] [--json]`: runs the
 * lab under random faults, seed by seed, and shrinks what breaks. 0 if nothing broke, 1 if something did, 2 for bad input,
 * 130 if it was interrupted; with `--out` the same command goes on from there.
 */
export async function huntCommand(rest: readonly string[], options: Options): Promise<number> {
  const quarry = await readQuarry(rest, options)
  const seeds = readSeeds(options.seeds ?? '1..1000')
  const shard = readShard(options.shard)
  const parcels = parcelsOf(seeds, shard)
  const notes = await begin(quarry, seeds, options)
  const pool: HuntPool = new Pool(home.programs.hunt, readJobs(options.jobs))
  const interrupt = { asked: false }
  const stop = (): void => {
    interrupt.asked = true
  }
  process.once('SIGINT', stop)
  try {
    await run(pool, quarry, parcels, notes, interrupt, options.out)
    if (interrupt.asked) {
      const further = options.out === undefined ? '' : '; the same command goes on from here'
      console.error(`stopped after ${notes.runs} of ${parcels.flat().length} seeds${further}`)
      return INTERRUPTED
    }
    const kept = await shrinkAll(pool, quarry, notes.found)
    await write(options.out, kept)
    if (options.json === true) console.log(JSON.stringify(asData(quarry, notes, kept)))
    else if (kept.length === 0) tellNothing(quarry, notes)
    else tell(quarry, notes, kept, options.out)
    return kept.length === 0 ? 0 : 1
  } finally {
    process.off('SIGINT', stop)
    pool.close()
  }
}

async function readQuarry(rest: readonly string[], { faults, mistake }: Options): Promise<QuarryNames> {
  const [lab, ...more] = rest
  const labs = labsOnDisk()
  const load = lab === undefined ? undefined : labs[lab]
  const known = Object.keys(labs).join(', ')
  if (lab === undefined || more.length > 0) throw new BadInput(`hunt: expected one LAB (${known})`)
  if (load === undefined) throw new BadInput(`hunt: expected one of ${known}, found “${lab}”`)
  if (faults !== undefined && !Object.hasOwn(PROFILES, faults))
    throw new BadInput(`--faults: expected one of ${Object.keys(PROFILES).join(', ')}, found “${faults}”`)
  const mistakes = (await load()).mistakes.map(({ name }) => name)
  if (mistake !== undefined && !mistakes.includes(mistake))
    throw new BadInput(`--mistake: expected one of ${mistakes.join(', ')}, found “${mistake}”`)
  return { lab, faults: faults ?? null, mistake: mistake ?? null }
}

function readShard(text = '1/1'): { index: number; of: number } {
  const [, index, of] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number)
  if (index === undefined || of === undefined || index < 1 || index > of)
    throw new BadInput(`--shard: expected which of how many, as in “2/5”, found “${text}”`)
  return { index, of }
}

/** The seeds of this shard in parcels: every so manieth seed is its own, so that shards take equally long. */
function parcelsOf(
  { first, last }: { first: number; last: number },
  { index, of }: { index: number; of: number },
): number[][] {
  const parcels: number[][] = []
  for (let seed = first + index - 1; seed <= last; seed += of) {
    const parcel = parcels.at(-1)
    if (parcel === undefined || parcel.length === PARCEL) parcels.push([seed])
    else parcel.push(seed)
  }
  return parcels
}

async function begin(
  quarry: QuarryNames,
  seeds: { first: number; last: number },
  { shard, out }: Options,
): Promise<Notes> {
  const lab = await labsOnDisk()[quarry.lab]?.()
  const hunt = { ...quarry, labVersion: lab?.version ?? '', engine: ENGINE_VERSION, ...seeds, shard: shard ?? '1/1' }
  const fresh: Notes = { format: 1, hunt, done: [], runs: 0, events: 0, undecided: 0, found: [] }
  return out === undefined ? fresh : await readNotes(out, fresh)
}

/** All parcels that are not done, as many at once as there are processes. */
async function run(
  pool: HuntPool,
  quarry: QuarryNames,
  parcels: readonly number[][],
  notes: Notes,
  interrupt: { asked: boolean },
  out: string | undefined,
): Promise<void> {
  const done = new Set(notes.done)
  const progress = new Progress(parcels.flat().length, notes.runs)
  let writing = Promise.resolve()
  await Promise.all(
    parcels.map(async (seeds) => {
      if (done.has(seeds[0] as number)) return
      const answer = await pool.run({ quarry, task: { type: 'explore', seeds } }, () => interrupt.asked)
      if (answer?.type !== 'explored') return
      note(notes, seeds[0] as number, answer)
      progress.tell(notes.runs, notes.found.length)
      if (out !== undefined) writing = writing.then(() => writeNotes(out, notes))
    }),
  )
  await writing
  progress.end()
}

function note(
  notes: Notes,
  first: number,
  { runs, events, undecided, found }: HuntAnswer & { type: 'explored' },
): void {
  notes.done.push(first)
  notes.runs += runs
  notes.events += events
  notes.undecided += undecided
  notes.found = [...notes.found, ...found].toSorted((a, b) => a.seed - b.seed)
}

/** For each property the smallest of some shrunk runs. */
async function shrinkAll(pool: HuntPool, quarry: QuarryNames, found: readonly Found[]): Promise<Kept[]> {
  const monitors = [...new Set(found.map(({ monitor }) => monitor))]
  return await Promise.all(
    monitors.map(async (monitor) => {
      const answers = await Promise.all(
        fewestOf(found, monitor).map(({ seed }) => pool.run({ quarry, task: { type: 'shrink', seed } })),
      )
      const kept = answers.flatMap((answer) => (answer?.type === 'shrunk' ? [answer.kept] : []))
      return smallestOf(kept)
    }),
  )
}

async function write(out: string | undefined, kept: readonly Kept[]): Promise<void> {
  if (out === undefined) return
  await mkdir(out, { recursive: true })
  for (const { name, scenario } of kept)
    await writeFile(join(out, `${name}.json`), `${JSON.stringify(scenario, null, 2)}\n`)
}

function asData(quarry: QuarryNames, { runs, events, undecided, found }: Notes, kept: readonly Kept[]): object {
  const unsettled = found.filter(({ monitor }) => monitor === SETTLES).length
  return { ...quarry, runs, events, undecided, broken: found.length, unsettled, found, kept }
}
