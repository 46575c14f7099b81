import { readScenario, type ScenarioRead } from '../lab/scenario.ts'
import { actions, leaveLink } from './actions.ts'
import { engineLoaders, loadLab, scenarioFile } from './catalogue.ts'
import { client } from './playback.ts'
import type { PageState } from './state.ts'
import { useStore } from './store.ts'

const set = useStore.setState
const get = useStore.getState

/** Opens a ready-made scenario, or says that there is none of this name. */
export async function openNamed(id: string): Promise<void> {
  const file = await scenarioFile(id)
  if (file === null) actions.say({ text: `There is no scenario called “${id}”.`, tone: 'bad' })
  else await openScenario(file, id)
}

/** Opens a scenario from its file; what is wrong with it is said, and the run on screen goes on. */
export async function openScenario(file: unknown, id = '', change: { seed?: number } = {}): Promise<string | null> {
  const said = get().notices.bad
  const read = await readScenario(engineLoaders, file, change)
  if (!read.ok) {
    actions.say({ text: `This scenario cannot be opened. ${read.error}.`, tone: 'bad' })
    return read.error
  }
  return await showScenario(read.value, id, said)
}

/** Opens a scenario from a file of the user's; what is wrong with it is said, and the run on screen goes on. */
export async function openFiles(files: readonly File[], isFolder: boolean): Promise<void> {
  const said = get().notices.bad
  const { readUpload } = await import('./scenario-upload.ts')
  const read = await readUpload(files, isFolder)
  if (!read.ok) actions.say({ text: `${read.error}.`, tone: 'bad' })
  else if ('history' in read.value) showForeign(read.value, said)
  else if ('lines' in read.value)
    await (await import('./sharing/open-trace.ts')).openTrace(read.value, files[0]?.name ?? 'trace')
  else if ('ok' in read.value) await (await import('./sharing/open-shared.ts')).openRead(read.value)
  else await showScenario(read.value, '', said)
}

/** Shows a history from elsewhere, or the run's own again. `said` is the notice that stood when it was asked for. */
export function showForeign(foreign: PageState['foreign'], said = get().notices.bad): void {
  set(foreign === null ? { foreign } : { foreign, panel: 'client', ...without(said) })
}

/** What was said before something else was asked for is out of date once that is there; what was said since is not. */
function without(said: string | null): Pick<PageState, 'notices'> {
  const { notices } = get()
  return { notices: notices.bad === said ? { ...notices, bad: null } : notices }
}

/** Shows a scenario that has been read, from its start. `said` is the notice that stood when it was asked for. */
async function showScenario(
  { lab: engine, scenario }: Extract<ScenarioRead, { ok: true }>['value'],
  id: string,
  said: string | null,
): Promise<string | null> {
  const lab = await loadLab(engine.id)
  if (lab === null) return `no view for ${engine.id}`
  const { title, about, run, script, steps, challenge, expectations, until } = scenario
  leaveLink()
  set({
    lab,
    scenario: { id, title, about, until, steps, challenge },
    step: 0,
    selected: null,
    menu: null,
    ...without(said),
    speed: engine.defaults.speed,
    panel: null,
    foreign: null,
    mix: null,
    playing: steps.length === 0 && challenge === null,
  })
  const [first] = steps
  client.open(run, script, expectations, 0, first && { stopAtPart: first.part })
  return null
}
