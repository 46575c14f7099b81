import { toMs } from '../../base/units.ts'
import type { PageState } from '../state.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { Bridge } from './bridge.ts'
import { watchKeys } from './keys.ts'
import { labOnPage, step, titleOf, verdictOf } from './lab.ts'
import { readOrigins } from './origins.ts'
import { watchSight } from './sight.ts'

/** A state that changes with every picture is told so often. */
const STATE_MS = 250

/** Makes the page in a frame (`?embed`) a part of the page around it: its name, its rest while unseen, and the protocol. */
export function startEmbedded(search: string, firstPicture: Promise<void>): void {
  const query = new URLSearchParams(search)
  useStore.subscribe(nameIt)
  if (query.has('still')) useStore.subscribe(({ playing }) => playing && actions.pause())
  else watchSight()
  const { origins, problems } = readOrigins(query.getAll('allow'), location.protocol === 'file:')
  if (problems.length > 0) void firstPicture.then(() => complain(problems))
  if (origins.size > 0 && window.parent !== window) startBridge(origins, firstPicture)
  void firstPicture.then(() => showStep(query.get('step')))
}

/** Beside what else is wrong with the address. */
function complain(problems: readonly string[]): void {
  const { bad } = useStore.getState().notices
  actions.say({ text: [...(bad === null ? [] : [bad]), ...problems].join(' '), tone: 'bad' })
}

function startBridge(origins: ReadonlySet<string>, firstPicture: Promise<void>): void {
  const bridge = new Bridge(window.parent, origins, labOnPage(firstPicture), (message, origin) =>
    // A page from disk has no origin to name.
    window.parent.postMessage(message, origin === 'null' ? '*' : origin),
  )
  window.addEventListener('message', (event) => bridge.hear(event))
  watchKeys((key) => bridge.tell({ type: 'event', key }))
  useStore.subscribe(storyTeller(bridge))
  useStore.subscribe(stateTeller(bridge))
  void firstPicture.then(() => bridge.ready())
}

/** Reads a run from its beginning once; after it was changed, from there. */
function storyTeller(bridge: Bridge): (state: PageState, before: PageState) => void {
  let told = 0
  const tellStories = (stories: PageState['stories']): void => {
    for (const { at, text } of stories) bridge.tell({ type: 'event', story: { at: toMs(at), text } })
    told = Math.max(told, ...stories.map(({ seq }) => seq))
  }
  return (state, before) => {
    if (state.generation !== before.generation) told = Math.min(told, before.frame?.seq ?? 0)
    if (state.frame === null) told = 0
    if (state.stories !== before.stories) tellStories(state.stories.filter(({ seq }) => seq > told))
    if (state.violations !== before.violations || state.expectations !== before.expectations)
      bridge.tell({ type: 'verdict', ...verdictOf(state) })
  }
}

function stateTeller(bridge: Bridge): (state: PageState, before: PageState) => void {
  const lab = labOnPage(Promise.resolve())
  let due: ReturnType<typeof setTimeout> | null = null
  return (state, before) => {
    if (state.frame === null || (state.frame === before.frame && state.playing === before.playing)) return
    due ??= setTimeout(() => {
      due = null
      bridge.tell({ type: 'state', ...lab.state() })
    }, STATE_MS)
  }
}

/** What the frame is called for whoever cannot see it. */
function nameIt(state: PageState): void {
  const { lab } = state
  const title = titleOf(state)
  const name = lab === null || title === lab.engine.about.title ? title : `${title} (${lab.engine.about.title})`
  if (document.title !== `${name}: Netsplit`) document.title = `${name}: Netsplit`
}

async function showStep(asked: string | null): Promise<void> {
  if (asked === null) return
  const problem = /^\d{1,4}$/.test(asked)
    ? await step(Number(asked))
    : `step: expected a whole number, found “${asked.slice(0, 40)}”`
  if (problem !== null) actions.say({ text: `${problem}.`, tone: 'bad' })
}
