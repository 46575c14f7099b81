import { useMemo } from 'react'
import type { Micros } from '../../base/units.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { READING_MS, useThrottled } from '../components/use-throttled.ts'
import { faultSpans } from './faults.ts'
import { HistoryView } from './HistoryView.tsx'
import { toldByFile, toldByRun } from './track.ts'
import './client-panel.css'

const NO_CLIENTS: readonly string[] = []

/** What clients asked and were told, when, and whether it was correct: of the run up to the moment on show, or of a file. */
export function ClientPanel() {
  const foreign = useStore((s) => s.foreign)
  return foreign === null ? <RunHistory /> : <ForeignHistoryPanel key={foreign.name} />
}

function RunHistory() {
  const lab = useStore((s) => s.lab?.engine ?? null)
  const pace = useStore((s) => (s.playing ? READING_MS : 0))
  const records = useThrottled(
    useStore((s) => s.operations),
    pace,
  )
  const at = useThrottled(
    useStore((s) => s.frame?.moment.at ?? 0),
    pace,
  )
  const run = useStore((s) => s.run)
  const told = useMemo(() => (lab === null ? null : toldByRun(lab, records, at)), [lab, records, at])
  const faults = useMemo(() => (run === null ? [] : faultSpans(run, at)), [run, at])
  const clients = useMemo(
    () => run?.setup.processes.flatMap(({ id, role }) => (role === 'client' ? [id] : [])) ?? NO_CLIENTS,
    [run],
  )
  if (lab === null || told === null || told.bars.length === 0) {
    const how =
      clients.length > 0 ? 'Write or read with the bar below the stage.' : 'The workload, below the stage, does.'
    return <p className="operations-none">Nobody has asked for anything yet. {how}</p>
  }
  return (
    <section className="client-history" aria-label="What clients were told">
      <HistoryView
        told={told}
        promise={lab.history?.promises ?? null}
        clients={clients}
        at={at}
        faults={faults}
        onSeek={seek}
        timed
      />
    </section>
  )
}

const seek = (at: Micros): void => actions.seek(at)

function ForeignHistoryPanel() {
  const foreign = useStore((s) => s.foreign)
  const told = useMemo(() => (foreign === null ? null : toldByFile(foreign.history)), [foreign])
  if (foreign === null || told === null) return null
  const timed = foreign.history.times !== null
  return (
    <section className="client-history" aria-label={`The history in ${foreign.name}`}>
      <header className="foreign-title">
        <div>
          <h3>{foreign.name}</h3>
          <p className="dim">
            A history from elsewhere, judged as a {told.model}
            {timed ? '' : '; it gives no times, so its events stand one after the other'}.
          </p>
        </div>
        <button type="button" className="button" onClick={() => actions.showForeign(null)}>
          Back to the run
        </button>
      </header>
      <HistoryView told={told} promise={null} clients={NO_CLIENTS} at={null} faults={[]} onSeek={null} timed={timed} />
    </section>
  )
}
