import { createDraft, type KeyValue } from '../../../ui/write-bar/draft.ts'
import type { ReadMode } from '../messages.ts'

/** The write and the read that the client's bar has ready. */
export interface Draft extends KeyValue {
  /** How to read; null for as the settings say. */
  readonly mode: ReadMode | null
}

export const {
  current: currentDraft,
  set: setDraft,
  spend,
  use: useDraft,
} = createDraft<Draft>({ key: 'x', value: '1', mode: null })
