import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Icon } from '../../../ui/icons.tsx'

interface Choice {
  label: string
  hint: string
  /** For one of several of which one is chosen: whether it is the one. */
  checked?: boolean
  choose(): void
}

/** A button of the client's bar that opens a short menu above it; arrows move, Escape closes, a press elsewhere too. */
export function BarMenu(props: { label: string; icon: 'more' | 'chevronDown'; choices: readonly Choice[] }) {
  const { label, icon, choices } = props
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  // A press anywhere else closes the menu; the keyboard goes on inside of it.
  useEffect(() => {
    if (!open) return
    const first = root.current?.querySelector<HTMLElement>('[aria-checked="true"]') ?? itemsIn(root.current)[0]
    first?.focus()
    const onPress = (event: Event) => {
      if (!(event.target instanceof Node) || !root.current?.contains(event.target)) setOpen(false)
    }
    window.addEventListener('pointerdown', onPress)
    return () => window.removeEventListener('pointerdown', onPress)
  }, [open])
  return (
    <div ref={root} className="raft-more" onKeyDown={onKeyDown}>
      <button
        type="button"
        className="icon-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name={icon} size={icon === 'more' ? 16 : 13} />
      </button>
      {open && (
        <div className="menu" role="menu" aria-label={label}>
          {choices.map((choice) => (
            <button
              key={choice.label}
              type="button"
              className="menu-item"
              role={choice.checked === undefined ? 'menuitem' : 'menuitemradio'}
              aria-checked={choice.checked}
              onClick={() => {
                choice.choose()
                close()
              }}
            >
              {choice.label}
              <span className="hint">{choice.hint}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  )

  function close(): void {
    setOpen(false)
    root.current?.querySelector('button')?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!open) return
    const items = itemsIn(root.current)
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Escape') close()
    else if (step !== 0) {
      const now = items.indexOf(document.activeElement as HTMLElement)
      items[(now + step + items.length) % items.length]?.focus()
      event.preventDefault()
    } else return
    event.stopPropagation()
  }
}

const itemsIn = (root: HTMLElement | null): HTMLElement[] => [
  ...(root?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? []),
]
