import { useRef, useState } from 'react'
import { Icon } from '../../ui/icons.tsx'
import { later } from '../../ui/later.ts'
import { useStore } from '../store.ts'

const JumpPanel = later(async () => (await import('./JumpPanel.tsx')).JumpPanel)

/** Opens the list of what one can jump to. */
export function JumpButton() {
  const [open, setOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const ready = useStore((s) => s.frame !== null)
  return (
    <span className="jump-place">
      <button
        ref={opener}
        type="button"
        data-jump=""
        className="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-disabled={!ready || undefined}
        aria-description={ready ? undefined : 'the lab is loading'}
        title="To the next or last election, fault, violation … (J)"
        onClick={() => setOpen(ready && !open)}
      >
        <Icon name="jump" />
        <span className="jump-word">Jump</span>
      </button>
      {open && (
        <JumpPanel
          opener={opener}
          onClose={(back) => {
            setOpen(false)
            if (back) opener.current?.focus()
          }}
        />
      )}
    </span>
  )
}
