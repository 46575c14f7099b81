import { Log } from '../base/log.ts'
import { MS, SECOND, type Micros } from '../base/units.ts'
import { eventCode, eventSet, type Event } from '../kernel/event.ts'
import type { LabTypes, OperationId, World } from '../kernel/types.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { Metric } from '../lab/metrics.ts'

/**
 * Sums over a short time, which grows with the run, so that what is kept of it is bounded: after so many grains, so many at a
 * time are made one. Every bin that `viewMetrics` shows of a run that long is a whole number of them.
 */
const MOST_GRAINS = 800
const JOINED: readonly [length: Micros, times: number][] = [
  [100 * MS, 10],
  [SECOND, 10],
  [10 * SECOND, 6],
  [60 * SECOND, 10],
  [600 * SECOND, 1],
]

/** What was sent in one grain: for each kind, by its number, messages and bytes. */
export interface Grain {
  readonly index: number
  readonly messages: number[]
  readonly bytes: number[]
}

export interface Point {
  readonly at: Micros
  readonly value: number
}

/** For how long a metric's condition held; `since` while it holds. */
export interface Stretches {
  done: Log<readonly [Micros, Micros]>
  since: Micros | null
}

/**
 * Measures a run while it happens. It is wound back with the run: a copy shares what is past, and costs as much as what is
 * under way.
 */
export class MetricsRecorder {
  readonly wants: number
  readonly lab: AnyLab
  latencies = new Log<Point>()
  failed = 0
  unknown = 0
  kinds: readonly string[] = []
  /** How long a grain is. */
  grainLength: Micros = 100 * MS
  grains = new Log<Grain>()
  grain: Grain = { index: 0, messages: [], bytes: [] }
  readonly spans: Stretches[]
  readonly samples: Log<Point>[]
  readonly #metrics: readonly Metric<LabTypes>[]
  readonly #memories: unknown[]
  readonly #bits: readonly number[]
  #calls = new Map<OperationId, Micros>()

  constructor(lab: AnyLab) {
    this.lab = lab
    this.#metrics = lab.metrics ?? []
    this.#bits = this.#metrics.map(({ on }) => eventSet(on))
    this.wants = this.#bits.reduce((all, bits) => all | bits, HOUSE)
    this.spans = this.#metrics.map(() => ({ done: new Log(), since: null }))
    this.samples = this.#metrics.map(() => new Log())
    this.#memories = this.#metrics.map((each) => (each.kind === 'sample' ? each.begin() : null))
  }

  observe(event: Event<LabTypes>, world: World<LabTypes>): void {
    if (event.type === 'sent') this.#sent(event.at, event.message.type, event.bytes)
    else if (event.type === 'invoked') this.#calls.set(event.operation, event.at)
    else if (event.type === 'completed') this.#completed(event.operation, event.outcome, event.at)
    const bit = 1 << eventCode(event.type)
    for (const [i, each] of this.#metrics.entries()) {
      if (((this.#bits[i] as number) & bit) === 0) continue
      if (each.kind === 'span') this.#span(i, each.holds(world), event.at)
      else this.#sample(i, each.sample(this.#memories[i], event, world), event.at)
    }
  }

  copy(): MetricsRecorder {
    const twin = new MetricsRecorder(this.lab)
    twin.latencies = this.latencies.copy()
    twin.failed = this.failed
    twin.unknown = this.unknown
    twin.kinds = this.kinds
    twin.grainLength = this.grainLength
    twin.grains = this.grains.copy()
    twin.grain = { ...this.grain, messages: this.grain.messages.slice(), bytes: this.grain.bytes.slice() }
    twin.#calls = new Map(this.#calls)
    for (const [i, each] of this.#metrics.entries()) {
      const { done, since } = this.spans[i] as Stretches
      twin.spans[i] = { done: done.copy(), since }
      twin.samples[i] = (this.samples[i] as Log<Point>).copy()
      if (each.kind === 'sample') twin.#memories[i] = each.copy(this.#memories[i])
    }
    return twin
  }

  #sent(at: Micros, type: string, bytes: number): void {
    if (Math.floor(at / this.grainLength) !== this.grain.index) {
      if (this.grain.messages.length > 0) this.grains.append(exact(this.grain))
      if (at >= MOST_GRAINS * this.grainLength) this.#join()
      this.grain = { index: Math.floor(at / this.grainLength), messages: [], bytes: [] }
    }
    let kind = this.kinds.indexOf(type)
    if (kind < 0) {
      kind = this.kinds.length
      this.kinds = [...this.kinds, type]
    }
    const { messages, bytes: sizes } = this.grain
    for (let i = messages.length; i <= kind; i++) {
      messages.push(0)
      sizes.push(0)
    }
    messages[kind] = (messages[kind] as number) + 1
    sizes[kind] = (sizes[kind] as number) + bytes
  }

  /** Makes several grains one, as often as the run has become too long for them. */
  #join(): void {
    const times = JOINED.find(([length]) => length === this.grainLength)?.[1] ?? 1
    if (times === 1) return
    const joined = new Map<number, Grain>()
    for (const { index, messages, bytes } of this.grains) {
      const place = Math.floor(index / times)
      const sum = joined.get(place) ?? { index: place, messages: [], bytes: [] }
      joined.set(place, sum)
      for (const [kind, count] of messages.entries()) {
        sum.messages[kind] = (sum.messages[kind] ?? 0) + count
        sum.bytes[kind] = (sum.bytes[kind] ?? 0) + (bytes[kind] as number)
      }
    }
    this.grainLength *= times
    this.grains = new Log([...joined.values()].map(exact))
  }

  #completed(operation: OperationId, outcome: unknown, at: Micros): void {
    const call = this.#calls.get(operation)
    this.#calls.delete(operation)
    const { verdict } = this.lab.outcomeText(outcome)
    if (verdict === 'failed') this.failed++
    else if (verdict === 'open') this.unknown++
    else if (call !== undefined) this.latencies.append({ at, value: at - call })
  }

  #span(i: number, holds: boolean, at: Micros): void {
    const span = this.spans[i] as Stretches
    if (holds === (span.since !== null)) return
    if (span.since !== null && at > span.since) span.done.append([span.since, at])
    span.since = holds ? at : null
  }

  #sample(i: number, value: number | null, at: Micros): void {
    if (value !== null) this.samples[i]?.append({ at, value })
  }
}

/** An array that grew has room for more, which thousands of them would keep. */
const exact = ({ index, messages, bytes }: Grain): Grain => ({
  index,
  messages: messages.slice(),
  bytes: bytes.slice(),
})

const HOUSE = eventSet(['sent', 'invoked', 'completed'])
