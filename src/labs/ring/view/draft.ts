import { createDraft } from '../../../ui/write-bar/draft.ts'

/** The write that the client's bar has ready. */
export const { current: currentDraft, set: setDraft, spend, use: useDraft } = createDraft({ key: 'x', value: '1' })
