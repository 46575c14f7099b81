import { useMemo, useState } from 'react'
import { SECOND } from '../../../base/units.ts'
import { actions } from '../../actions.ts'
import { cancelSurvey, startSurvey, type Survey, SURVEY_LENGTHS, useSurvey } from '../../survey-desk.ts'
import { useStore } from '../../store.ts'
import { histogram } from './bins.ts'
import { HistogramView } from './HistogramView.tsx'

const COUNTS = [100, 1_000]

/** The same setup under many seeds: what one run shows may be luck. */
export function SurveySection() {
  const survey = useSurvey((s) => s.survey)
  const lab = useStore((s) => s.run?.lab ?? null)
  const running = survey?.state === 'running'
  return (
    <section className="metric survey" aria-labelledby="metric-survey">
      <h3 id="metric-survey">Many seeds</h3>
      <p className="dim">
        One run may be luck. The same setup, with all that was done in it, runs in the background under other seeds.
      </p>
      {running ? <Progress survey={survey} /> : <Start before={survey} />}
      {survey?.problem != null && <p className="survey-problem">The survey stopped: {survey.problem}.</p>}
      {survey !== null && survey.job.lab === lab && survey.rows.length > 0 && <Results survey={survey} />}
    </section>
  )
}

/** As it was chosen the last time. */
function Start({ before }: { before: Survey | null }) {
  const lasted = SURVEY_LENGTHS.find((each) => each === before?.job.until)
  const [count, setCount] = useState(before?.count ?? 1_000)
  const [length, setLength] = useState(lasted ?? (SURVEY_LENGTHS[1] as number))
  return (
    <div className="survey-start">
      <button type="button" className="button" onClick={() => startSurvey(count, length)}>
        Run {count.toLocaleString('en')} seeds
      </button>
      <label>
        <span className="visually-hidden">How many seeds</span>
        <select value={count} onChange={(event) => setCount(Number(event.target.value))}>
          {COUNTS.map((each) => (
            <option key={each} value={each}>
              {each.toLocaleString('en')} seeds
            </option>
          ))}
        </select>
      </label>
      <label>
        for
        <select value={length} onChange={(event) => setLength(Number(event.target.value))}>
          {SURVEY_LENGTHS.map((each) => (
            <option key={each} value={each}>
              {each / SECOND} s each
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

function Progress({ survey: { rows, count } }: { survey: Survey }) {
  return (
    <div className="survey-progress">
      <progress max={count} value={rows.length} aria-label="Seeds that have run" />
      <span className="mono">
        {rows.length.toLocaleString('en')} of {count.toLocaleString('en')}
      </span>
      <button type="button" className="button small" onClick={cancelSurvey}>
        Cancel
      </button>
    </div>
  )
}

function Results({ survey }: { survey: Survey }) {
  const { figures, rows, job } = survey
  const shown = useMemo(
    () => figures.map((figure, column) => histogram(figure, column, rows)).filter((each) => each !== null),
    [figures, rows],
  )
  return (
    <>
      <p className="dim">
        {rows.length.toLocaleString('en')} runs of {job.until / SECOND} s. A bar opens the seeds behind it.
      </p>
      {shown.map((each) => (
        <HistogramView
          key={each.figure.name}
          histogram={each}
          runs={rows.length}
          onOpen={(seed) => actions.openSeed(job, seed)}
        />
      ))}
    </>
  )
}
