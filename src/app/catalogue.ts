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

/** `raft/leader-crash` and so on, with what the picker shows of each; the content comes when it is asked for. */
export interface ScenarioEntry {
  id: string
  lab: string
  title: string
  about: string
  load(): Promise<unknown>
}

/** The engine halves, by folder. */
export const engineLoaders: LabLoaders = Object.fromEntries(
  Object.entries(engines).map(([path, load]) => [folder(path), async () => (await load()).lab]),
)

/** The labs that the page offers: those that have a screen half. */
export const labIds: readonly string[] = Object.keys(views).map(folder).toSorted()

/** Both halves of a lab, or null if there is none of that name. */
export async function loadLab(id: string): Promise<{ engine: AnyLab; view: LabView<unknown> } | null> {
  const engine = engines[`../labs/${id}/lab.ts`]
  const view = views[`../labs/${id}/view/index.tsx`]
  if (engine === undefined || view === undefined) return null
  const [engineModule, viewModule] = await Promise.all([engine(), view()])
  return { engine: engineModule.lab, view: viewModule.view }
}

/** The content of a ready-made scenario, or null if there is none of that name. */
export async function scenarioFile(id: string): Promise<unknown> {
  const { default: scenarios } = await import('virtual:scenarios')
  return (await scenarios.find((one) => one.id === id)?.load()) ?? null
}

function folder(path: string): string {
  return path.split('/')[2] as string
}
