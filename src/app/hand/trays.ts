import type { Micros } from '../../base/units.ts'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes, MessageId, ProcessId } from '../../kernel/types.ts'
import type { Flying, WorldView } from '../../lab/world-view.ts'

type HandCommand = Command<LabTypes>
type Deed = Extract<HandCommand, { type: 'message' }>['do']

/** What waits at the door of one process, in the order in which it would be let in. */
export interface Tray {
  receiver: ProcessId
  /** Why nothing can be delivered there now, or null. */
  closed: string | null
  waiting: readonly Flying[]
}

/** The trays in which something waits, servers' first. */
export function traysOf({ processes, flights }: WorldView): Tray[] {
  const held = flights.filter(({ turn }) => turn !== null).toSorted((a, b) => (a.turn ?? 0) - (b.turn ?? 0))
  return processes
    .toSorted((a, b) => Number(a.beside !== null) - Number(b.beside !== null))
    .map(({ id, status }) => ({
      receiver: id,
      closed: status === 'up' ? null : `${id} is ${status}`,
      waiting: held.filter(({ to }) => to === id),
    }))
    .filter(({ waiting }) => waiting.length > 0)
}

export const onMessage = (id: MessageId, what: Deed): HandCommand => ({ type: 'message', id, do: what })

/** The first message of every tray that is open: a round of the whole cluster. */
export const oneRound = (trays: readonly Tray[]): HandCommand[] =>
  trays.flatMap(({ closed, waiting: [first] }) =>
    closed === null && first !== undefined ? [onMessage(first.id, 'deliver')] : [],
  )

/** When the next message that is under way comes to a door, or dies; null if none is. */
export function nextArrival({ flights }: WorldView, now: Micros): Micros | null {
  const ends = flights.filter(({ held, endsAt }) => !held && endsAt > now).map(({ endsAt }) => endsAt)
  return ends.length === 0 ? null : ends.reduce((first, at) => Math.min(first, at))
}

/** The command that moves a message by so many places in its tray; null where there is no such place. */
export function moved({ waiting }: Tray, id: MessageId, by: 1 | -1): HandCommand | null {
  const place = waiting.findIndex((one) => one.id === id)
  if (place < 0 || place + by < 0 || place + by >= waiting.length) return null
  const before = waiting[by < 0 ? place - 1 : place + 2]?.id ?? null
  return onMessage(id, { before })
}

/** The command that puts a message where another stands; null if it is there already. */
export function putBefore({ waiting }: Tray, id: MessageId, before: MessageId | null): HandCommand | null {
  const place = waiting.findIndex((one) => one.id === id)
  const next = waiting[place + 1]?.id ?? null
  return before === id || before === next ? null : onMessage(id, { before })
}
