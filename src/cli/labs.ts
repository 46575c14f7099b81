import { historyPredicates, housePredicates } from '../lab/house-predicates.ts'
import { labsOnDisk } from './loaders.ts'

/** `labs`: what a scenario may say about each lab. */
export async function labsCommand(): Promise<number> {
  for (const load of Object.values(labsOnDisk())) {
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
