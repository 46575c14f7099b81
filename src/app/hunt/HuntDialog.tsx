import { Modal } from '../components/Modal.tsx'
import { useStore } from '../store.ts'
import { HuntFindings } from './HuntFindings.tsx'
import { HuntProgress } from './HuntProgress.tsx'
import { HuntStart } from './HuntStart.tsx'
import { useHunt } from './hunt-state.ts'
import './hunt.css'

/** A hunt for violations: what to hunt, how far it is, and what broke. It goes on when the dialog is closed. */
export function HuntDialog() {
  const hunt = useHunt((s) => s.hunt)
  const lab = useStore((s) => s.lab?.engine ?? null)
  const busy = hunt !== null && (hunt.state === 'running' || hunt.state === 'paused')
  return (
    <Modal title="Hunt" className="hunt">
      <p className="dim">
        The lab runs again and again under random faults, each time from another seed, while every property is watched.
        Then all is healed, and it must settle. What breaks is shrunk to the fewest commands and servers.
      </p>
      {busy ? <HuntProgress hunt={hunt} /> : lab !== null && <HuntStart key={lab.id} lab={lab} />}
      {hunt !== null && <HuntFindings hunt={hunt} />}
    </Modal>
  )
}
