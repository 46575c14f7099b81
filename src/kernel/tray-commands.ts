import type { Core } from './core.ts'
import { changedFlight, type Flight } from './due.ts'
import type { OutLink } from './machine.ts'
import { holdsFlight } from './tray.ts'
import type { LabTypes, LinkSettings } from './types.ts'

/* What commands do with messages that wait in the tray. */

/** Takes these out of the tray, in the order in which they came. */
export function takeHeld<T extends LabTypes>(core: Core<T>, leaves: (flight: Flight<T>) => boolean): Flight<T>[] {
  const out = core.tray.filter(({ flight }) => leaves(flight))
  if (out.length > 0) core.setTray(core.tray.filter(({ flight }) => !leaves(flight)))
  return out.map(({ flight }) => flight)
}

/** Another message in the place of one that is held. */
export function replaceHeld<T extends LabTypes>(core: Core<T>, flight: Flight<T>, next: Flight<T>): void {
  core.setTray(core.tray.map((held) => (held.flight === flight ? { ...held, flight: next } : held)))
}

/** Puts one that is held before another, or behind all others. */
export function moveHeld<T extends LabTypes>(core: Core<T>, flight: Flight<T>, before: Flight<T> | null): void {
  if (flight === before) return
  const moved = core.tray.find((held) => held.flight === flight)
  const rest = core.tray.filter((held) => held !== moved)
  const place = before === null ? rest.length : rest.findIndex((held) => held.flight === before)
  if (moved !== undefined) core.setTray(rest.toSpliced(place, 0, moved))
}

/** Lets go what no longer has to wait: it comes now, before all else that is due, in the order in which it came. */
export function releaseTray<T extends LabTypes>(core: Core<T>, command: number): void {
  for (const flight of takeHeld(core, (held) => !holdsFlight(core, held))) {
    core.agenda.push(changedFlight(flight, { at: core.now, order: core.waitedOrder() }, { freedBy: command }))
  }
}

/** After `network` has said for all links whether they hold: what single links had said is forgotten. */
export function forgetOwnHolds<T extends LabTypes>(core: Core<T>): void {
  if (core.ownHolds === 0) return
  for (const { index, links } of core.machines) {
    for (const { to, own } of links?.values() ?? []) {
      if (own?.hold === undefined) continue
      const link = core.own(index).links?.get(to) as OutLink
      link.own = withoutHold(own)
    }
  }
  core.ownHolds = 0
}

function withoutHold({ hold: _forgotten, ...rest }: Partial<LinkSettings>): Partial<LinkSettings> | null {
  return Object.keys(rest).length === 0 ? null : rest
}
