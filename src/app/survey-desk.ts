import { create } from 'zustand'
import { SECOND, type Micros } from '../base/units.ts'
import type { FromEngine, SurveyFigure, SurveyJob, SurveyRow } from '../engine/messages.ts'
import { openPort, type Port } from './port.ts'
import { useStore } from './store.ts'

/** A survey, under way or done. */
export interface Survey {
  job: SurveyJob
  /** Seeds 1 to `count`. */
  count: number
  figures: readonly SurveyFigure[]
  rows: readonly SurveyRow[]
  state: 'running' | 'done' | 'cancelled' | 'failed'
  problem: string | null
}

/** The last survey; null before the first. */
export const useSurvey = create<{ survey: Survey | null }>()(() => ({ survey: null }))

/** Seeds that an engine is handed at once. */
const CHUNK = 5
/** New results are shown this often: a histogram that grows faster only costs the page its frames. */
const SHOW_MS = 300

let workers: Port[] = []
let nextSeed = 1
let fresh: SurveyRow[] = []
let showing: ReturnType<typeof setTimeout> | null = null

/**
 * Runs the setup on show under seeds 1 to `count`, each to `until`, in engines of their own: what the user did and what the
 * scenario does happens in each.
 */
export function startSurvey(count: number, until: Micros): void {
  const { run, script } = useStore.getState()
  if (run === null) return
  stop()
  const commands = run.commands.filter(({ scripted }) => scripted !== true)
  const job: SurveyJob = { lab: run.lab, setup: run.setup, commands, script, until }
  useSurvey.setState({ survey: { job, count, figures: [], rows: [], state: 'running', problem: null } })
  nextSeed = 1
  workers = Array.from({ length: poolSize() }, () => openWorker(job, count))
}

export function cancelSurvey(): void {
  finish('cancelled', null)
}

/** One core for the page and one for its engine, and at least one for this. */
const poolSize = (): number => Math.max(1, Math.min(6, (navigator.hardwareConcurrency || 2) - 2))

function openWorker(job: SurveyJob, count: number): Port {
  let left = 0
  const askOn = (): void => {
    if (nextSeed > count) return
    const from = nextSeed
    const to = Math.min(count + 1, from + CHUNK)
    nextSeed = to
    left = to - from
    port.post({ type: 'survey', run: 0, job, from, to })
  }
  const port: Port = openPort({
    hear(message: FromEngine) {
      if (!workers.includes(port)) return
      if (message.type === 'broken') finish('failed', message.text)
      if (message.type !== 'surveyed') return
      take(message.figures, message.rows, count)
      left -= message.rows.length
      if (left === 0) askOn()
    },
    died: (why) => workers.includes(port) && finish('failed', why),
  })
  askOn()
  return port
}

function take(figures: readonly SurveyFigure[], rows: readonly SurveyRow[], count: number): void {
  fresh.push(...rows)
  const known = useSurvey.getState().survey?.rows.length ?? 0
  if (known + fresh.length >= count) finish('done', null)
  else showing ??= setTimeout(() => show(figures), SHOW_MS)
  if (known === 0 && fresh.length === rows.length) show(figures)
}

/** Lets the rows that have come since be seen. */
function show(figures: readonly SurveyFigure[]): void {
  if (showing !== null) clearTimeout(showing)
  showing = null
  const { survey } = useSurvey.getState()
  if (survey === null) return
  const rows = [...survey.rows, ...fresh]
  fresh = []
  useSurvey.setState({ survey: { ...survey, rows, figures: figures.length > 0 ? figures : survey.figures } })
}

function finish(state: Survey['state'], problem: string | null): void {
  show([])
  stop()
  const { survey } = useSurvey.getState()
  if (survey !== null && survey.state === 'running') useSurvey.setState({ survey: { ...survey, state, problem } })
}

function stop(): void {
  for (const worker of workers) worker.close()
  workers = []
  if (showing !== null) clearTimeout(showing)
  showing = null
  fresh = []
}

/** How long each run of a survey may go on. */
export const SURVEY_LENGTHS: readonly Micros[] = [5 * SECOND, 10 * SECOND, 30 * SECOND, 60 * SECOND]
