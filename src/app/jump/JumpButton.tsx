import { Suspense, useRef, useState } from 'react'
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
        <Mark />
        <span className="jump-word">Jump</span>
      </button>
      <Suspense fallback={null}>
        {open && (
          <JumpPanel
            opener={opener}
            onClose={(back) => {
              setOpen(false)
              if (back) opener.current?.focus()
            }}
          />
        )}
      </Suspense>
    </span>
  )
}

/** Over something, to the next. */
function Mark() {
  return (
    <svg
      className="icon"
      width={16}
      height={16}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M2 11.5c1-6 9-7.5 11-2M13.5 5.5v4.2h-4.2" />
      <circle cx="7.5" cy="12" r="1" fill="currentColor" />
    </svg>
  )
}
