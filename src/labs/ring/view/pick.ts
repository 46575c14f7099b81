import { useSyncExternalStore } from 'react'

/** What the eye is on: the key that was picked, here or in a panel, and the one under the pointer. */
export interface Pick {
  readonly key: string | null
  readonly hovered: string | null
  /** The server whose ranges are picked out. */
  readonly server: string | null
}

let pick: Pick = { key: null, hovered: null, server: null }
const listeners = new Set<() => void>()

export function setPick(change: Partial<Pick>): void {
  const next = { ...pick, ...change }
  if (next.key === pick.key && next.hovered === pick.hovered && next.server === pick.server) return
  pick = next
  for (const listener of listeners) listener()
}

export const usePick = (): Pick => useSyncExternalStore(subscribe, () => pick)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
