import { type ReactNode, useEffect, useId, useRef } from 'react'
import { actions } from '../actions.ts'
import { Icon } from '../../ui/icons.tsx'
import './modal.css'

/** A dialog of the browser's own: it keeps the focus inside, and what had it before gets it back. Shown for as long as it is rendered. */
export function Modal({ title, className, children }: { title: string; className?: string; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  // A native dialog becomes modal by a call only, and would begin at its close button.
  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal()
    element?.querySelector<HTMLElement>('[data-first] input')?.focus()
    return () => {
      element?.close()
      if (before instanceof HTMLElement || before instanceof SVGElement) before.focus()
    }
  }, [])
  const close = () => actions.openDialog(null)
  return (
    <dialog
      ref={dialog}
      className={`modal ${className ?? ''}`}
      aria-labelledby={heading}
      closedby="any"
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
    >
      <div className="modal-body">
        <header>
          <h2 id={heading}>{title}</h2>
          <button type="button" className="icon-button" aria-label="Close" title="Close (Esc)" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
