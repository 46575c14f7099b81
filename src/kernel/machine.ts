import type { Stream } from '../base/random.ts'
import type { Micros } from '../base/units.ts'
import { type Clock, STEADY } from './clock.ts'
import { SendCounts } from './send-counts.ts'
import { type Due, type TimerCode, type TimerDue, timerDue } from './due.ts'
import type {
  Awaited,
  Channel,
  DiskSettings,
  LabTypes,
  LinkSettings,
  OperationId,
  Process,
  ProcessId,
  ProcessSetup,
  Status,
  WriteId,
} from './types.ts'

/**
 * One process with all that the kernel keeps for it. Changed in place by its owner, a simulation between two checkpoints;
 * whoever else meets it copies it first.
 */
export interface Machine<T extends LabTypes> {
  readonly id: ProcessId
  readonly index: number
  readonly setup: ProcessSetup
  readonly process: Process<T>
  readonly randomness: Stream
  /** Null before the first draw. */
  diskRandomness: Stream | null
  owner: object
  /** How often it has started; what was due in an earlier life is void. */
  life: number
  status: Status
  state: T['state'] | null
  config: T['config'] | null
  clock: Clock
  slowness: number
  busyUntil: Micros
  /** Until when something that came to it before may stand on the agenda again. */
  againUntil: Micros
  draws: number
  operations: number
  openOperations: number
  /** The last event that happened here. */
  lastSeq: number
  /** The event in which it last crashed, paused or stalled, or 0, and until when it stood still: Infinity while it does. */
  stopSeq: number
  stoppedUntil: Micros
  /** What was lately on its way here and did not come in time; null for nothing. */
  missed: Missed[] | null
  /** The first of them, in the order in which they were first set: few, so that looking along them is quicker than a map. */
  timers: Timer | null
  sends: SendCounts
  /** What of its links is not as usual, by the place of the other end; null for nothing. */
  links: Map<number, OutLink> | null
  /** Of links where what went before counts, when the last word comes; null for nothing. */
  turns: Map<number, Turn> | null
  disk: Disk<T>
  /** Its own, if it differs from all others'. */
  diskSettings: DiskSettings | null
  /** What became due while it was paused or stalled, in due order. */
  waiting: Due<T>[]
}

export interface Timer {
  readonly name: string
  setAt: Micros
  setSeq: number
  /** On the simulation's clock; `OFF` when cancelled. */
  dueAt: Micros
  /** When the agenda's one entry for this timer comes up, or `OFF`; it may be earlier than `dueAt`, and then re-arms itself. */
  armedAt: Micros
  awaits: Awaited | null
  readonly due: TimerCode | TimerDue
  next: Timer | null
}

/** No time at all. A small whole number, unlike Infinity, for which an engine would make an object of its own. */
export const OFF = -1

/** A message that did not come, or late. A value. */
export interface Missed {
  /** What kept it away: a stop, a cut, or the loss itself. */
  readonly seq: number
  readonly from: number
  readonly type: string
  readonly sentAt: Micros
  /** When it would have come. */
  readonly dueAt: Micros
}

/** The way to one other process, once it differs from what all are like. */
export interface OutLink {
  readonly to: number
  cut: boolean
  /** The event in which it was last cut; 0 for never. */
  cutSeq: number
  /** Where it differs from all others. */
  own: Partial<LinkSettings> | null
}

/** What a message on a stream, in order or over a narrow link has to wait for. */
export interface Turn {
  lastArrival: Micros
  freeAt: Micros
}

export interface Disk<T extends LabTypes> {
  /** What a crash leaves. */
  kept: T['durable'] | null
  writes: WriteId
  synced: WriteId
  /** Written and not yet synced, in order. */
  pending: { write: WriteId; durable: T['durable']; syncsAt: Micros; seq: number }[]
  /** Words that wait for a sync, in order. */
  held: Held<T>[]
}

/** `said`: the event after which it was said. */
export type Held<T extends LabTypes> =
  | { type: 'send'; after: WriteId; said: number; to: ProcessId; message: T['message']; channel: Channel }
  | { type: 'complete'; after: WriteId; said: number; operation: OperationId; outcome: T['outcome'] }

export function newMachine<T extends LabTypes>(
  setup: ProcessSetup,
  index: number,
  process: Process<T>,
  randomness: Stream,
  owner: object,
): Machine<T> {
  return makeMachine({
    id: setup.id,
    index,
    setup,
    process,
    randomness,
    diskRandomness: null,
    owner,
    life: 0,
    status: 'down',
    state: null,
    config: null,
    clock: STEADY,
    slowness: 1,
    busyUntil: 0,
    againUntil: -1,
    draws: 0,
    operations: 0,
    openOperations: 0,
    lastSeq: 0,
    stopSeq: 0,
    stoppedUntil: 0,
    missed: null,
    timers: null,
    sends: new SendCounts(),
    links: null,
    turns: null,
    disk: UNTOUCHED as Disk<T>,
    diskSettings: null,
    waiting: [],
  })
}

