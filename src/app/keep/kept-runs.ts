/** A run of one's own that the browser keeps. */
export interface KeptRun {
  id: string
  lab: string
  title: string
  /** The simulated instant on show, in microseconds. */
  at: number
  /** When it was kept, in milliseconds since 1970. */
  savedAt: number
  /** How many things were done in it. */
  commands: number
  /** The address's query when it was kept. */
  query: string
  /** The fragment that opens it. */
  link: string
}

export const MOST_RUNS = 10
/** Characters of all together: browsers keep five million for a page. */
const MOST_CHARACTERS = 1_000_000

/** The runs that are kept, the newest first. Whatever is no such thing is left out. */
export function keptRuns(store: Store): readonly KeptRun[] {
  try {
    const value: unknown = JSON.parse(store.getItem(KEY) ?? '[]')
    return Array.isArray(value) ? value.filter(isKept) : []
  } catch {
    return []
  }
}

/** Keeps a run in place of what was kept under its id; the oldest make room. False if the browser keeps nothing. */
export function keepRun(store: Store, run: KeptRun): boolean {
  const runs = [run, ...keptRuns(store).filter(({ id }) => id !== run.id)].slice(0, MOST_RUNS)
  for (let count = runs.length; count > 0; count--) {
    const text = JSON.stringify(runs.slice(0, count))
    if (text.length <= MOST_CHARACTERS && write(store, text)) return true
  }
  return false
}

export function forgetRun(store: Store, id: string): void {
  write(store, JSON.stringify(keptRuns(store).filter((run) => run.id !== id)))
}

/** The browser's own; one that keeps nothing where there is none. */
export function browserStore(): Store {
  try {
    return localStorage
  } catch {
    return { getItem: () => null, setItem: () => undefined }
  }
}

/** What of the browser's storage is used here. */
export type Store = Pick<Storage, 'getItem' | 'setItem'>

const KEY = 'netsplit.runs'

/** A full store, or one that a private window does not offer, throws. */
function write(store: Store, text: string): boolean {
  try {
    store.setItem(KEY, text)
    return true
  } catch {
    return false
  }
}

function isKept(value: unknown): value is KeptRun {
  if (typeof value !== 'object' || value === null) return false
  const { id, lab, title, query, link, at, savedAt, commands } = value as Record<string, unknown>
  return (
    [id, lab, title, query, link].every((text) => typeof text === 'string') &&
    [at, savedAt, commands].every((number) => typeof number === 'number')
  )
}
