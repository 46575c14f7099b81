import { historyPredicates, housePredicates } from '../lab/house-predicates.ts'
import { BadInput } from './bad-input.ts'
import { labsOnDisk } from './loaders.ts'

/** `labs [LAB]`: what a scenario may say about each lab, or about this one. */
export async function labsCommand(rest: readonly string[]): Promise<number> {
  const labs = labsOnDisk()
  const [only] = rest
  if (rest.length > 1 || (only !== undefined && !Object.hasOwn(labs, only)))
    throw new BadInput(`labs: expected at most one of ${Object.keys(labs).join(', ')}, found “${rest.join(' ')}”`)
  for (const [id, load] of Object.entries(labs)) {
    if (only !== undefined && id !== only) continue
    const lab = await load()
    console.log(`${lab.id} · ${lab.about.says}`)
    section(
      'settings',
      lab.settings.map((s) => `${s.key}: ${s.says} (${s.source})`),
    )
    section(
      'mistakes',
      lab.mistakes.map((m) => `${m.name}: ${m.breaks} Caught by ${m.caughtBy}.`),
    )
    section(
      'verbs',
      lab.verbs.map((v) => `${JSON.stringify(v.example)}: ${v.says}`),
    )
    section(
      'sentences',
      lab.predicates.map((p) => `${p.pattern}: ${p.says}`),
    )
  }
  section(
    'sentences of every lab',
    [...housePredicates, ...historyPredicates].map((p) => `${p.pattern}: ${p.says}`),
  )
  return 0
}

function section(title: string, lines: readonly string[]): void {
  console.log(`  ${title}`)
  for (const line of lines) console.log(`    ${line}`)
}