export function copyMachine<T extends LabTypes>(m: Machine<T>, owner: object): Machine<T> {
  const copy = makeMachine(m)
  copy.owner = owner
  copy.state = m.state === null ? null : m.process.copy(m.state)
  copy.timers = copyTimers(m.timers)
  copy.sends = m.sends.copy()
  if (m.links !== null) {
    copy.links = new Map()
    for (const [to, link] of m.links) copy.links.set(to, makeLink(link))
  }
  if (m.turns !== null) {
    copy.turns = new Map()
    for (const [to, turn] of m.turns) copy.turns.set(to, makeTurn(turn))
  }
  if (m.disk !== UNTOUCHED) copy.disk = makeDisk(m.disk)
  copy.waiting = m.waiting.slice()
  copy.missed = m.missed === null ? null : m.missed.slice()
  return copy
}

/** The timer of this name, if it runs or is still on the agenda. */
export function findTimer<T extends LabTypes>({ timers }: Machine<T>, name: string): Timer | undefined {
  for (let timer = timers; timer !== null; timer = timer.next) if (timer.name === name) return timer
  return undefined
}

/** A timer of a name that the machine has none of: the last. */
export function addTimer<T extends LabTypes>(m: Machine<T>, name: string): Timer {
  const due = timerDue(m.index, name, m.life)
  const timer = makeTimer({ name, setAt: 0, setSeq: 0, dueAt: OFF, armedAt: OFF, awaits: null, due, next: null })
  let last = m.timers
  while (last !== null && last.next !== null) last = last.next
  if (last === null) m.timers = timer
  else last.next = timer
  return timer
}

export function forgetTimer<T extends LabTypes>(m: Machine<T>, timer: Timer): void {
  if (m.timers === timer) m.timers = timer.next
  else {
    let before = m.timers
    while (before !== null && before.next !== timer) before = before.next
    if (before !== null) before.next = timer.next
  }
}

function copyTimers(first: Timer | null): Timer | null {
  if (first === null) return null
  const copy = makeTimer(first)
  for (let last = copy; last.next !== null; last = last.next) last.next = makeTimer(last.next)
  return copy
}

/** The disk of a machine, to be written to. In a crowd most disks are never written: those are one. */
export function ownDisk<T extends LabTypes>(m: Machine<T>): Disk<T> {
  if (m.disk === UNTOUCHED) m.disk = makeDisk(m.disk)
  return m.disk
}

/*
 * Whatever the engine touches at every event is made in one place, be it new or a copy: a machine for which all objects of
 * a kind are laid out alike runs them half again as fast.
 */

function makeMachine<T extends LabTypes>(of: Machine<T>): Machine<T> {
  return {
    // What every event asks for lies side by side.
    index: of.index,
    owner: of.owner,
    life: of.life,
    status: of.status,
    busyUntil: of.busyUntil,
    lastSeq: of.lastSeq,
    timers: of.timers,
    state: of.state,
    process: of.process,
    config: of.config,
    clock: of.clock,
    disk: of.disk,
    draws: of.draws,
    randomness: of.randomness,
    sends: of.sends,
    links: of.links,
    turns: of.turns,
    id: of.id,
    // What few do.
    setup: of.setup,
    diskRandomness: of.diskRandomness,
    slowness: of.slowness,
    againUntil: of.againUntil,
    operations: of.operations,
    openOperations: of.openOperations,
    stopSeq: of.stopSeq,
    stoppedUntil: of.stoppedUntil,
    missed: of.missed,
    diskSettings: of.diskSettings,
    waiting: of.waiting,
  }
}

function makeTimer(of: Timer): Timer {
  return {
    name: of.name,
    setAt: of.setAt,
    setSeq: of.setSeq,
    dueAt: of.dueAt,
    armedAt: of.armedAt,
    awaits: of.awaits,
    due: of.due,
    next: of.next,
  }
}

export function makeLink(of: OutLink): OutLink {
  return { to: of.to, cut: of.cut, cutSeq: of.cutSeq, own: of.own }
}

export function makeTurn(of: Turn): Turn {
  return { lastArrival: of.lastArrival, freeAt: of.freeAt }
}

function makeDisk<T extends LabTypes>(of: Disk<T>): Disk<T> {
  return { kept: of.kept, writes: of.writes, synced: of.synced, pending: of.pending.slice(), held: of.held.slice() }
}

/** Nobody writes to it: `ownDisk` makes another one first. */
const UNTOUCHED: Disk<LabTypes> = makeDisk({ kept: null, writes: 0, synced: 0, pending: [], held: [] })
