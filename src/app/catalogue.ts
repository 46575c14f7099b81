import { coreOnly } from '../lab/core-only.ts'
import type { AnyLab, AnyLabCore, LabLoaders } from '../lab/definition.ts'
import type { LabView } from '../ui/lab-view.ts'

/** What the page can open: labs by folder, each half its own chunk, and the ready-made scenarios. */
export interface LabModule {
  lab: AnyLab
}
export interface CoreModule {
  core: AnyLabCore
}
export interface ViewModule {
  view: LabView<unknown>
}

const engines = import.meta.glob<LabModule>('../labs/*/lab.ts')
const cores = import.meta.glob<CoreModule>('../labs/*/core.ts')
const views = import.meta.glob<ViewModule>('../labs/*/view/index.tsx')

/** `raft/leader-crash` and so on, unlike each other whatever their kind, with what the picker shows of each; the content comes when it is asked for. */
export interface ScenarioEntry {
  id: string
  kind: 'scenario' | 'lesson' | 'challenge'
  lab: string
  title: string
  about: string
  /** In a word or two; empty for none. */
  topic: string
  load(): Promise<unknown>
}

/** The engine halves, by folder. */
export const engineLoaders: LabLoaders = Object.fromEntries(
  Object.entries(engines).map(([path, load]) => [folder(path), async () => (await load()).lab]),
)

/** In this order newcomers meet them; a lab that is not named here follows, by its name. */
const FIRST = ['raft', 'gossip', 'ring']

/** The labs that the page offers: those that have a screen half. */
export const labIds: readonly string[] = inOrder(Object.keys(views).map(folder))

/** Both halves of a lab, or null if there is none of that name; for a first picture its core alone. */
export async function loadLab(
  id: string,
  how: { coreOnly?: boolean } = {},
): Promise<{ engine: AnyLab; view: LabView<unknown> } | null> {
  const core = cores[`../labs/${id}/core.ts`]
  const whole = engineLoaders[id]
  const view = views[`../labs/${id}/view/index.tsx`]
  if (core === undefined || whole === undefined || view === undefined) return null
  const engine = how.coreOnly === true ? core().then((module) => coreOnly(module.core)) : whole()
  const [lab, viewModule] = await Promise.all([engine, view()])
  return { engine: lab, view: viewModule.view }
}

/** The content of a ready-made scenario, or null if there is none of that name. */
export async function scenarioFile(id: string): Promise<unknown> {
  const { default: scenarios } = await import('virtual:scenarios')
  return (await scenarios.find((one) => one.id === id)?.load()) ?? null
}

function folder(path: string): string {
  return path.split('/')[2] as string
}

function inOrder(ids: readonly string[]): string[] {
  return [...FIRST.filter((id) => ids.includes(id)), ...ids.filter((id) => !FIRST.includes(id)).toSorted()]
}
