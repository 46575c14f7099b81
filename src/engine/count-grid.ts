import type { Micros } from '../base/units.ts'
import type { ProcessId } from '../kernel/types.ts'
import type { CountRow, LaneCounts } from '../lab/lanes.ts'

/** The finest bin, and the most of them: a run that grows beyond has bins of double the length. */
export const FINEST: Micros = 10_000
const MOST_BINS = 1 << 13
const FIRST_ROOM = 1 << 8
/** More processes than this have no rows of their own. */
export const MOST_LANES = 32
/** The lane of all others. */
const OTHERS: ProcessId = ''

interface Row {
  process: ProcessId
  type: string
  fate: CountRow['fate']
  counts: Uint32Array
}

/**
 * How many messages each process sent and lost, by type and by bins of time. What it holds is bounded, however long the run
 * and whatever happens in it: at most `MOST_BINS` numbers for each kind of message of each of `MOST_LANES` processes.
 */
export class CountGrid {
  #bin: Micros = FINEST
  readonly #rows: Row[] = []
  readonly #lanes = new Map<ProcessId, ProcessId>()
  readonly #byLane = new Map<ProcessId, Record<CountRow['fate'], Map<string, Row>>>()

  add(process: ProcessId, type: string, fate: CountRow['fate'], at: Micros): void {
    let place = Math.floor(at / this.#bin)
    while (place >= MOST_BINS) {
      this.#coarsen()
      place = Math.floor(at / this.#bin)
    }
    const row = this.#row(process, type, fate)
    if (place >= row.counts.length) row.counts = grown(row.counts, place + 1)
    row.counts[place] = (row.counts[place] as number) + 1
  }

  /** Forgets all from the bin of this instant on. Returns where that bin begins. */
  clearFrom(at: Micros): Micros {
    const place = Math.floor(at / this.#bin)
    for (const { counts } of this.#rows) counts.fill(0, place)
    return place * this.#bin
  }

  /** Whether a run as short as this has room for finer bins. */
  isTooCoarse(length: Micros): boolean {
    return this.#bin > FINEST && (2 * length) / this.#bin < MOST_BINS
  }

  /** The counts from `from` up to `to`, in at most so many columns, each as long as a whole number of bins. */
  view(from: Micros, to: Micros, most: number): LaneCounts {
    let column = this.#bin
    while ((to - from) / column > Math.max(1, most)) column *= 2
    const start = from - (from % column)
    const columns = Math.max(1, Math.ceil((to + 1 - start) / column))
    const rows = this.#rows.flatMap(({ process, type, fate, counts }): CountRow[] => {
      const sums = summed(counts, start / this.#bin, column / this.#bin, columns)
      return sums === null ? [] : [{ process, type, fate, counts: sums }]
    })
    // In an order of their own, not in that of their first message, which may have been of a future that was left.
    return { from: start, column, columns, rows: rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) }
  }

  #row(process: ProcessId, type: string, fate: CountRow['fate']): Row {
    const lane = this.#lane(process)
    let rows = this.#byLane.get(lane)
    if (rows === undefined) {
      rows = { sent: new Map(), lost: new Map() }
      this.#byLane.set(lane, rows)
    }
    let row = rows[fate].get(type)
    if (row === undefined) {
      row = { process: lane, type, fate, counts: new Uint32Array(FIRST_ROOM) }
      rows[fate].set(type, row)
      this.#rows.push(row)
    }
    return row
  }

  #lane(process: ProcessId): ProcessId {
    const known = this.#lanes.get(process)
    if (known !== undefined) return known
    if (this.#lanes.size >= MOST_LANES) return OTHERS
    this.#lanes.set(process, process)
    return process
  }

  #coarsen(): void {
    this.#bin *= 2
    for (const { counts } of this.#rows) {
      const half = counts.length / 2
      for (let i = 0; i < half; i++) counts[i] = (counts[2 * i] as number) + (counts[2 * i + 1] as number)
      counts.fill(0, half)
    }
  }
}

const nameOf = ({ process, type, fate }: CountRow): string => `${process} ${type} ${fate}`

function grown(counts: Uint32Array, least: number): Uint32Array {
  let room = counts.length
  while (room < least) room *= 2
  const next = new Uint32Array(room)
  next.set(counts)
  return next
}

/** Null if there is nothing at all. */
function summed(counts: Uint32Array, first: number, width: number, columns: number): Uint32Array<ArrayBuffer> | null {
  const sums = new Uint32Array(columns)
  const end = Math.min(counts.length, first + columns * width)
  let any = 0
  for (let i = first; i < end; i++) {
    const count = counts[i] as number
    if (count === 0) continue
    any += count
    const place = Math.floor((i - first) / width)
    sums[place] = (sums[place] as number) + count
  }
  return any === 0 ? null : sums
}
