import { useRef } from 'react'
import { later } from '../../ui/later.ts'
import { Icon } from '../../ui/icons.tsx'
import { useMark } from '../../ui/use-mark.ts'
import { actions } from '../actions.ts'
import { guideOf } from '../next-stop.ts'
import { useStore } from '../store.ts'

const SidePanel = later(async () => (await import('./SidePanel.tsx')).SidePanel)

/** The side beside the stage; where there is no room for both it is a drawer over the stage, and on a phone a sheet. */
export function SideDrawer() {
  const open = useStore((s) => s.details)
  const guided = useStore(({ scenario }) => guideOf(scenario) !== null)
  const place = useRef<HTMLDivElement>(null)
  useMark(place, '.shell', 'data-details', open)
  return (
    <div ref={place} className="side-place" data-open={open}>
      <button
        type="button"
        className="side-handle"
        aria-expanded={open}
        aria-controls="side"
        onClick={() => actions.showDetails(!open)}
      >
        <Icon name="chevronUp" />
        {open && guided ? 'Back to the stage' : 'Details'}
      </button>
      <aside id="side" className="side" aria-label="Details">
        <SidePanel />
      </aside>
    </div>
  )
}
