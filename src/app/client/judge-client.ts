import type { Ladder } from '../../check/levels.ts'
import type { HistoryVerdict } from '../../check/linearizability.ts'
import type { ModelName } from '../../check/models.ts'
import type { Operation } from '../../check/operation.ts'
import { type FromJudge, Judge, type ToJudge } from './judge.ts'

/** What is known of a history, and of which one. */
export interface Judged {
  found: HistoryVerdict
  ladder: Ladder | null
  operations: readonly Operation[]
}

/** Between two questions at least this, and so many times what the last answer took: the judge is never the busiest. */
const REST_MS = 200
const REST_SHARE = 3

/** The page's end of the judge. It asks about the latest history only, one question at a time. */
export class JudgeClient {
  #port: JudgePort | null = null
  readonly #told = new Set<() => void>()
  #sent: readonly Operation[] = []
  #wanted: { model: ModelName; operations: readonly Operation[] } | null = null
  #asked: { id: number; operations: readonly Operation[]; at: number } | null = null
  #model: ModelName | null = null
  #resting: ReturnType<typeof setTimeout> | null = null
  #judged: Judged | null = null
  #id = 0

  get judged(): Judged | null {
    return this.#judged
  }

  /** Whether an answer about the latest history is still to come. */
  get busy(): boolean {
    return this.#wanted !== null || this.#asked !== null
  }

  subscribe(told: () => void): () => void {
    this.#told.add(told)
    return () => this.#told.delete(told)
  }

  ask(model: ModelName, operations: readonly Operation[]): void {
    const latest = this.#wanted?.operations ?? this.#asked?.operations ?? this.#judged?.operations
    if (this.#model === model && latest !== undefined && isSame(latest, operations)) return
    this.#wanted = { model, operations }
    if (this.#asked === null && this.#resting === null) this.#next()
  }

  /** Lets the worker go; the next question brings a fresh one. */
  close(): void {
    if (this.#resting !== null) clearTimeout(this.#resting)
    this.#port?.close()
    this.#port = null
    this.#resting = this.#asked = this.#wanted = null
    this.#sent = []
    this.#model = null
  }

  #next(): void {
    if (this.#wanted === null) return
    const { model, operations } = this.#wanted
    this.#wanted = null
    this.#model = model
    const from = sharedLength(this.#sent, operations)
    this.#sent = operations
    this.#asked = { id: ++this.#id, operations, at: performance.now() }
    this.#port ??= openJudge((answer) => this.#hear(answer))
    this.#port.send({ id: this.#id, model, from, operations: operations.slice(from) })
  }

  #hear({ id, found, ladder }: FromJudge): void {
    if (this.#asked?.id !== id) return
    const { operations, at } = this.#asked
    this.#judged = { found, ladder, operations }
    this.#asked = null
    const rest = Math.max(REST_MS, REST_SHARE * (performance.now() - at))
    this.#resting = setTimeout(() => {
      this.#resting = null
      this.#next()
    }, rest)
    for (const tell of this.#told) tell()
  }
}

interface JudgePort {
  send(message: ToJudge): void
  close(): void
}

/** A worker of its own; where none can start, the page lends its idle time. */
function openJudge(hear: (answer: FromJudge) => void): JudgePort {
  try {
    const worker = new Worker(new URL('./judge-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', (event: MessageEvent<FromJudge>) => hear(event.data))
    return { send: (message) => worker.postMessage(message), close: () => worker.terminate() }
  } catch {
    const judge = new Judge(hear)
    let timer: ReturnType<typeof setTimeout> | null = null
    const go = (): void => {
      for (let i = 0; i < 4 && judge.busy; i++) judge.work()
      timer = judge.busy ? setTimeout(go, 0) : null
    }
    return {
      send: (message) => {
        judge.receive(message)
        timer ??= setTimeout(go, 0)
      },
      close: () => {
        if (timer !== null) clearTimeout(timer)
      },
    }
  }
}

const isSame = (a: readonly Operation[], b: readonly Operation[]): boolean =>
  a.length === b.length && sharedLength(a, b) === a.length

/** How many operations at the beginning are the very same. */
function sharedLength(a: readonly Operation[], b: readonly Operation[]): number {
  const length = Math.min(a.length, b.length)
  let i = 0
  while (i < length && a[i] === b[i]) i++
  return i
}
