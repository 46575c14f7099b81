import { useRef, useState } from 'react'
import { later } from '../../ui/later.ts'
import { Icon } from '../../ui/icons.tsx'
import { useMark } from '../../ui/use-mark.ts'

const SidePanel = later(async () => (await import('./SidePanel.tsx')).SidePanel)

/** The side beside the stage; where there is no room for both it is a drawer over the stage, and on a phone a sheet. */
export function SideDrawer() {
  const [open, setOpen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  useMark(place, '.shell', 'data-details', open)
  return (
    <div ref={place} className="side-place" data-open={open}>
      <button
        type="button"
        className="side-handle"
        aria-expanded={open}
        aria-controls="side"
        onClick={() => setOpen(!open)}
      >
        <Icon name="chevronUp" />
        Details
      </button>
      <aside id="side" className="side" aria-label="Details">
        <SidePanel />
      </aside>
    </div>
  )
}
