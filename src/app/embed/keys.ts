import type { LabKey } from '../../embed/protocol.ts'

let left: ReadonlySet<string> = new Set()

/** The keys that the page around wants, by their names; a letter in either case. */
export function leaveKeys(keys: readonly string[]): void {
  left = new Set(keys.map(nameOf))
}

/**
 * Hands the keys that the page wants to it, before anything in the lab hears of them: the buttons of a clicker work wherever
 * the focus is. A letter in a field that one writes in stays there, and so does what is pressed with Ctrl, Alt or Meta.
 */
export function watchKeys(tell: (key: LabKey) => void): void {
  const onKey = (event: KeyboardEvent): void => {
    const { key, keyCode, shiftKey } = event
    if (!left.has(nameOf(key)) || event.ctrlKey || event.altKey || event.metaKey) return
    if (key.length === 1 && isWriting(event.target)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.type === 'keydown') tell({ key, keyCode, shiftKey })
  }
  window.addEventListener('keydown', onKey, true)
  window.addEventListener('keyup', onKey, true)
}

const nameOf = (key: string): string => (key.length === 1 ? key.toLowerCase() : key)

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('textarea, select, [contenteditable="true"], input:not([type="range"], [type="checkbox"])') !== null
