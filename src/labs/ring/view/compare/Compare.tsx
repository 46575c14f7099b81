import { useEffect } from 'react'
import type { LabProps } from '../../../../ui/lab-view.ts'
import type { RingLabView } from '../../observe.ts'
import './compare.css'
import { begin, cancel, useDesk } from './desk.ts'
import { CompareForm } from './CompareForm.tsx'
import { CompareTable } from './CompareTable.tsx'
import { Costs } from './Costs.tsx'
import { Movement } from './Movement.tsx'
import { Shares } from './Shares.tsx'
import { grouped } from './words.ts'

/** The partitioners side by side: the same keys, placed by each of them. */
export function Compare({ study }: LabProps<RingLabView>) {
  const { outcome, problem, progress } = useDesk()
  useEffect(() => {
    const desk = useDesk.getState()
    if (desk.outcome === null && desk.progress === null) begin(study)
  }, [study])
  return (
    <section className="section compare">
      <h3 className="section-title">Partitioners side by side</h3>
      <p className="dim">The same keys, placed by each rule. It is computed beside the run, which goes on.</p>
      <CompareForm onBegin={() => begin(study)} running={progress !== null} />
      {problem !== null && (
        <p className="compare-problem" role="alert">
          {problem}.
        </p>
      )}
      {progress !== null && (
        <div className="compare-progress">
          <progress max={1} value={progress.done} aria-label="Comparing" />
          <span className="dim">{progress.doing}</span>
          <button type="button" className="button small" onClick={cancel}>
            Cancel
          </button>
        </div>
      )}
      {outcome !== null && (
        <div className="compare-outcome" data-stale={progress !== null || undefined}>
          <p role="status">{summary(outcome.results[0]?.loads ?? [], outcome.results.length)}</p>
          <CompareTable outcome={outcome} />
          <Shares outcome={outcome} />
          <Movement outcome={outcome} />
          <Costs outcome={outcome} />
        </div>
      )}
    </section>
  )
}

function summary(loads: readonly number[], rules: number): string {
  const requests = loads.reduce((a, b) => a + b, 0)
  return `${grouped(requests)} requests on ${grouped(loads.length)} ${loads.length === 1 ? 'server' : 'servers'}, by ${rules} ${rules === 1 ? 'rule' : 'rules'}.`
}
