import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Icon } from '../../../ui/icons.tsx'
import type { RaftView } from '../observe.ts'
import type { Command } from '../store.ts'

/** The operations that are asked for less often: delete, and compare-and-swap against what the leader holds. */
export function MoreOperations(props: { view: RaftView; keyName: string; value: string; ask(command: Command): void }) {
  const { view, keyName, value, ask } = props
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

  const expected = heldByLeader(view, keyName)
  const choices: readonly { label: string; hint: string; command: Command }[] = [
    { label: `Delete ${keyName}`, hint: '', command: { type: 'delete', key: keyName } },
    {
      label: `Compare and swap ${keyName}`,
      hint: `${expected ?? 'none'} to ${value}`,
      command: { type: 'cas', key: keyName, expected, value },
    },
  ]
  return (
    <div ref={root} className="raft-more" onKeyDown={onKeyDown}>
      <button
        type="button"
        className="icon-button"
        aria-label="More operations"
        title="More operations"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="more" />
      </button>
      {open && (
        <div className="menu" role="menu" aria-label="More operations">
          {choices.map(({ label, hint, command }) => (
            <button
              key={label}
              type="button"
              className="menu-item"
              role="menuitem"
              onClick={() => {
                ask(command)
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

  function onKeyDown(event: KeyboardEvent): void {
    if (!open) return
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Escape') {
      setOpen(false)
      root.current?.querySelector('button')?.focus()
    } else if (step !== 0) {
      const now = items.indexOf(document.activeElement as HTMLElement)
      items[(now + step + items.length) % items.length]?.focus()
      event.preventDefault()
    }
  }
}

/** What the leader's store holds for a key, as the screen knows it. */
function heldByLeader(view: RaftView, key: string): string | null {
  const leader = view.servers.find(({ id }) => id === view.leader)
  return leader?.store.find(([name]) => name === key)?.[1] ?? null
}
