import { useEffect, useRef, useState } from 'react'
import { Icon } from '../../../ui/icons.tsx'
import type { LabProps } from '../../../ui/lab-view.ts'
import { later } from '../../../ui/later.ts'
import type { RingLabView } from '../observe.ts'
import { nextServer, whyFixed } from './actions.ts'
import { Tool } from '../../../ui/Tool.tsx'

const Quorum = later(async () => (await import('./Quorum.tsx')).Quorum)

/** In the corner of the stage: N, R and W with what they buy, and one more server. */
export function Corner({ view, dispatch }: Pick<LabProps<RingLabView>, 'view' | 'dispatch'>) {
  const newcomer = nextServer(view)
  const fixed = whyFixed(view)
  return (
    <div className="ring-corner">
      {view.layout === 'ring' && <QuorumButton view={view} dispatch={dispatch} />}
      <Tool
        disabled={fixed}
        title={`${newcomer} joins with an empty disk, and its ranges stream to it`}
        onClick={() => dispatch({ type: 'join', process: { id: newcomer, role: 'server' } })}
      >
        <Icon name="plus" size={14} />
        Server
      </Tool>
    </div>
  )
}

function QuorumButton({ view, dispatch }: Pick<LabProps<RingLabView>, 'view' | 'dispatch'>) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  // A press anywhere else closes the card, and Escape wherever the focus is.
  useEffect(() => {
    if (!open) return
    const onPress = (event: Event) => {
      if (!(event.target instanceof Node) || !root.current?.contains(event.target)) setOpen(false)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setOpen(false)
      root.current?.querySelector('button')?.focus()
    }
    window.addEventListener('pointerdown', onPress)
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('pointerdown', onPress)
      window.removeEventListener('keydown', onKey)
    }
  }, [open])
  return (
    <div ref={root} className="ring-quorum-place">
      <button
        type="button"
        className="button tabular"
        aria-expanded={open}
        aria-haspopup="dialog"
        title="Copies, answers, acknowledgements: what R + W > N buys"
        onClick={() => setOpen(!open)}
      >
        N {view.n} · R {view.r} · W {view.w}
        <Icon name="chevronUp" size={14} />
      </button>
      {open && (
        <section className="card ring-quorum-card" role="dialog" aria-label="N, R and W">
          <Quorum view={view} dispatch={dispatch} />
        </section>
      )}
    </div>
  )
}
