import type { ReactNode } from 'react'

interface ToolProps {
  /** Why it cannot be used now, or null. It stays where it is and says so, also to the keyboard. */
  disabled?: string | null
  title?: string
  className?: string
  pressed?: boolean
  label?: string
  /** What it opens, and whether that is open. */
  popup?: 'dialog' | 'menu'
  expanded?: boolean
  onClick(): void
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
  onClick,
  children,
}: ToolProps) {
  return (
    <button
      type="button"
      className={className}
      title={disabled ?? title}
      aria-label={label}
      aria-description={disabled ?? undefined}
      aria-disabled={disabled === null ? undefined : true}
      aria-pressed={pressed}
      aria-haspopup={popup}
      aria-expanded={expanded}
      onClick={() => {
        if (disabled === null) onClick()
      }}
    >
      {children}
    </button>
  )
}
