/** What a presentation and the window with its notes tell each other. Both are of one page's address; nobody else hears it. */
export type ToNotes = {
  type: 'step'
  /** The lesson or scenario. */
  title: string
  /** Counted from 0. */
  step: number
  count: number
  /** The step's own title, its words and its notes in Markdown; empty where there are none. */
  heading: string
  words: string
  notes: string
  next: string
  playing: boolean
  blank: boolean
}

export type ToPresenter = { type: 'hello' } | { type: 'goOn' } | { type: 'goBack' } | { type: 'blank' }

const CHANNEL = 'netsplit.present'

/** The channel; null where a browser has none, and then there are no notes. */
export function openChannel(): BroadcastChannel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL)
}
