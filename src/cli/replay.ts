import { relative, sep } from 'node:path'
import { Timeline } from '../engine/timeline.ts'
import { scripting } from '../engine/scripting.ts'
import type { Micros } from '../base/units.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { Scenario } from '../lab/scenario.ts'
import { writeLink } from '../lab/shared/link.ts'
import { ONE_FUTURE } from '../lab/shared/shared-run.ts'
import { home } from './home.ts'

/** The command that runs this file once more with this seed. */
export const commandFor = (file: string, seed: number): string => `${home.call} run ${shellWord(file)} --seed ${seed}`

/** `raft/leader-crash`: the page knows the files in the labs' own folders. Null for others. */
export function pageId(file: string): string | null {
  const path = relative(home.labs, file).split(sep)
  const [lab, folder, name] = path
  if (path.length !== 3 || lab === '..' || !FOLDERS.includes(folder ?? '') || name === undefined) return null
  return `${lab}/${name.replace(/\.\w+$/, '')}`
}

/** Of a lab's own folder, those with scenarios. */
export const FOLDERS: readonly string[] = ['scenarios', 'lessons', 'challenges']

/** The end of a page's address that opens this scenario at an instant, with all that had happened by then. */
export async function linkAt(lab: AnyLab, scenario: Scenario, id: string, at: Micros): Promise<string> {
  const { run, script, expectations, title, about, until } = scenario
  const timeline = new Timeline(lab, run, { script, expectations, scripting, spacing: 0 })
  timeline.seek(at)
  const fragment = await writeLink(lab, {
    run: timeline.run(),
    plan: { id, title, about, until, script, expectations },
    fired: timeline.fired,
    moment: timeline.moment,
    view: { panel: 'checks', selected: null, speed: lab.defaults.speed },
    fingerprint: timeline.fingerprint(),
    futures: ONE_FUTURE,
  })
  return `#${fragment}`
}

const shellWord = (word: string): string =>
  /^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
