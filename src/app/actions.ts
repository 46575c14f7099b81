import { formatInstant } from '../base/units.ts'
import type { LabTypes } from '../kernel/types.ts'
import { defaultSetup, freshRun } from '../lab/setup.ts'
import { labIds, loadLab } from './catalogue.ts'
import { client, momentOnShow, moveCursor } from './playback.ts'
import { remember } from './preferences.ts'
import { leftOut, whenStands } from '../ui/later.ts'
import type { PageActions } from './state.ts'
import { useStore } from './store.ts'

const set = useStore.setState
const get = useStore.getState

/** The seed that a fresh page opens with: its first election and the next are short, so that a newcomer sees one thing at a time. */
export const DEFAULT_SEED = 108

/** The last picture that had been asked for when somebody pressed Play: what it stops at was seen, and is no reason to pause. */
let playedAt = 0

const MIN_SPEED = 0.01

export const actions: PageActions = {
  play() {
    playedAt = client.turn
    set({ playing: true })
  },
  pause: () => set({ playing: false }),
  toggle: () => (get().playing ? actions.pause() : actions.play()),
  setSpeed: (speed) => set({ speed: Math.max(MIN_SPEED, speed) }),
  seek(at) {
    const whole = Math.max(0, Math.round(at))
    moveCursor(whole)
    client.show(whole, true)
  },
  step(by) {
    set({ playing: false })
    client.step(by)
  },
  dispatch(command) {
    const moment = momentOnShow()
    if (moment !== null) client.command(command, moment)
  },
  dispatchAll([first, ...also]) {
    const moment = momentOnShow()
    if (moment !== null && first !== undefined) client.command(first, moment, also)
  },
  undo: () => client.turnBack('undo'),
  redo: () => client.turnBack('redo'),
  jump: (to, by) => void (async () => (await import('./jump/jump.ts')).jump(to, by))(),
  switchBranch(id) {
    set({ playing: false })
    client.switchTo(id)
  },
  deleteBranch: (id) => client.prune(id),
  nameBranch: (id, name) => client.rename(id, name.trim().slice(0, 60)),
  openLab: (id, change = {}) => void openLab(id, change),
  openScenario: (id) => void opening().then(({ openNamed }) => openNamed(id)),
  goOn: (pressedAt = performance.now()) => void lesson().then(({ goOn }) => goOn(pressedAt)),
  goBack: () => void lesson().then(({ goBack }) => goBack()),
  toStep: (step) => void lesson().then(({ toStep }) => toStep(step)),
  showForeign: (foreign) => void opening().then(({ showForeign }) => showForeign(foreign)),
  openFiles: (files, isFolder = false) => void opening().then(({ openFiles }) => openFiles(files, isFolder)),
  startAfresh: (setup) => void afresh().then((begin) => begin.startAfresh(setup), leftOut),
  beginWith: (change) => void afresh().then((begin) => begin.beginWith(change), leftOut),
  openSeed: (job, seed) => void afresh().then((begin) => begin.openSeed(job, seed), leftOut),
  select: (selected) => set({ selected }),
  openMenu: (process, at) => set({ menu: { process, ...at }, selected: process }),
  closeMenu: () => set({ menu: null }),
  // What opens has a right to the eye, and a passing word is in its way.
  openDialog: (dialog) => set(({ notices }) => ({ dialog, menu: null, notices: { ...notices, plain: null } })),
  setPanel: (panel) => set({ panel }),
  showDetails: (details) => set({ details }),
  dismissHints() {
    set({ hintsDismissed: true })
    remember('hints', 'dismissed')
  },
  setTheme(theme) {
    document.documentElement.dataset['theme'] = theme
    set({ theme })
    remember('theme', theme)
  },
  setSize(size) {
    document.documentElement.dataset['size'] = size
    set({ size })
    remember('size', size)
  },
  setPresenting: (presenting) => set({ presenting }),
  say: ({ text, tone }) => set({ notices: { ...get().notices, [tone]: text } }),
  hush: (tone) => set({ notices: { ...get().notices, [tone]: null } }),
  setWindow: (change) => client.look(change),
  setStopAtViolation: (stopAtViolation) => set({ stopAtViolation }),
  setMix: (mix) => set({ mix }),
}

const lesson = async () => await import('./lesson/desk.ts')
const opening = async () => await import('./open-scenario.ts')
const afresh = whenStands(async () => await import('./afresh.ts'))

/** The engine stopped at a violation: so does the page, and says which; or it has come to the next step. */
client.onFrame((moment) => {
  const { frame, scenario } = get()
  if (frame?.arrived !== undefined && scenario !== null) {
    const step = scenario.steps.findIndex(({ part }) => part === frame.arrived)
    const played = frame.turn <= playedAt && get().playing
    set({ playing: played, step: Math.max(0, step) })
    if (!played) moveCursor(moment.at)
  }
  const stoppedAt = frame?.stoppedAt
  if (stoppedAt === undefined) return
  const { monitor, at, text } = stoppedAt
  set({ playing: false, panel: 'checks' })
  moveCursor(moment.at)
  actions.say({ text: `Stopped at ${formatInstant(at)}: ${monitor} is broken. ${asSentence(text)}`, tone: 'bad' })
})

const asSentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`)

/** Opens a lab in which nobody has done anything yet, a moment after its start. */
export async function openLab(id: string, change: { servers?: number; seed?: number } = {}): Promise<boolean> {
  leaveLink()
  // The page's first picture waits for as little as it can.
  const how = { coreOnly: get().lab === null }
  const lab = await loadLab(id, how)
  if (lab === null) {
    actions.say({ text: `There is no lab called “${id}”; there are ${labIds.join(', ')}.`, tone: 'bad' })
    return false
  }
  const { defaults } = lab.engine
  const setup = defaultSetup<LabTypes>(lab.engine, change.seed ?? DEFAULT_SEED, change.servers ?? defaults.servers)
  set({
    lab,
    scenario: null,
    selected: null,
    menu: null,
    speed: defaults.speed,
    panel: null,
    foreign: null,
    mix: null,
    playing: true,
  })
  client.open(freshRun<LabTypes>(lab.engine, setup), [], [], defaults.opensAt, how)
  if (how.coreOnly) void whenStands(() => loadRest(id))()
  return true
}

/** The address no longer names the run on show. */
export function leaveLink(): void {
  if (location.hash.startsWith('#run=')) history.replaceState(null, '', location.pathname + location.search)
}

/** The page stands: what its first picture did without comes to both ends of the pipe. */
async function loadRest(id: string): Promise<void> {
  const whole = await loadLab(id)
  const { lab } = get()
  if (whole === null || lab?.engine.id !== id) return
  set({ lab: whole })
  client.whole()
}
