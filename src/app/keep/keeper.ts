import { MAX_LINK, writeLinkWithin } from '../../lab/shared/link.ts'
import { FREE } from '../components/free-run.ts'
import { client, momentOnShow } from '../playback.ts'
import { futuresOf, planOf } from '../sharing/shared-now.ts'
import { useStore } from '../store.ts'
import { browserStore, keepRun } from './kept-runs.ts'
import { rememberTab } from './tab.ts'

/** A run that changes is kept at most so often. */
const PERIOD_MS = 1_500
/** One that only plays on, so often: nothing but the moment on show is another. */
const PLAYING_MS = 5_000

let id = newId()
let due: ReturnType<typeof setTimeout> | null = null
let dueAt = 0

/** From now on the run on show is kept, as soon as there is anything in it that would be lost. `before`: it was kept as that. */
export function startKeeping(before: string | null): void {
  if (before !== null) id = before
  // Something may have been done while this was on its way.
  keepWithin(PERIOD_MS)
  useStore.subscribe((state, last) => {
    if (state.frame === null && last.frame !== null) id = newId()
    if (state.run !== last.run || (!state.playing && (state.frame !== last.frame || last.playing)))
      keepWithin(PERIOD_MS)
    else if (state.frame !== last.frame) keepWithin(PLAYING_MS)
  })
  addEventListener('pagehide', () => void keep())
}

function keepWithin(ms: number): void {
  const at = performance.now() + ms
  if (due !== null && dueAt <= at) return
  if (due !== null) clearTimeout(due)
  due = setTimeout(() => void keep(), ms)
  dueAt = at
}

async function keep(): Promise<void> {
  if (due !== null) clearTimeout(due)
  due = null
  const state = useStore.getState()
  const { lab, run, scenario, fired, panel, selected, speed, generation } = state
  const moment = momentOnShow()
  if (lab === null || run === null || moment === null || client.waiting) return
  if (run.commands.length === 0 && scenario === null) return
  const view = { panel, selected, speed }
  const kept = id
  const shared = { run, plan: planOf(state), fired, moment, view, fingerprint: null, futures: futuresOf(state) }
  const { link } = await writeLinkWithin(lab.engine, shared, MAX_LINK)
  if (link.length > MAX_LINK || useStore.getState().generation !== generation) return
  const stored = keepRun(browserStore(), {
    id: kept,
    lab: run.lab,
    title: scenario?.title ?? FREE,
    at: moment.at,
    savedAt: Date.now(),
    commands: run.commands.filter(({ scripted }) => scripted !== true).length,
    query: location.search,
    link,
  })
  if (stored) rememberTab(kept)
}

function newId(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`
}
