import { useSyncExternalStore } from 'react'
import type { ReadMode } from '../messages.ts'

/** The write and the read that the client's bar has ready. A server's menu offers the same, so that no value is written twice. */
export interface Draft {
  readonly key: string
  readonly value: string
  /** How to read; null for as the settings say. */
  readonly mode: ReadMode | null
}

let draft: Draft = { key: 'x', value: '1', mode: null }
const listeners = new Set<() => void>()

export const currentDraft = (): Draft => draft

export function setDraft(change: Partial<Draft>): void {
  draft = { ...draft, ...change }
  for (const listener of listeners) listener()
}

/** The next number is ready once this one has been asked for. */
export function spend({ key, value }: Pick<Draft, 'key' | 'value'>): void {
  if (draft.key === key && draft.value === value && /^\d+$/.test(value)) setDraft({ value: String(Number(value) + 1) })
}

export const useDraft = (): Draft => useSyncExternalStore(subscribe, currentDraft)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
