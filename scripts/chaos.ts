// Replays one seed of the Raft safety test and says what came of it: npx tsx scripts/chaos.ts SEED [MISTAKE]
import { chaosRun, PLANS } from '../src/labs/raft/chaos.testing.ts'
import { lab } from '../src/labs/raft/lab.ts'

const [seed = '1', mistake] = process.argv.slice(2)
const found = lab.mistakes.find(({ name }) => name === mistake)
console.log(JSON.stringify(chaosRun(Number(seed), found?.config ?? {}, PLANS[mistake ?? '']), null, 2))
