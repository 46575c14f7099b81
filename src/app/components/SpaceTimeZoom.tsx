import { useRef, useState } from 'react'
import { later } from '../../ui/later.ts'
import { roughly } from '../../ui/lanes/roughly.ts'
import { useStore } from '../store.ts'
import { follow, isClosest, isWidest, panBy, shownSpan, showWhole, useDiagramView, zoomBy } from './diagram-view.ts'
import { Tool } from './Tool.tsx'

const FilterPanel = later(async () => (await import('./SpaceTimeFilter.tsx')).SpaceTimeFilter)

/** How much time the diagram shows, less or more of it, the way back to the cursor, and what is left out. */
export function SpaceTimeZoom() {
  const view = useDiagramView()
  const speed = useStore((s) => s.speed)
  // The whole run may have become longer.
  const widest = useStore(() => isWidest(view, speed))
  return (
    <div className="zoom" role="group" aria-label="Time shown in the diagram" data-pinned={view.pinned || undefined}>
      {view.pinned && (
        <Tool
          className="button quiet small zoom-follow"
          title="Back to the moment on show (F in the diagram)"
          onClick={follow}
        >
          Follow
        </Tool>
      )}
      <Filter />
      <Button
        className="zoom-whole"
        label="Show the whole run"
        title="The whole run (0 in the diagram)"
        sign="M2.5 4v8M13.5 4v8M5 8h6M6.5 6L4.8 8l1.7 2M9.5 6l1.7 2-1.7 2"
        disabled={widest ? 'the whole run is on show' : null}
        onClick={() => {
          showWhole()
          follow()
        }}
      />
      <Button
        label="Show more time"
        title="More time (wheel, or − in the diagram)"
        sign="M3.5 8h9"
        disabled={widest ? 'the whole run is on show' : null}
        onClick={() => zoomBy(2)}
      />
      <output title="Simulated time from edge to edge of the diagram">{roughly(shownSpan(view, speed))}</output>
      <Button
        label="Show less time"
        title="Less time (wheel, or + in the diagram)"
        sign="M3.5 8h9M8 3.5v9"
        disabled={isClosest(view, speed) ? 'there is no less to show' : null}
        onClick={() => zoomBy(0.5)}
      />
      <Along />
    </div>
  )
}

/** What a drag along the diagram does. */
function Along() {
  return (
    <span className="zoom-along">
      <Button
        label="Show what was before"
        title="Along by half, to earlier (Shift Page ↓ in the diagram)"
        sign="M7.5 4 3.5 8l4 4M12.5 4l-4 4 4 4"
        disabled={null}
        onClick={() => panBy(-0.5)}
      />
      <Button
        label="Show what comes after"
        title="Along by half, to later (Shift Page ↑ in the diagram)"
        sign="M3.5 4l4 4-4 4M8.5 4l4 4-4 4"
        disabled={null}
        onClick={() => panBy(0.5)}
      />
    </span>
  )
}

/** Opens the list of what the diagram draws. */
function Filter() {
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLSpanElement>(null)
  const left = useDiagramView(({ hidden }) => hidden.kinds.size + hidden.processes.size)
  return (
    <span ref={opener} className="jump-place">
      <Tool
        className="button quiet small"
        title="Choose what the diagram draws: servers, kinds of messages"
        popup="dialog"
        expanded={open}
        onClick={() => setOpen(!open)}
      >
        {left === 0 ? 'Filter' : `Filter: ${left} hidden`}
      </Tool>
      {open && (
        <FilterPanel
          opener={opener}
          onClose={(back) => {
            setOpen(false)
            if (back) opener.current?.querySelector('button')?.focus()
          }}
        />
      )}
    </span>
  )
}

interface ButtonProps {
  label: string
  title: string
  sign: string
  className?: string
  disabled: string | null
  onClick(): void
}

function Button({ sign, className = '', ...tool }: ButtonProps) {
  return (
    <Tool className={`icon-button small quiet ${className}`} {...tool}>
      <svg
        width="14"
        height="14"
        viewBox="0 0 16 16"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.7"
      >
        <path d={sign} strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    </Tool>
  )
}
