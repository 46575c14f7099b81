// Measurements: `npm run bench [-- --json] [--only=engine,page]`. With --json a line per figure, { name, value, unit }. The
// machine's own speed stands beside them as `reference.mix`: compare ratios to it, not figures of two machines.
import { mix } from '../src/base/hash.ts'
import { crowdFigures } from './crowd.ts'
import { engineFigures } from './engine.ts'
import { cpuSeconds, type Figure, median } from './figures.ts'
import { gossipFigures } from './gossip.ts'
import { historyFigures } from './history.ts'
import { pageFigures } from './page.ts'
import { ringFigures } from './ring.ts'
import { timeTravelFigures } from './time-travel.ts'

const json = process.argv.includes('--json')
const PARTS = {
  engine: engineFigures,
  crowd: crowdFigures,
  gossip: gossipFigures,
  history: historyFigures,
  ring: ringFigures,
  'time-travel': timeTravelFigures,
  page: pageFigures,
}
const only = process.argv
  .find((word) => word.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',')
const unknown = only?.find((name) => !Object.hasOwn(PARTS, name))
if (unknown !== undefined) {
  console.error(`--only: expected some of ${Object.keys(PARTS).join(', ')}, found “${unknown}”`)
  process.exit(2)
}
for (const figure of reference()) print(figure)
for (const [name, part] of Object.entries(PARTS)) {
  if (only !== undefined && !only.includes(name)) continue
  for (const figure of await part()) print(figure)
}

/** Ten million rounds of the hash: a stick that does not change when the engine does. */
function reference(): Figure[] {
  let h = 1
  const go = (): void => {
    for (let i = 0; i < 10_000_000; i++) h = mix(h, i)
  }
  go()
  const times = [0, 1, 2, 3, 4].map(() => cpuSeconds(go))
  return [{ name: 'reference.mix', value: Math.round(10 / median(times)), unit: `million/cpu-s${h === 0 ? ' ' : ''}` }]
}

function print(figure: Figure): void {
  console.log(
    json ? JSON.stringify(figure) : `${figure.name.padEnd(22)} ${String(figure.value).padStart(12)} ${figure.unit}`,
  )
}
