import type { Micros } from '../../base/units.ts'
import type { LaneMark } from '../../lab/lanes.ts'
import type { Rows } from './rows.ts'
import { type TimeScale, xOf } from './scale.ts'

export const isOfClient = ({ type }: LaneMark): boolean => type === 'invoked' || type === 'completed'

/** What clients asked and heard, as ticks in one path: upwards a question, downwards an answer. */
export function ticksPath(
  marks: readonly LaneMark[],
  type: 'invoked' | 'completed',
  rows: Rows,
  scale: TimeScale,
): string {
  const up = type === 'invoked' ? -1 : 1
  return marks
    .filter((mark) => mark.type === type)
    .map((mark) => {
      const row = rows.byId.get(mark.process)
      if (row === undefined) return ''
      const x = Math.round(xOf(scale, mark.at) * 10) / 10
      return `M${x} ${row.y}v${(up * Math.min(5, row.height * 0.36)).toFixed(1)}`
    })
    .join('')
}

/** From each question to its answer, as one path. One without an answer is open. */
export function operationsPath(marks: readonly LaneMark[], rows: Rows, scale: TimeScale): string {
  const asked = new Map<string, number>()
  let d = ''
  for (const { process, at, type } of marks) {
    if (type === 'invoked') asked.set(process, at)
    if (type !== 'completed') continue
    const from = asked.get(process)
    const row = rows.byId.get(process)
    asked.delete(process)
    if (from !== undefined && row !== undefined)
      d += `M${xOf(scale, from).toFixed(1)} ${row.y}H${xOf(scale, at).toFixed(1)}`
  }
  return d
}

/** The mark after or before an instant. */
export function markBeside<T extends { at: number }>(marks: readonly T[], now: number, by: 1 | -1): T | null {
  let best: T | null = null
  for (const mark of marks) {
    if (by === 1 ? mark.at <= now : mark.at >= now) continue
    if (best === null || (by === 1 ? mark.at < best.at : mark.at > best.at)) best = mark
  }
  return best
}

/** Marks in groups: each begins where a mark is further than `reach` from the first of the group before. */
export function togetherBy<T extends { at: number }>(marks: readonly T[], reach: number): T[][] {
  const groups: T[][] = []
  for (const mark of marks.toSorted((a, b) => a.at - b.at)) {
    const last = groups.at(-1)
    if (last?.[0] !== undefined && mark.at - last[0].at <= reach) last.push(mark)
    else groups.push([mark])
  }
  return groups
}

/** Marks of one kind on one lane that are nearer to each other than this are one, which says how many more there are. */
export function apart(marks: readonly LaneMark[], near: Micros): { mark: LaneMark; more: number }[] {
  const last = new Map<string, { mark: LaneMark; more: number }>()
  const list: { mark: LaneMark; more: number }[] = []
  for (const mark of marks) {
    const key = `${mark.process} ${mark.type}`
    const before = last.get(key)
    if (before !== undefined && mark.at - before.mark.at < near) before.more++
    else {
      const next = { mark, more: 0 }
      last.set(key, next)
      list.push(next)
    }
  }
  return list
}
