// Replays one seed of a lab's runs under faults and says what came of it: npx tsx scripts/chaos.ts LAB SEED [MISTAKE]
import { chaosLab } from './chaos-labs.ts'

const [name = 'raft', seed = '1', mistake] = process.argv.slice(2)
const { lab, chaosRun, PLANS = {} } = await chaosLab(name)
const found = lab.mistakes.find((each) => each.name === mistake)
console.log(JSON.stringify(chaosRun(Number(seed), found?.config ?? {}, PLANS[mistake ?? '']), null, 2))
