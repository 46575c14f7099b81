import type { Stream } from '../base/random.ts'
import type { Micros } from '../base/units.ts'
import { type Clock, STEADY } from './clock.ts'
import { SendCounts } from './send-counts.ts'
import type { Due } from './due.ts'
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
  /** In the order in which they were first set: few, so that looking along them is quicker than a map. */
  timers: Timer[]
  sends: SendCounts
  /** What of its links is not as usual, by the place of the other end; null for nothing. */
  links: Map<number, OutLink> | null
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
  /** On the simulation's clock; Infinity when cancelled. */
  dueAt: Micros
  /** When the agenda's one entry for this timer comes up; it may be earlier than `dueAt`, and then re-arms itself. */
  armedAt: Micros
  awaits: Awaited | null
}

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

/** The way to one other process, once there is more to say of it than how many messages went there. */
export interface OutLink {
  readonly to: number
  cut: boolean
  /** The event in which it was last cut; 0 for never. */
  cutSeq: number
  /** Where it differs from all others. */
  own: Partial<LinkSettings> | null
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
    timers: [],
    sends: new SendCounts(),
    links: null,
    disk: UNTOUCHED as Disk<T>,
    diskSettings: null,
    waiting: [],
  })
}

export function copyMachine<T extends LabTypes>(m: Machine<T>, owner: object): Machine<T> {
  const copy = makeMachine(m)
  copy.owner = owner
  copy.state = m.state === null ? null : m.process.copy(m.state)
  copy.timers = m.timers.map(makeTimer)
  copy.sends = m.sends.copy()
  if (m.links !== null) {
    copy.links = new Map()
    for (const [to, link] of m.links) copy.links.set(to, makeLink(link))
  }
  if (m.disk !== UNTOUCHED) copy.disk = makeDisk(m.disk)
  copy.waiting = m.waiting.slice()
  copy.missed = m.missed === null ? null : m.missed.slice()
  return copy
}

/** The timer of this name, if it runs or is still on the agenda. */
export function findTimer<T extends LabTypes>({ timers }: Machine<T>, name: string): Timer | undefined {
  for (let i = 0; i < timers.length; i++) if ((timers[i] as Timer).name === name) return timers[i]
  return undefined
}

export function forgetTimer<T extends LabTypes>(m: Machine<T>, timer: Timer): void {
  m.timers.splice(m.timers.indexOf(timer), 1)
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
    id: of.id,
    index: of.index,
    setup: of.setup,
    process: of.process,
    randomness: of.randomness,
    diskRandomness: of.diskRandomness,
    owner: of.owner,
    life: of.life,
    status: of.status,
    state: of.state,
    config: of.config,
    clock: of.clock,
    slowness: of.slowness,
    busyUntil: of.busyUntil,
    againUntil: of.againUntil,
    draws: of.draws,
    operations: of.operations,
    openOperations: of.openOperations,
    lastSeq: of.lastSeq,
    stopSeq: of.stopSeq,
    stoppedUntil: of.stoppedUntil,
    missed: of.missed,
    timers: of.timers,
    sends: of.sends,
    links: of.links,
    disk: of.disk,
    diskSettings: of.diskSettings,
    waiting: of.waiting,
  }
}

export function makeTimer(of: Timer): Timer {
  return { name: of.name, setAt: of.setAt, setSeq: of.setSeq, dueAt: of.dueAt, armedAt: of.armedAt, awaits: of.awaits }
}

export function makeLink(of: OutLink): OutLink {
  return {
    to: of.to,
    cut: of.cut,
    cutSeq: of.cutSeq,
    own: of.own,
    lastArrival: of.lastArrival,
    freeAt: of.freeAt,
  }
}

function makeDisk<T extends LabTypes>(of: Disk<T>): Disk<T> {
  return { kept: of.kept, writes: of.writes, synced: of.synced, pending: of.pending.slice(), held: of.held.slice() }
}

/** Nobody writes to it: `ownDisk` makes another one first. */
const UNTOUCHED: Disk<LabTypes> = makeDisk({ kept: null, writes: 0, synced: 0, pending: [], held: [] })
