import { fail, ok, type Result } from '../base/result.ts'
import { parseDuration } from '../base/units.ts'
import type { Command } from '../kernel/command.ts'
import type { FlightView, LabTypes, MessageId, ProcessId, World } from '../kernel/types.ts'

type Message = FlightView<LabTypes['message']>
/** Reads a process, by its name or its alias. */
type ReadProcess = (word: string) => Result<ProcessId>

/** `"all"`, or one way between two processes, `"n1 > n2"`: whether messages wait at their receiver's door. */
export function readHold(value: string, hold: boolean, process: ReadProcess): Result<Command<LabTypes>> {
  if (value === 'all') return ok({ type: 'network', settings: { hold } })
  const ends = readWay(value, process)
  if (ends === null) return fail(`expected “all” or one way, as in “n1 > n2”, found “${value}”`)
  return ends.ok ? ok({ type: 'link', link: ends.value, settings: { hold } }) : ends
}

/** `"all 10%"`, or one way and a share, `"n1 > n2 60%"`. */
export function readLoss(value: string, process: ReadProcess): Result<Command<LabTypes>> {
  const found = /^(.*\S)\s+(\d{1,3}(?:\.\d{1,4})?)\s*%\s*$/.exec(value)
  const loss = Number(found?.[2]) / 100
  const where = found?.[1] ?? ''
  const ends = where.trim() === 'all' ? null : readWay(where, process)
  if (found === null || loss > 1 || (ends === null && where.trim() !== 'all'))
    return fail(`expected “all” or one way, and a share, as in “n1 > n2 60%”, found “${value}”`)
  if (ends === null) return ok({ type: 'network', settings: { loss } })
  return ends.ok ? ok({ type: 'link', link: ends.value, settings: { loss } }) : ends
}

/** A hand on one message: `"n1>n2#3"`, or the oldest one on a way, `"n1 > n2"`, or of a type, `"AppendEntries n1 > n2"`. */
export function readMessageCommand(
  verb: 'deliver' | 'drop' | 'duplicate' | 'delay',
  value: string,
  world: World<LabTypes>,
  process: ReadProcess,
): Result<Command<LabTypes>> {
  if (verb !== 'delay') {
    const id = readMessageId(value, world, process)
    return id.ok ? ok({ type: 'message', id: id.value, do: verb }) : id
  }
  const [which, time] = value.split(' by ').map((part) => part.trim())
  const delay = time === undefined ? null : parseDuration(time)
  if (which === undefined || delay === null)
    return fail(`expected a message and a time, as in “n1 > n2 by 20ms”, found “${value}”`)
  const id = readMessageId(which, world, process)
  return id.ok ? ok({ type: 'message', id: id.value, do: { delay } }) : id
}

/** `"n1>n2#3 before n3>n2#1"`, or `"n1>n2#3 last"`: of two that wait at one receiver, which is let in first. */
export function readReorder(value: string, world: World<LabTypes>, process: ReadProcess): Result<Command<LabTypes>> {
  const found = /^\s*(.*\S)\s+(?:before\s+(.*\S)|last)\s*$/.exec(value)
  if (found === null) return fail(`expected “n1>n2#3 before n3>n2#1” or “n1>n2#3 last”, found “${value}”`)
  const id = readMessageId(found[1] as string, world, process)
  if (!id.ok) return id
  const before = found[2] === undefined ? ok(null) : readMessageId(found[2], world, process)
  return before.ok ? ok({ type: 'message', id: id.value, do: { before: before.value } }) : before
}

/** `"n1 election"`: a process and one of its timers. */
export function readFire(value: string, process: ReadProcess): Result<Command<LabTypes>> {
  const [who, ...words] = value.trim().split(/\s+/)
  if (who === undefined || words.length === 0)
    return fail(`expected a process and its timer, as in “n1 election”, found “${value}”`)
  const id = process(who)
  return id.ok ? ok({ type: 'fire', process: id.value, timer: words.join(' ') }) : id
}

/** Where none is meant at the moment, the way itself stands for it, and the kernel will say that it is not there. */
function readMessageId(value: string, world: World<LabTypes>, process: ReadProcess): Result<MessageId> {
  const text = value.trim()
  const numbered = /^(\S+)>([^\s#]+)#\d+(\+\d+)?$/.exec(text)
  if (numbered !== null) {
    const from = process(numbered[1] as string)
    const to = process(numbered[2] as string)
    if (!from.ok) return from
    return to.ok ? ok(text) : to
  }
  const typed = /^(\w+)\s+(\S+\s*>\s*\S+)$/.exec(text)
  const ends = readWay(typed?.[2] ?? text, process)
  if (ends === null) return fail(`expected a message, as in “n1>n2#3”, “n1 > n2” or “Type n1 > n2”, found “${value}”`)
  if (!ends.ok) return ends
  const { from, to } = ends.value
  return ok(oldest(world, from, to, typed?.[1] ?? null)?.id ?? `${from}>${to}`)
}

/** Of those that are held, or else of those under way, the one that was sent first. */
function oldest(world: World<LabTypes>, from: ProcessId, to: ProcessId, type: string | null): Message | undefined {
  const fits = world.flights().filter((flight) => flight.from === from && flight.to === to)
  const meant = fits.filter(({ message }) => type === null || message.type === type)
  return meant.find(({ held }) => held) ?? meant[0]
}

/** Null if it does not look like one. */
function readWay(text: string, process: ReadProcess): Result<{ from: ProcessId; to: ProcessId }> | null {
  const ends = /^\s*([^\s>]+)\s*>\s*([^\s>]+)\s*$/.exec(text)
  if (ends === null) return null
  const from = process(ends[1] as string)
  const to = process(ends[2] as string)
  if (!from.ok) return from
  return to.ok ? ok({ from: from.value, to: to.value }) : to
}
