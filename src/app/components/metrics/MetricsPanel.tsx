import { LatencySection } from './LatencySection.tsx'
import { SampleSection } from './SampleSection.tsx'
import { SpanSection } from './SpanSection.tsx'
import { SurveySection } from './SurveySection.tsx'
import { TrafficSection } from './TrafficSection.tsx'
import { useMetrics } from './use-metrics.ts'
import './metrics.css'

/** What was measured of the run on show, and what the same setup comes to under other seeds. */
export function MetricsPanel() {
  const metrics = useMetrics()
  return (
    <div className="metrics">
      {metrics !== null && (
        <>
          <LatencySection metrics={metrics} />
          {metrics.spans.map((each) => (
            <SpanSection key={each.name} spans={each} to={metrics.to} />
          ))}
          {metrics.samples.map((each) => (
            <SampleSection key={each.name} samples={each} to={metrics.to} />
          ))}
          <TrafficSection metrics={metrics} />
        </>
      )}
      <SurveySection />
    </div>
  )
}
