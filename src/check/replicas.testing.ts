import type { Operation } from './operation.ts'

/** A store of three copies, to hold the guarantees of sessions against: it knows what each read really saw. */
export interface Step {
  client: number
  write: boolean
  key: number
  /** The copy that a client asks where it may ask any; else each asks its own. */
  copy: number
  /** Until each copy hears of a write. */
  delay: number
  /** Until the next step. */
  gap: number
}

export interface Played {
  operations: Operation[]
  /** For each read, the writes that its copy had, of all keys. */
  saw: Map<number, ReadonlySet<number>>
  /** For each write, those that its copy had. */
  knew: Map<number, ReadonlySet<number>>
}

const COPIES = 3
interface Post {
  to: number
  write: number
  at: number
}

/**
 * Plays the steps. A write counts by the time at which it was taken, so the last one wins everywhere. With `causal`, clients
 * stay with their copy and a write waits for all that its copy had: then the store is causally consistent.
 */
export function playReplicas(steps: readonly Step[], causal: boolean): Played {
  const copies = Array.from({ length: COPIES }, () => new Set<number>())
  const played: Played = { operations: [], saw: new Map(), knew: new Map() }
  const free = new Map<number, number>()
  let post: Post[] = []
  let now = 0
  const deliver = (): void => {
    for (let moved = true; moved; ) {
      const ready = post.filter(({ to, write, at }) => at <= now && (!causal || isKnown(played, copies, write, to)))
      for (const { to, write } of ready) copies[to]?.add(write)
      post = post.filter((one) => !ready.includes(one))
      moved = ready.length > 0
    }
  }
  for (const { client, write, key, copy, delay, gap } of steps) {
    now += gap
    if ((free.get(client) ?? -1) >= now) continue
    free.set(client, now + 2)
    const place = played.operations.length
    const to = causal ? client % COPIES : copy
    const mine = copies[to] as Set<number>
    now += 1
    deliver()
    const times = { client, call: now - 1, return: now + 1 }
    if (write) {
      played.knew.set(place, new Set(mine))
      played.operations.push({ ...times, input: { type: 'put', key: `k${key}`, value: place }, output: true })
      mine.add(place)
      for (let i = 0; i < COPIES; i++) if (i !== to) post.push({ to: i, write: place, at: now + delay * (1 + i) })
    } else {
      played.saw.set(place, new Set(mine))
      const last = [...mine].filter((one) => keyAt(played, one) === `k${key}`).toSorted((a, b) => a - b)
      played.operations.push({ ...times, input: { type: 'get', key: `k${key}` }, output: last.at(-1) ?? null })
    }
  }
  return played
}

const isKnown = ({ knew }: Played, copies: readonly ReadonlySet<number>[], write: number, to: number): boolean =>
  [...(knew.get(write) ?? [])].every((one) => copies[to]?.has(one))

export const keyAt = ({ operations }: Played, place: number): string =>
  ((operations[place] as Operation).input as { key: string }).key
