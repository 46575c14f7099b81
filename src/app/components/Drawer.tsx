import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Icon } from '../../ui/icons.tsx'
import { useMark } from '../../ui/use-mark.ts'
import { actions } from '../actions.ts'
import './drawer.css'

/**
 * A dialog with a place of its own beside the stage, or below it on a phone: the run is in sight and in reach while something
 * about it is set. Escape closes it, and what had the focus before gets it back.
 */
export function Drawer({ title, children }: { title: string; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const before = useRef<Element | null>(null)
  const heading = useId()
  // The focus belongs to the document.
  useEffect(() => {
    before.current ??= document.activeElement
    dialog.current?.show()
  }, [])
  useMark(dialog, '.shell', 'data-drawer')
  const close = () => {
    const hadFocus = dialog.current?.contains(document.activeElement) ?? false
    actions.openDialog(null)
    if (hadFocus && before.current instanceof HTMLElement) before.current.focus()
  }
  return (
    <dialog
      ref={dialog}
      className="drawer"
      aria-labelledby={heading}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        close()
      }}
    >
      <section>
        <header>
          <h2 id={heading}>{title}</h2>
          <button type="button" className="icon-button" aria-label="Close" title="Close (Esc)" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </section>
    </dialog>
  )
}
