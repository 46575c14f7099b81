import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import './menu.css'

interface MenuProps {
  label: string
  className?: string
  style?: CSSProperties
  /** `left` says that the user has gone elsewhere and the focus should stay there. */
  onClose(how: 'escaped' | 'left'): void
  children: ReactNode
}

/** A menu by the book: arrows, Home, End and first letters move, Escape and Tab close, a press outside closes. */
export function Menu({ label, className, style, onClose, children }: MenuProps) {
  const root = useRef<HTMLDivElement>(null)
  const close = useEffectEvent(onClose)
  // The focus and the presses outside belong to the document.
  useEffect(() => {
    const menu = root.current as HTMLDivElement
    const first = menu.querySelector<HTMLElement>('[aria-checked="true"]') ?? itemsOf(menu)[0]
    first?.focus({ preventScroll: true })
    const onPress = (event: PointerEvent) => {
      const inside = event.target instanceof Element && (menu.contains(event.target) || isOpener(event.target, menu))
      if (!inside) close('left')
    }
    document.addEventListener('pointerdown', onPress, true)
    return () => document.removeEventListener('pointerdown', onPress, true)
  }, [])

  return (
    <div
      ref={root}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      className={`menu ${className ?? ''}`}
      style={style}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Tab') {
          event.preventDefault()
          event.stopPropagation()
          onClose('escaped')
        } else move(event)
      }}
    >
      {children}
    </div>
  )
}

interface MenuItemProps {
  disabled?: string | null
  shortcut?: string | undefined
  /** For a choice among several: whether it is the one. */
  checked?: boolean
  detail?: string | undefined
  /** `byKey`: the keyboard chose, and should find its way back. */
  onChoose(byKey: boolean): void
  children: ReactNode
}

export function MenuItem({ disabled = null, shortcut, checked, detail, onChoose, children }: MenuItemProps) {
  const small = disabled ?? detail
  return (
    <button
      type="button"
      role={checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={checked}
      aria-disabled={disabled === null ? undefined : true}
      aria-keyshortcuts={shortcut}
      tabIndex={-1}
      className="menu-item"
      onClick={(event) => {
        if (disabled === null) onChoose(event.detail === 0)
      }}
    >
      <span>{children}</span>
      {shortcut !== undefined && <kbd aria-hidden="true">{shortcut}</kbd>}
      {small !== undefined && <small>{small}</small>}
    </button>
  )
}

function move(event: KeyboardEvent<HTMLDivElement>): void {
  const items = itemsOf(event.currentTarget)
  const next = target(event.key, items, items.indexOf(document.activeElement as HTMLElement))
  if (next === undefined) return
  event.preventDefault()
  event.stopPropagation()
  next.focus()
}

function target(key: string, items: HTMLElement[], current: number): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return items[(current + 1) % items.length]
    case 'ArrowUp':
      return items.at(current <= 0 ? -1 : current - 1)
    case 'Home':
      return items[0]
    case 'End':
      return items.at(-1)
    default: {
      if (!/^\w$/.test(key)) return undefined
      const after = [...items.slice(current + 1), ...items.slice(0, current + 1)]
      return after.find((item) => item.textContent?.toLowerCase().startsWith(key.toLowerCase()))
    }
  }
}

const itemsOf = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')]

/** The button that opened the menu closes it by itself. */
function isOpener(element: Element, menu: HTMLElement): boolean {
  return element.closest('[aria-haspopup="menu"]')?.parentElement?.contains(menu) ?? false
}
