// The long check: thousands of seeded runs of each lab from a fresh seed, which it prints, hunts for every mistake, the
// lessons' questions over twenty seeds, and the published figures.
// `npm run check:long [FIRST_SEED] [LAB]`
import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkCommand } from '../src/cli/check/command.ts'
import { figuresCommand } from '../src/cli/figures/command.ts'
import { huntMistakes } from './hunt-mistakes.ts'
import { type ChaosLab, chaosLab, chaosLabNames } from './chaos-labs.ts'

const RUNS = 10_000
const MISTAKEN_RUNS = 200
/** A mistake that so many runs have not shown is looked for in as many as this. */
const LAST_RUN = 2_000
/** Seeds of each lesson; one that fixes its seed has that alone. */
const LESSON_SEEDS = 20
const HUNTED: readonly string[] = ['raft', 'gossip', 'ring']
const first = Number(process.argv[2] ?? randomInt(2 ** 31))
const names = process.argv[3] === undefined ? chaosLabNames : [process.argv[3]]

let failed = 0
for (const name of names) {
  console.log(`${name} under faults: ${RUNS} runs from seed ${first}`)
  const chaos = await chaosLab(name)
  failed += failedRuns(chaos) + uncaught(chaos)
}
console.log('\nHunts for every mistake')
failed += await huntMistakes(names.filter((name) => HUNTED.includes(name)))
console.log('\nLessons, every answer asked of the run')
for (const name of names) failed += await wrongLessons(name)
console.log('\nPublished figures, as many trials as the rarest needs')
if ((await figuresCommand([], {})) !== 0) failed++
console.log(failed === 0 ? 'all runs kept every property' : `${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** How many runs broke something, and how much of what must be seen was seen too rarely. */
function failedRuns({ chaosRun, faultOf, replayHint, WORTH }: ChaosLab): number {
  let wrong = 0
  let undecided = 0
  const seen = Object.fromEntries(Object.keys(WORTH).map((what) => [what, 0]))
  for (let i = 0; i < RUNS; i++) {
    const run = chaosRun(first + i)
    for (const [what, { of }] of Object.entries(WORTH)) if (of(run)) seen[what] = (seen[what] ?? 0) + 1
    if ('history' in run && run.history !== 'ok') undecided++
    const why = faultOf(run)
    if (why === null) continue
    wrong++
    console.error(`seed ${run.seed}: ${why}; ${replayHint(run.seed)}`)
  }
  for (const [what, { least }] of Object.entries(WORTH)) {
    const share = (seen[what] ?? 0) / RUNS
    console.log(`${what}: ${(100 * share).toFixed(1)} % of the runs`)
    if (share < least) wrong++
  }
  if (undecided > 0) console.log(`histories not judged linearizable: ${undecided} of ${RUNS}`)
  return undecided > RUNS / 1000 ? wrong + 1 : wrong
}

/** How many mistakes nobody caught. */
function uncaught({ lab, chaosRun, PLANS = {} }: ChaosLab): number {
  let missed = 0
  for (const { name, caughtBy, config } of lab.mistakes) {
    let caught = 0
    let runs = 0
    while (runs < MISTAKEN_RUNS || (caught === 0 && runs < LAST_RUN)) {
      const { violations } = chaosRun(first + runs++, config, { ...PLANS[name], judged: false })
      if (violations.some((v) => v.monitor === caughtBy)) caught++
    }
    console.log(`${name}: caught by ${caughtBy} on ${caught} of ${runs} seeds`)
    if (caught === 0) missed++
  }
  return missed
}

/** Whether a lesson of this lab is not come to an end, or an answer in it is not the run's, as 0 or 1. */
async function wrongLessons(name: string): Promise<number> {
  const folder = fileURLToPath(new URL(`../src/labs/${name}/lessons`, import.meta.url))
  if (!existsSync(folder)) return 0
  const seeds = `${first}..${first + LESSON_SEEDS - 1}`
  console.log(`${name}: lessons with the seeds ${seeds}`)
  return (await checkCommand([folder], { seeds })) === 0 ? 0 : 1
}
