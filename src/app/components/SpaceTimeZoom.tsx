import { create } from 'zustand'
import { roughly } from '../../ui/lanes/roughly.ts'
import { spanOf } from '../../ui/lanes/window.ts'
import { useStore } from '../store.ts'

const LEAST = 1 / 64
const MOST = 16

/** How much more time the diagram shows than it would by itself. */
export const useZoom = create<{ zoom: number }>()(() => ({ zoom: 1 }))

export function zoomBy(factor: number): void {
  useZoom.setState(({ zoom }) => ({ zoom: Math.min(MOST, Math.max(LEAST, zoom * factor)) }))
}

/** How much time the diagram shows, and less or more of it. */
export function SpaceTimeZoom() {
  const zoom = useZoom((s) => s.zoom)
  const shown = roughly(useStore((s) => spanOf(s.speed, zoom)))
  return (
    <div className="zoom" role="group" aria-label="Time shown in the diagram">
      <Button label="Show more time" title="More time (Ctrl and wheel)" sign="M3.5 8h9" off={zoom >= MOST} factor={2} />
      <output title="Simulated time from edge to edge of the diagram">{shown}</output>
      <Button
        label="Show less time"
        title="Less time (Ctrl and wheel)"
        sign="M3.5 8h9M8 3.5v9"
        off={zoom <= LEAST}
        factor={0.5}
      />
    </div>
  )
}

function Button({
  label,
  title,
  sign,
  off,
  factor,
}: {
  label: string
  title: string
  sign: string
  off: boolean
  factor: number
}) {
  return (
    <button
      type="button"
      className="icon-button small quiet"
      aria-label={label}
      title={title}
      disabled={off}
      onClick={() => zoomBy(factor)}
    >
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true" stroke="currentColor" strokeWidth="1.7">
        <path d={sign} strokeLinecap="round" />
      </svg>
    </button>
  )
}
