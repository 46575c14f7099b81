import { fewestOf, smallestOf } from '../../hunt/choice.ts'
import type { Found, HuntAnswer, HuntTask, Kept } from '../../hunt/task.ts'

/** Seeds that an engine is handed at once. */
const PARCEL = 10

/**
 * What a hunt has still to do, whoever does it. What breaks for the first time is shrunk before any further seed is run, so
 * that it can be seen at once; when all seeds are done, some more runs that broke the same property are shrunk, since another
 * one may come out smaller.
 */
export class HuntQueue {
  readonly #count: number
  readonly #shrink: number[] = []
  readonly #shrunk = new Set<number>()
  readonly #kept: Kept[] = []
  #found: Found[] = []
  #next = 1
  #exploring = 0
  #shrinking = 0

  /** @param count Seeds 1 to this. */
  constructor(count: number) {
    this.#count = count
  }

  get found(): readonly Found[] {
    return this.#found
  }

  /** For each property that broke the smallest scenario so far. */
  get kept(): readonly Kept[] {
    const monitors = new Set(this.#kept.map(({ monitor }) => monitor))
    return [...monitors].map((monitor) => smallestOf(this.#kept.filter((each) => each.monitor === monitor)))
  }

  /** Everything is done. */
  get done(): boolean {
    return this.#explored && this.#shrinking === 0 && this.#waiting().length === 0
  }

  /** The next task; null if there is none now. Each that is taken must be answered. */
  take(): HuntTask | null {
    const seed = this.#waiting()[0]
    if (seed !== undefined) {
      this.#shrunk.add(seed)
      this.#shrinking++
      return { type: 'shrink', seed }
    }
    if (this.#next > this.#count) return null
    const from = this.#next
    this.#next = Math.min(this.#count + 1, from + PARCEL)
    this.#exploring++
    return { type: 'explore', seeds: Array.from({ length: this.#next - from }, (_, i) => from + i) }
  }

  answered(answer: HuntAnswer): void {
    if (answer.type === 'shrunk') {
      this.#shrinking--
      this.#kept.push(answer.kept)
      return
    }
    this.#exploring--
    const known = new Set(this.#found.map(({ monitor }) => monitor))
    for (const { monitor, seed } of answer.found) {
      if (!known.has(monitor)) this.#shrink.push(seed)
      known.add(monitor)
    }
    this.#found = [...this.#found, ...answer.found].toSorted((a, b) => a.seed - b.seed)
  }

  /** All seeds have been run. */
  get #explored(): boolean {
    return this.#exploring === 0 && this.#next > this.#count
  }

  /** Seeds to shrink that nobody has taken. */
  #waiting(): number[] {
    const first = this.#shrink.filter((seed) => !this.#shrunk.has(seed))
    if (first.length > 0 || !this.#explored) return first
    const monitors = new Set(this.#found.map(({ monitor }) => monitor))
    const few = [...monitors].flatMap((monitor) => fewestOf(this.#found, monitor))
    return few.map(({ seed }) => seed).filter((seed) => !this.#shrunk.has(seed))
  }
}
