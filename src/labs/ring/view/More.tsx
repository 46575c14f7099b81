import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Icon } from '../../../ui/icons.tsx'
import type { Operation } from '../client.ts'

/** The operations that are asked for less often: delete, and a write that says nothing of what its client has seen. */
export function More({ keyName, value, ask }: { keyName: string; value: string; ask(operation: Operation): void }) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  // A press anywhere else closes the menu; the keyboard goes on inside of it.
  useEffect(() => {
    if (!open) return
    root.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
    const onPress = (event: Event) => {
      if (!(event.target instanceof Node) || !root.current?.contains(event.target)) setOpen(false)
    }
    window.addEventListener('pointerdown', onPress)
    return () => window.removeEventListener('pointerdown', onPress)
  }, [open])
  const choices: readonly { label: string; hint: string; operation: Operation }[] = [
    { label: `Delete ${keyName}`, hint: '', operation: { type: 'delete', key: keyName } },
    {
      label: `Write ${keyName} = ${value} blindly`,
      hint: 'beside what is there',
      operation: { type: 'put', key: keyName, value, blind: true },
    },
  ]
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Escape') {
      event.stopPropagation()
      setOpen(false)
      root.current?.querySelector('button')?.focus()
    } else if (step !== 0) {
      const now = items.indexOf(document.activeElement as HTMLElement)
      items[(now + step + items.length) % items.length]?.focus()
      event.preventDefault()
    }
  }
  return (
    <div ref={root} className="ring-more" onKeyDown={onKeyDown}>
      <button
        type="button"
        className="icon-button"
        aria-label="More operations"
        title="Delete, write blindly"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" />
      </button>
      {open && (
        <div className="menu" role="menu" aria-label="More operations">
          {choices.map(({ label, hint, operation }) => (
            <button
              key={label}
              type="button"
              className="menu-item"
              role="menuitem"
              onClick={() => {
                ask(operation)
                setOpen(false)
              }}
            >
              {label}
              <span className="hint">{hint}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
