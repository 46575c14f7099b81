import { type CSSProperties, type KeyboardEvent, type ReactNode, useId } from 'react'

export interface Tab {
  id: string
  title: string
  badge?: ReactNode
}

interface TabsProps {
  label: string
  tabs: readonly Tab[]
  open: string
  onOpen(id: string): void
  children: ReactNode
}

/** Tabs by the book: one stop for Tab, arrows move and open. */
export function Tabs({ label, tabs, open, onOpen, children }: TabsProps) {
  const scope = useId()
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const next = target(
      event.key,
      tabs.findIndex((tab) => tab.id === open),
      tabs.length,
    )
    const tab = next === null ? undefined : tabs[next]
    if (tab === undefined) return
    event.preventDefault()
    onOpen(tab.id)
    document.getElementById(`${scope}-${tab.id}`)?.focus()
  }
  return (
    <>
      <div
        className="tabs"
        role="tablist"
        aria-label={label}
        style={measures(tabs)}
        data-many={tabs.length > 6 || undefined}
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={`${scope}-${tab.id}`}
            type="button"
            role="tab"
            className="tab"
            aria-selected={tab.id === open}
            aria-controls={`${scope}-panel`}
            tabIndex={tab.id === open ? 0 : -1}
            onClick={() => onOpen(tab.id)}
            onKeyDown={move}
          >
            {tab.title}
            {tab.badge}
          </button>
        ))}
      </div>
      <div
        id={`${scope}-panel`}
        className="tab-panel"
        role="tabpanel"
        aria-labelledby={`${scope}-${open}`}
        tabIndex={0}
      >
        {children}
      </div>
    </>
  )
}

/** How much there is to stand in a row, for the style sheet. */
function measures(tabs: readonly Tab[]): CSSProperties {
  const letters = tabs.reduce((sum, { title, badge }) => sum + title.length + (badge === undefined ? 0 : BADGE), 0)
  return { '--letters': letters, '--count': tabs.length, '--half': Math.ceil(tabs.length / 2) } as CSSProperties
}

/** A badge is at most about as wide as so many letters. */
const BADGE = 10

function target(key: string, current: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (current + 1) % count
    case 'ArrowLeft':
      return (current + count - 1) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
