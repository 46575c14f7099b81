import { useSyncExternalStore } from 'react'

/** A key and a value that are ready to be written. */
export interface KeyValue {
  readonly key: string
  readonly value: string
}

/** The write that a bar has ready. It lives outside of the bar: a server's menu offers the same, so that no value is written twice. */
export function createDraft<D extends KeyValue>(first: D) {
  let draft = first
  const listeners = new Set<() => void>()
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const current = (): D => draft
  const set = (change: Partial<D>): void => {
    draft = { ...draft, ...change }
    for (const listener of listeners) listener()
  }
  return {
    current,
    set,
    /** The next number is ready once this one has been asked for. */
    spend({ key, value }: KeyValue): void {
      if (draft.key === key && draft.value === value && /^\d+$/.test(value))
        set({ value: String(Number(value) + 1) } as Partial<D>)
    },
    use: (): D => useSyncExternalStore(subscribe, current),
  }
}
