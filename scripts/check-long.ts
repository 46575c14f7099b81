// The long check: thousands of seeded runs from a fresh seed, which it prints. `npm run check:long [FIRST_SEED]`
import { randomInt } from 'node:crypto'
import { chaosRun, faultOf, PLANS, replayHint, SHOWN_BY_SCENARIO, WORTH } from '../src/labs/raft/chaos.testing.ts'
import { lab } from '../src/labs/raft/lab.ts'
import { figuresCommand } from '../src/cli/figures/command.ts'

const RUNS = 10_000
const first = Number(process.argv[2] ?? randomInt(2 ** 31))
console.log(`Raft under faults: ${RUNS} runs from seed ${first}`)

let failed = 0
let undecided = 0
const seen = Object.fromEntries(Object.keys(WORTH).map((what) => [what, 0]))
for (let i = 0; i < RUNS; i++) {
  const run = chaosRun(first + i)
  for (const [what, { of }] of Object.entries(WORTH)) if (of(run)) seen[what] = (seen[what] ?? 0) + 1
  if (run.history !== 'ok') undecided++
  const why = faultOf(run)
  if (why === null) continue
  failed++
  console.error(`seed ${run.seed}: ${why}; ${replayHint(run.seed)}`)
}
for (const [what, { least }] of Object.entries(WORTH)) {
  const share = (seen[what] ?? 0) / RUNS
  console.log(`${what}: ${(100 * share).toFixed(1)} % of the runs`)
  if (share < least) failed++
}
console.log(`histories not judged linearizable: ${undecided} of ${RUNS}`)
if (undecided > RUNS / 1000) failed++

for (const mistake of lab.mistakes) {
  if (SHOWN_BY_SCENARIO.includes(mistake.name)) continue
  let caught = 0
  for (let i = 0; i < 200; i++) {
    const { violations } = chaosRun(first + i, mistake.config, { ...PLANS[mistake.name], judged: false })
    if (violations.some((v) => v.monitor === mistake.caughtBy)) caught++
  }
  console.log(`${mistake.name}: caught by ${mistake.caughtBy} on ${caught} of 200 seeds`)
  if (caught === 0) failed++
}
console.log('\nPublished figures, as many trials as the rarest needs')
if ((await figuresCommand([], {})) !== 0) failed++
console.log(failed === 0 ? `all ${RUNS} runs kept every property` : `${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
