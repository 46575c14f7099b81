import { join } from 'node:path'
import type { Notes } from './notes.ts'
import type { Kept, QuarryNames } from '../../hunt/task.ts'

export function tellNothing(quarry: QuarryNames, notes: Notes): void {
  console.log(
    `${quarry.lab}${under(quarry)}: nothing broke in ${notes.runs} runs, ${notes.events} events${openText(notes)}`,
  )
}

/** Each property that broke: on how many seeds, how, the smallest scenario, and how to see it. */
export function tell(quarry: QuarryNames, notes: Notes, kept: readonly Kept[], out: string | undefined): void {
  console.log(
    `${quarry.lab}${under(quarry)}: ${notes.found.length} of ${notes.runs} runs broke something${openText(notes)}`,
  )
  for (const each of kept) {
    const seeds = notes.found.filter(({ monitor }) => monitor === each.monitor)
    const { commands, servers } = each
    console.log(`\n${each.monitor}, on ${seeds.length} of ${notes.runs} seeds`)
    console.log(`  seed ${each.seed}: ${each.text}`)
    console.log(
      `  shrunk from ${commands.before} to ${commands.after} commands and from ${servers.before} to ${servers.after} servers in ${each.runs} runs`,
    )
    if (!each.confirmed) console.log('  the scenario, run by itself, does not show it: please report this')
    if (out !== undefined) console.log(`  netsplit run ${join(out, `${each.name}.json`)}`)
  }
  if (out === undefined) console.log('\n--out FOLDER writes each as a scenario, to run or to drop on the page')
}

const under = ({ mistake, faults }: QuarryNames): string =>
  `${mistake === null ? '' : ` with ${mistake}`}${faults === null ? '' : ` under ${faults}`}`

const openText = ({ undecided }: Notes): string =>
  undecided === 0 ? '' : `; in ${undecided} some property was too much to decide`
