import { later } from '../../ui/later.ts'
import { useStore } from '../store.ts'
import './scrubber.css'

const SpaceTime = later(async () => (await import('./SpaceTime.tsx')).SpaceTime)

/** Time to be dragged along: the space-time diagram; on a slide, the strip of the run alone. */
export function Scrubber() {
  const embedded = useStore((s) => s.embedded)
  return (
    <div className="scrubber">
      <SpaceTime key={String(embedded)} stripOnly={embedded} />
    </div>
  )
}
