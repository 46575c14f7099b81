// Hunts for every mistake of every lab and shrinks what shows it: npx tsx scripts/hunt-mistakes.ts [LAB [MISTAKE]]. A mistake is
// found when the property that it names as its catcher breaks first on some seed; what breaks first on others is said beside it.
import { must } from '../src/base/assert.ts'
import { labsOnDisk } from '../src/cli/loaders.ts'
import { explore } from '../src/hunt/explore.ts'
import { fewestOf } from '../src/hunt/choice.ts'
import type { Quarry } from '../src/hunt/plan.ts'
import { commandCount, shrink } from '../src/hunt/shrink.ts'
import type { Found } from '../src/hunt/task.ts'

/** A mistake is looked for in so many seeds, and in some more until it is found. */
const SEEDS = 100
const MOST_SEEDS = 2_000

interface Row {
  mistake: string
  /** The property that is meant to catch it. */
  caughtBy: string
  /** Seeds on which that broke first, and how many were run. */
  hits: number
  runs: number
  /** On how many seeds another property broke first, by its name. */
  others: ReadonlyMap<string, number>
  before: number
  /** Null if it was not found. */
  after: number | null
  servers: number
}

/** A row for each mistake of these labs; the number of mistakes that were not found. */
export async function huntMistakes(names: readonly string[], only?: string): Promise<number> {
  const rows: Row[] = []
  for (const name of names) {
    const lab = await must(labsOnDisk()[name], `a lab called ${name}`)()
    const hints = (await lab.hunt?.()) ?? {}
    for (const { name: mistake, caughtBy } of lab.mistakes) {
      if (only !== undefined && only !== mistake) continue
      const row = huntFor({ lab, hints, faults: null, mistake }, caughtBy)
      rows.push({ ...row, mistake: `${name} ${mistake}` })
      console.log(rowText(rows.at(-1) as Row))
    }
  }
  const after = rows.flatMap((row) => (row.after === null ? [] : [row.after])).toSorted((a, b) => a - b)
  const missed = rows.length - after.length
  console.log(`${after.length} of ${rows.length} found; commands after shrinking: median ${after[after.length >> 1]}`)
  return missed
}

function huntFor(quarry: Quarry, caughtBy: string): Omit<Row, 'mistake'> {
  const found: Found[] = []
  let runs = 0
  let hits = 0
  while (runs < SEEDS || (hits === 0 && runs < MOST_SEEDS)) {
    const { seed, broken, file } = explore(quarry, ++runs)
    if (broken === null) continue
    found.push({ ...broken, seed, commands: commandCount(file) })
    if (broken.monitor === caughtBy) hits++
  }
  const shrunk = fewestOf(found, caughtBy).map(({ seed }) => shrink(quarry, explore(quarry, seed)))
  const [best] = shrunk.toSorted((a, b) => a.commands.after - b.commands.after || a.servers.after - b.servers.after)
  const { commands, servers } = best ?? { commands: { before: 0, after: null }, servers: { after: 0 } }
  return { caughtBy, hits, runs, others: othersIn(found, caughtBy), ...commands, servers: servers.after }
}

function othersIn(found: readonly Found[], caughtBy: string): Map<string, number> {
  const others = new Map<string, number>()
  for (const { monitor } of found) if (monitor !== caughtBy) others.set(monitor, (others.get(monitor) ?? 0) + 1)
  return others
}

function rowText({ mistake, caughtBy, hits, runs, others, before, after, servers }: Row): string {
  const what = after === null ? 'NOT FOUND' : `${before} → ${after} commands, ${servers} servers`
  const first = [...others].map(([monitor, seeds]) => `${monitor} on ${seeds}`)
  const beside = first.length === 0 ? '' : `; first broke ${first.join(', ')}`
  return `${mistake.padEnd(28)} ${`${hits} of ${runs}`.padStart(12)}   ${what} (${caughtBy}${beside})`
}

if (process.argv[1]?.endsWith('hunt-mistakes.ts') === true) {
  const [lab, mistake] = process.argv.slice(2)
  const missed = await huntMistakes(lab === undefined ? ['raft', 'gossip', 'ring'] : [lab], mistake)
  process.exit(missed === 0 ? 0 : 1)
}
