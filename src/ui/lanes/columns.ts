import type { ProcessId } from '../../kernel/types.ts'
import type { CountRow, LaneCounts, LanePiece } from '../../lab/lanes.ts'
import { hueColor } from '../hue.ts'
import type { Interval } from './window.ts'

/** What is not drawn. */
export interface Hidden {
  /** Message types. */
  kinds: ReadonlySet<string>
  processes: ReadonlySet<ProcessId>
}
export const NOTHING_HIDDEN: Hidden = { kinds: new Set(), processes: new Set() }

/** Column by column, the messages that one process sent, or all did for null. */
export function columnsOf(
  { rows, columns }: LaneCounts,
  process: ProcessId | null,
  fate: CountRow['fate'],
  { kinds }: Hidden,
): Uint32Array {
  const sums = new Uint32Array(columns)
  for (const row of rows) {
    if (row.fate !== fate || kinds.has(row.type) || (process !== null && row.process !== process)) continue
    for (let i = 0; i < columns; i++) sums[i] = (sums[i] as number) + (row.counts[i] as number)
  }
  return sums
}

/** How many messages were sent in an interval; columns at its edges count as a whole. */
export function sentIn(counts: LaneCounts, interval: Interval, hidden: Hidden): number {
  const { from, column, columns } = counts
  const first = Math.max(0, Math.floor((interval.from - from) / column))
  const last = Math.min(columns - 1, Math.floor((interval.to - from) / column))
  if (last < first) return 0
  const before = sentBefore(counts, hidden)
  return (before[last + 1] as number) - (before[first] as number)
}

/** How many were sent before each column, and before the end. Added up once for many windows: it is asked with every frame. */
function sentBefore(counts: LaneCounts, hidden: Hidden): Float64Array {
  const known = sums.get(counts)
  if (known?.hidden === hidden) return known.before
  const before = new Float64Array(counts.columns + 1)
  for (const { fate, type, process, counts: sent } of counts.rows) {
    if (fate !== 'sent' || hidden.kinds.has(type) || hidden.processes.has(process)) continue
    for (let i = 0; i < counts.columns; i++) before[i + 1] = (before[i + 1] as number) + (sent[i] as number)
  }
  for (let i = 0; i < counts.columns; i++) before[i + 1] = (before[i + 1] as number) + (before[i] as number)
  sums.set(counts, { hidden, before })
  return before
}
const sums = new WeakMap<LaneCounts, { hidden: Hidden; before: Float64Array }>()

export const largest = (values: Uint32Array): number => values.reduce((most, value) => Math.max(most, value), 0)

/** The least height of a column that has anything in it, in pixels. */
const LEAST = 0.8

/** As the square root, so that a follower is seen beside a leader that sends four times as much. */
const highOf = (value: number, most: number, tall: number): number => Math.max(LEAST, Math.sqrt(value / most) * tall)

/**
 * Columns to both sides of the line `y`, at most `tall` high each; as wide as 1. Those without anything are left out.
 * Neighbours of one height are one step, and a height is written but once: thousands of columns are drawn anew with each answer.
 */
export function wavePath(
  values: Uint32Array,
  most: number,
  y: number,
  tall: number,
  only?: readonly Stretch[],
): string {
  const ends = heightsOf(most, y, tall)
  let d = ''
  for (const { first, end } of only ?? [{ first: 0, end: values.length }]) {
    for (let i = first; i < end; i++) {
      if (values[i] === 0) continue
      const start = i
      let back = ''
      d += `M${start} ${near(y)}`
      while (i < end && values[i] !== 0) {
        const value = values[i] as number
        const since = i
        while (i < end && values[i] === value) i++
        const { over, under } = ends(value)
        d += `${over}h${i - since}`
        // Back along the other side, from the right.
        back = `${under}h${since - i}${back}`
      }
      d += `${back}Z`
    }
  }
  return d
}

/** A stretch of columns: the first, and the one behind the last. */
export interface Stretch {
  first: number
  end: number
}

/** Where a column of this value ends over and under the line, as parts of a path. */
function heightsOf(most: number, y: number, tall: number): (value: number) => { over: string; under: string } {
  const known: Record<number, { over: string; under: string }> = {}
  return (value) => {
    const seen = known[value]
    if (seen !== undefined) return seen
    const high = highOf(value, most, tall)
    return (known[value] = { over: `V${near(y - high)}`, under: `V${near(y + high)}` })
  }
}

/** Columns that stand on the line `floor`. */
export function barsPath(values: Uint32Array, most: number, floor: number, tall: number): string {
  let d = ''
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (value > 0) d += `M${i} ${near(floor)}V${near(floor - highOf(value, most, tall))}H${i + 1}V${near(floor)}Z`
  }
  return d
}

/** The columns of one lane in the colours of what it was in the middle of each: for each colour, which columns are of it. */
export function coloursOf({ from, column, columns }: LaneCounts, pieces: readonly LanePiece[]): Map<string, Stretch[]> {
  const stretches = new Map<string, Stretch[]>()
  let first = 0
  for (let i = 0; i < Math.max(1, pieces.length); i++) {
    const next = pieces[i + 1]
    const start = next === undefined ? columns : Math.ceil((next.from - from) / column - 0.5)
    const end = Math.min(columns, Math.max(first, start))
    if (end === first) continue
    const colour = hueColor(pieces[i]?.hue ?? null)
    const known = stretches.get(colour)
    if (known === undefined) stretches.set(colour, [{ first, end }])
    else if (known.at(-1)?.end === first) known[known.length - 1] = { first: known.at(-1)?.first ?? first, end }
    else known.push({ first, end })
    first = end
  }
  return stretches
}

/** What a column says: how many of each type. */
export interface Column extends Interval {
  /** Null for all together. */
  process: ProcessId | null
  types: readonly { type: string; sent: number; lost: number }[]
}

/** The column of an instant, of one process or of all; null where nothing is counted. */
export function columnAt(counts: LaneCounts, process: ProcessId | null, at: number, { kinds }: Hidden): Column | null {
  const place = Math.floor((at - counts.from) / counts.column)
  if (place < 0 || place >= counts.columns) return null
  const types = new Map<string, { type: string; sent: number; lost: number }>()
  for (const row of counts.rows) {
    const count = row.counts[place] as number
    if (count === 0 || kinds.has(row.type) || (process !== null && row.process !== process)) continue
    const known = types.get(row.type) ?? { type: row.type, sent: 0, lost: 0 }
    types.set(row.type, { ...known, [row.fate]: known[row.fate] + count })
  }
  const from = counts.from + place * counts.column
  return { process, from, to: from + counts.column, types: [...types.values()].toSorted((a, b) => b.sent - a.sent) }
}

const near = (x: number): number => Math.round(x * 10) / 10
