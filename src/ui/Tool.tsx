import type { ReactNode } from 'react'

interface ToolProps {
  /** Why it cannot be used now, or null. It stays where it is and says so, also to the keyboard. */
  disabled?: string | null
  /** Of a form: it sends it, in place of a click. */
  submits?: boolean
  title?: string
  className?: string
  pressed?: boolean
  label?: string
  /** What it opens, and whether that is open. */
  popup?: 'dialog' | 'menu'
  expanded?: boolean
  onClick?(): void
  children: ReactNode
}

/** A button of the house. An impossible one keeps the focus and tells the reason. */
export function Tool({
  disabled = null,
  title,
  className = 'button',
  pressed,
  label,
  popup,
  expanded,
  submits = false,
  onClick,
  children,
}: ToolProps) {
  return (
    <button
      type={submits ? 'submit' : 'button'}
      className={className}
      title={disabled ?? title}
      aria-label={label}
      aria-description={disabled ?? undefined}
      data-why={disabled ?? undefined}
      aria-disabled={disabled === null ? undefined : true}
      aria-pressed={pressed}
      aria-haspopup={popup}
      aria-expanded={expanded}
      onClick={(event) => {
        if (disabled === null) onClick?.()
        else event.preventDefault()
      }}
    >
      {children}
    </button>
  )
}
