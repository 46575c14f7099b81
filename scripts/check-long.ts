// The long check: thousands of seeded runs from a fresh seed, which it prints. `npm run check:long [FIRST_SEED]`
import { randomInt } from 'node:crypto'
import { type ChaosRun, chaosRun, replayHint } from '../src/labs/raft/chaos.testing.ts'
import { lab } from '../src/labs/raft/lab.ts'
import { figuresCommand } from '../src/cli/figures/command.ts'

const RUNS = 10_000
const first = Number(process.argv[2] ?? randomInt(2 ** 31))
console.log(`Raft under faults: ${RUNS} runs from seed ${first}`)

let failed = 0
const seen = { 'leader change': 0, 'truncated log': 0, 'un-synced loss': 0, '20 operations': 0 }
for (let i = 0; i < RUNS; i++) {
  const run = chaosRun(first + i)
  tally(run)
  const [violation] = run.violations
  if (violation === undefined) continue
  failed++
  console.error(`seed ${run.seed}: ${violation.monitor}: ${violation.text}; ${replayHint(run.seed)}`)
}
for (const [what, n] of Object.entries(seen)) {
  console.log(`${what}: ${((100 * n) / RUNS).toFixed(1)} % of the runs`)
  if (n < RUNS / 2) failed++
}

for (const mistake of lab.mistakes) {
  let caught = 0
  for (let i = 0; i < 200; i++) {
    const { violations } = chaosRun(first + i, mistake.config)
    if (violations.some((v) => v.monitor === mistake.caughtBy)) caught++
  }
  console.log(`${mistake.name}: caught by ${mistake.caughtBy} on ${caught} of 200 seeds`)
  if (caught === 0) failed++
}
console.log('\nPublished figures, as many trials as the rarest needs')
if ((await figuresCommand([], {})) !== 0) failed++
console.log(failed === 0 ? `all ${RUNS} runs kept every property` : `${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

function tally(run: ChaosRun): void {
  if (run.leaderChange) seen['leader change']++
  if (run.truncated) seen['truncated log']++
  if (run.unsyncedLoss) seen['un-synced loss']++
  if (run.completed >= 20) seen['20 operations']++
}
