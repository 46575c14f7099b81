import { actions, DEFAULT_SEED, openLab } from './actions.ts'
import { labIds, loadLab, scenarioFile } from './catalogue.ts'
import { recall } from './preferences.ts'
import type { PageSize, Theme } from './state.ts'
import { useStore } from './store.ts'

const THEMES: readonly string[] = ['paper', 'night']
const SIZES: readonly string[] = ['desk', 'projector']
const CONTROLS: readonly string[] = ['all', 'play', 'none']

/**
 * Opens what the address asks for: `?scenario=raft/leader-crash`, `&step=4` of one in steps, `?lab=ping`, `?servers=3`, `?seed=7`, `?theme=night`,
 * `?size=projector`, `?embed&controls=none`, and before all of these a run that was shared (`#run=…`). What it asks for in vain is said in
 * a sentence, and the page opens without it. `before` is the run that was on show before a reload; true if it is again.
 */
export async function openAddress(search: string, fragment = '', before: string | null = null): Promise<boolean> {
  const query = new URLSearchParams(search)
  const complaints: string[] = []
  useStore.setState({
    embedded: query.has('embed'),
    hintsDismissed: recall('hints') === 'dismissed' || query.has('embed'),
  })
  applyTheme(query.get('theme'), complaints)
  applySize(query.get('size'), complaints)
  if (query.has('embed')) applyControls(query.has('still') ? 'none' : (query.get('controls') ?? 'all'), complaints)
  if (before !== null && (await restore(before))) return true
  if (await openFragment(fragment)) return false
  const seed = readWhole(query, 'seed', 0, 4_294_967_295, complaints)
  const id = query.get('scenario')
  const opened = id !== null && (await openNamedScenario(id, seed, complaints))
  if (opened && !query.has('embed')) openStep(query, complaints)
  if (!opened) await openNamedLab(query, seed, complaints)
  if (query.has('present')) actions.setPresenting('on')
  if (query.has('gallery')) actions.openDialog('gallery')
  if (complaints.length > 0) actions.say({ text: complaints.join(' '), tone: 'bad' })
  return false
}

async function restore(run: string): Promise<boolean> {
  const { restoreRun } = await import('./keep/open-kept.ts')
  return await restoreRun(run)
}

/** Whether a run that was shared, or at least its lab, is on show now. */
export async function openFragment(fragment: string): Promise<boolean> {
  if (!fragment.startsWith('#run=')) return false
  const { openLink } = await import('./sharing/open-shared.ts')
  return await openLink(fragment)
}

async function openNamedScenario(id: string, seed: number | null, complaints: string[]): Promise<boolean> {
  const [file, { openScenario }] = await Promise.all([scenarioFile(id), import('./open-scenario.ts')])
  if (file === null) {
    complaints.push(`scenario: there is no scenario called “${id}”.`)
    return false
  }
  const problem = await openScenario(file, id, seed === null ? {} : { seed })
  return problem === null
}

/** Steps are counted from 1 in an address. */
function openStep(query: URLSearchParams, complaints: string[]): void {
  if (!query.has('step')) return
  const steps = useStore.getState().scenario?.steps.length ?? 0
  if (steps === 0) complaints.push('step: this scenario has no steps.')
  const step = steps === 0 ? null : readWhole(query, 'step', 1, steps, complaints)
  if (step !== null && step > 1) actions.toStep(step - 1)
}

async function openNamedLab(query: URLSearchParams, seed: number | null, complaints: string[]): Promise<void> {
  const asked = query.get('lab')
  if (asked !== null && !labIds.includes(asked))
    complaints.push(`lab: there is no lab called “${asked}”; expected one of ${labIds.join(', ')}.`)
  const id = asked !== null && labIds.includes(asked) ? asked : DEFAULT_LAB
  const limits = query.has('servers') ? ((await loadLab(id, { coreOnly: true }))?.engine.defaults ?? null) : null
  const servers = limits === null ? null : readWhole(query, 'servers', limits.minServers, limits.maxServers, complaints)
  await openLab(id, { seed: seed ?? DEFAULT_SEED, ...(servers !== null && { servers }) })
}

function applyTheme(asked: string | null, complaints: string[]): void {
  if (asked !== null && !THEMES.includes(asked)) complaints.push(`theme: expected paper or night, found “${asked}”.`)
  const kept = recall('theme')
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'paper'
  const theme = [asked, kept, system].find((name): name is Theme => name !== null && THEMES.includes(name)) as Theme
  document.documentElement.dataset['theme'] = theme
  useStore.setState({ theme })
}

function applySize(asked: string | null, complaints: string[]): void {
  if (asked !== null && !SIZES.includes(asked)) complaints.push(`size: expected desk or projector, found “${asked}”.`)
  const size = [asked, recall('size')].find((name): name is PageSize => name !== null && SIZES.includes(name)) ?? 'desk'
  document.documentElement.dataset['size'] = size
  useStore.setState({ size })
}

/** How much of the time's row a lab in a frame shows. */
function applyControls(asked: string, complaints: string[]): void {
  if (CONTROLS.includes(asked)) document.documentElement.dataset['controls'] = asked
  else complaints.push(`controls: expected all, play or none, found “${asked.slice(0, 40)}”.`)
}

function readWhole(query: URLSearchParams, key: string, min: number, max: number, complaints: string[]): number | null {
  const text = query.get(key)
  if (text === null) return null
  if (/^\d+$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text)
  complaints.push(`${key}: expected a whole number from ${min} to ${max}, found “${text.slice(0, 40)}”.`)
  return null
}

const DEFAULT_LAB = 'raft'
