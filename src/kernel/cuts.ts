import { must } from '../base/assert.ts'
import type { Core } from './core.ts'
import { type Flight, isFlight } from './due.ts'
import { recordLoss } from './network.ts'
import { takeHeld } from './tray-commands.ts'
import type { LabTypes, Link } from './types.ts'

/** Cuts these links; what is in flight on them dies now. Returns how many of them were whole. */
export function cutLinks<T extends LabTypes>(core: Core<T>, links: readonly Link[], cause: number): number {
  const cutNow = new Set<number>()
  for (const { from, to } of links) {
    const target = must(core.indexOf.get(to), to)
    const link = core.linkTo(core.own(must(core.indexOf.get(from), from)), target)
    if (link.cut) continue
    link.cut = true
    link.cutSeq = cause
    cutNow.add(pair(must(core.indexOf.get(from), from), target))
  }
  const isCaught = ({ from, to }: Flight<T>): boolean => cutNow.has(pair(from, to))
  const caught = core.agenda.remove((due) => isFlight(due) && isCaught(due))
  for (const due of caught) if (isFlight(due)) recordLoss(core, due, 'cut', cause)
  for (const flight of takeHeld(core, isCaught)) recordLoss(core, flight, 'cut', cause)
  return cutNow.size
}

export function mendLinks<T extends LabTypes>(core: Core<T>, links: readonly Link[]): number {
  let mended = 0
  for (const { from, to } of links) {
    const link = core.linkTo(core.own(must(core.indexOf.get(from), from)), must(core.indexOf.get(to), to))
    if (!link.cut) continue
    link.cut = false
    mended++
  }
  return mended
}

const pair = (from: number, to: number): number => from * 1_048_576 + to
