import { useEffect, useState } from 'react'
import type { MetricsView } from '../../../lab/metrics.ts'
import { client } from '../../playback.ts'
import { useStore } from '../../store.ts'
import { useThrottled } from '../use-throttled.ts'

/** Charts that move more often than this are not read. */
const PERIOD_MS = 400

/** What was measured of the run on show, as far as it has come; null before the first answer. */
export function useMetrics(): MetricsView | null {
  const playing = useStore((s) => s.playing)
  const state = useThrottled(
    useStore((s) => (s.frame === null ? null : `${s.generation} ${s.reached}`)),
    playing ? PERIOD_MS : 0,
  )
  const [metrics, setMetrics] = useState<MetricsView | null>(null)
  // The engine is the world outside React: it is asked when the run has got further, or is another one.
  useEffect(() => {
    if (state === null) return
    let asked = true
    void client.ask({ type: 'metrics' }).then((answer) => {
      if (asked && answer.type === 'metrics') setMetrics(answer.metrics)
    })
    return () => {
      asked = false
    }
  }, [state])
  return metrics
}
