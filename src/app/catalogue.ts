import type { AnyLab, LabLoaders } from '../lab/definition.ts'
import type { LabView } from '../ui/lab-view.ts'

/** What the page can open: labs by folder, each half its own chunk, and the ready-made scenarios. */
export interface LabModule {
  lab: AnyLab
}
export interface ViewModule {
  view: LabView<unknown>
}

const engines = import.meta.glob<LabModule>('../labs/*/lab.ts')
const views = import.meta.glob<ViewModule>('../labs/*/view/index.tsx')
const scenarios = import.meta.glob<ScenarioHead>('../labs/*/scenarios/*.json', { eager: true, import: 'default' })

export interface ScenarioHead {
  lab: string
  title: string
  about: string
}

/** The engine halves, by folder. */
export const engineLoaders: LabLoaders = Object.fromEntries(
  Object.entries(engines).map(([path, load]) => [folder(path), async () => (await load()).lab]),
)

export const labIds: readonly string[] = Object.keys(engines).map(folder).toSorted()

/** Both halves of a lab, or null if there is none of that name. */
export async function loadLab(id: string): Promise<{ engine: AnyLab; view: LabView<unknown> } | null> {
  const engine = engines[`../labs/${id}/lab.ts`]
  const view = views[`../labs/${id}/view/index.tsx`]
  if (engine === undefined || view === undefined) return null
  const [engineModule, viewModule] = await Promise.all([engine(), view()])
  return { engine: engineModule.lab, view: viewModule.view }
}

/** `raft/leader-crash` and so on, with what the picker shows of each. */
export const scenarioList: readonly (ScenarioHead & { id: string })[] = Object.entries(scenarios)
  .map(([path, { lab, title, about }]) => ({ id: scenarioId(path), lab, title, about }))
  .toSorted((x, y) => (x.id < y.id ? -1 : 1))

/** The content of a ready-made scenario, or null if there is none of that name. */
export function scenarioFile(id: string): unknown {
  const [lab, name] = id.split('/')
  return scenarios[`../labs/${lab}/scenarios/${name}.json`] ?? null
}

function folder(path: string): string {
  return path.split('/')[2] as string
}

function scenarioId(path: string): string {
  const parts = path.split('/')
  return `${parts[2]}/${(parts[4] as string).replace('.json', '')}`
}
