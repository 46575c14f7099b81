import type { Micros } from '../../base/units.ts'
import type { ProcessId, TimerView } from '../../kernel/types.ts'

type Timed = readonly { id: ProcessId; timers: readonly TimerView[] }[]

/**
 * The timers that run at the moment on show. Every heartbeat sets some anew: what draws them looks here, past React, which would
 * draw a whole server for a number that nothing but its arc shows.
 */
export class Timers {
  #of = new Map<ProcessId, readonly TimerView[]>()
  readonly #listeners = new Set<() => void>()

  /** To be called with each picture. */
  show(processes: Timed): void {
    this.#of = new Map(processes.map(({ id, timers }) => [id, timers]))
    for (const listener of this.#listeners) listener()
  }

  /** When it expires, on the simulation's clock; null while it does not run. */
  dueAt(process: ProcessId, timer: string): Micros | null {
    return this.#of.get(process)?.find((one) => one.timer === timer)?.dueAt ?? null
  }

  /** Called with each picture. Returns how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
