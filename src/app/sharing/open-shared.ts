import { formatInstant } from '../../base/units.ts'
import type { AnyLab } from '../../lab/definition.ts'
import { readLink } from '../../lab/shared/link.ts'
import type { ReadRun, SharedRead } from '../../lab/shared/read.ts'
import { ENGINE_VERSION } from '../../kernel/version.ts'
import { actions, openLab } from '../actions.ts'
import { engineLoaders, loadLab } from '../catalogue.ts'
import { client } from '../playback.ts'
import { useStore } from '../store.ts'
import { findScenario } from './find-scenario.ts'

/** Opens the run of a fragment. What is wrong with it is said; true if something of it is on show, the lab at least. */
export async function openLink(fragment: string): Promise<boolean> {
  const read = await readLink(engineLoaders, fragment, findScenario)
  if (read.ok && read.value.sameVersion) return await openShared(read.value)
  const lab = read.ok ? read.value.lab : read.lab
  const opened = lab !== null && (await openFresh(lab))
  if (read.ok) offer(read.value)
  else actions.say({ text: `${sentence(read.error)}${opened ? ' The lab is open afresh.' : ''}`, tone: 'bad' })
  return opened
}

/** Opens the run of a file; what is wrong with it is said, and the run on screen goes on. */
export async function openRead(read: SharedRead): Promise<void> {
  if (!read.ok) actions.say({ text: sentence(read.error), tone: 'bad' })
  else if (read.value.sameVersion) await openShared(read.value)
  else offer(read.value)
}

/** Another version may play it otherwise: only if the user wants so. */
function offer(read: ReadRun): void {
  const text = read.doubts.map(sentence).join(' ')
  useStore.setState({ offer: { text, label: 'Play it here', take: () => void openShared(read) } })
  actions.say({ text, tone: 'bad' })
}

/** Shows a run as it was shared, and compares what it comes to with what it must. */
export async function openShared({ lab: engine, shared, doubts }: ReadRun): Promise<boolean> {
  const lab = await loadLab(engine.id)
  if (lab === null) return false
  const { run, plan, fired, moment, view, fingerprint, futures } = shared
  useStore.setState({
    lab,
    scenario: plan && {
      id: plan.id,
      title: plan.title,
      about: plan.about,
      until: plan.until,
      steps: plan.steps ?? [],
      challenge: plan.challenge ?? null,
    },
    step: 0,
    selected: view.selected,
    menu: null,
    dialog: null,
    notices: { plain: null, bad: null },
    speed: view.speed,
    panel: view.panel,
    foreign: null,
    mix: null,
    playing: false,
    hintsDismissed: true,
  })
  const here = { ...run, engine: ENGINE_VERSION, labVersion: engine.version }
  client.open(here, plan?.script ?? [], plan?.expectations ?? [], moment.at, {
    fired,
    steps: moment.steps,
    tree: { ...futures, redoable: false },
  })
  const reached = await fingerprintReached()
  if (reached === null) return true
  if (reached === 'broken') {
    await openFresh(engine)
    actions.say({
      text: `This run stops the engine: it holds something that ${engine.about.title} cannot do. The lab is open afresh.`,
      tone: 'bad',
    })
    return true
  }
  if (shared.beside !== undefined) {
    // What each of the two came to is said there.
    const { openComparison } = await import('../compare/share-comparison.ts')
    openComparison(shared)
    if (doubts.length > 0) actions.say({ text: doubts.map(sentence).join(' '), tone: 'plain' })
    return true
  }
  if (fingerprint === null) {
    actions.say({ text: `The run is back where it was, at ${formatInstant(moment.at)}.`, tone: 'plain' })
    return true
  }
  const text = reached === fingerprint ? arrived(moment.at, doubts) : strayed(reached, fingerprint)
  actions.say({ text, tone: reached === fingerprint ? 'plain' : 'bad' })
  return true
}

function arrived(at: number, doubts: readonly string[]): string {
  const first = `This is the moment that was shared, ${formatInstant(at)}: the fingerprint is the same.`
  return [first, ...doubts.map(sentence)].join(' ')
}

function strayed(reached: string, fingerprint: string): string {
  return `Setup and commands are those that were shared, but the run came to another state: its fingerprint is ${reached} here, and was ${fingerprint}.`
}

/** The fingerprint at the first picture; null if the user has gone elsewhere meanwhile, `broken` if the engine died of it. */
async function fingerprintReached(): Promise<string | null> {
  const { generation } = useStore.getState()
  const shown = await new Promise<boolean>((resolve) => {
    const stop = useStore.subscribe((state) => {
      if (state.generation === generation && state.frame === null) return
      stop()
      resolve(state.generation === generation)
    })
  })
  if (!shown) return useStore.getState().frame === null && useStore.getState().notices.bad !== null ? 'broken' : null
  const answer = await client.ask({ type: 'fingerprint' })
  return answer.type === 'fingerprint' ? answer.fingerprint : null
}

async function openFresh({ id }: AnyLab): Promise<boolean> {
  return await openLab(id)
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)
