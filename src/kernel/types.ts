import type { Distribution } from '../base/random.ts'
import type { Micros } from '../base/units.ts'
import type { Command } from './command.ts'

/** Begins with a letter (`n1`, `c3`): integer-like keys of an object would be put in another order. */
export type ProcessId = string
/** The n-th send on its link: `n1>n2#17`. It names the same message after an undo and in a run cut shorter. */
export type MessageId = string
/** The n-th operation of its client: `c1#4`. */
export type OperationId = string
/** The n-th write of its process, over all its lives. */
export type WriteId = number

/** What a lab brings along, under one name. All of it plain data. */
export interface LabTypes {
  config: object
  /** What a process knows; gone in a crash. */
  state: object
  /** What a process has asked its disk to keep. A value: never changed once handed over. */
  durable: object
  /** A value: never changed once sent. */
  message: { readonly type: string }
  timer: string
  operation: unknown
  outcome: unknown
  action: { readonly type: string }
  note: { readonly type: string }
  view: unknown
}

/**
 * A deterministic state machine. A process is a plain object that its own handlers change and nobody else does. Servers and
 * clients are both processes.
 */
export interface Process<T extends LabTypes> {
  /** First boot (`durable` is null), and after each crash. */
  start(durable: T['durable'] | null, env: Env<T>): T['state']
  receive(self: T['state'], from: ProcessId, message: T['message'], env: Env<T>): void
  expire(self: T['state'], timer: T['timer'], env: Env<T>): void
  /** The disk has kept `write` and all before it. */
  synced?(self: T['state'], write: WriteId, env: Env<T>): void
  /** A client is asked to do something; it answers by `env.complete`, once. */
  invoke?(self: T['state'], operation: { id: OperationId; what: T['operation'] }, env: Env<T>): void
  /** A hand on this process: campaign now, leave, transfer. */
  act?(self: T['state'], action: T['action'], env: Env<T>): void
  /** Why `act` would be refused, in words, or null. */
  refusal?(self: T['state'], action: T['action'], place: Place<T>): string | null
  /** A stream to `peer` broke: what was sent on it may not have come. */
  unreachable?(self: T['state'], peer: ProcessId, env: Env<T>): void
  /** Reads what an expiry will need, or a receipt, and does nothing; the number says nothing. For states that come in thousands. */
  fetch?(self: T['state'], expires: boolean): number
  /** Whom its next expiry will most likely send to, if that is known already: for reading ahead, and it changes nothing. */
  addresses?(self: T['state']): ProcessId | null
  /** A copy for a checkpoint; shares only what never changes, and keeps the order of maps and sets. */
  copy(self: T['state']): T['state']
}

export interface Protocol<T extends LabTypes> {
  roles: Record<string, Process<T>>
  /** Bytes on the wire. */
  size(message: T['message']): number
  /** Mixes every field into 32 bits; left out, the kernel walks the whole value. */
  digest?(message: T['message']): number
}

export type Channel = 'datagram' | 'stream'

/** All that a process can do. No other clock, no other randomness, no other process reaches it. */
export interface Env<T extends LabTypes> {
  readonly self: ProcessId
  readonly config: T['config']
  /** The processes of a role that the run began with or that joined since, in that order. */
  peers(role: string): readonly ProcessId[]
  /** Those of them that the run began with: what everybody knows from the start. */
  founders(role: string): readonly ProcessId[]
  /** Its own wall clock, offset and drift included. */
  now(): Micros
  /** Its own monotonic clock; timers run on it. */
  elapsed(): Micros
  /** A number in [0, 1). */
  random(): number
  /**
   * Sends once all earlier writes are synced (`beforeSync`: at once). A datagram may be lost, doubled and overtaken; a
   * stream keeps order and loses nothing until the link is cut or the receiver is down.
   */
  send(to: ProcessId, message: T['message'], how?: SendOptions): void
  /** Sets or moves a timer. `awaits` says what its expiry will mean was missing. */
  setTimer(timer: T['timer'], after: Micros, awaits?: Awaited): void
  cancelTimer(timer: T['timer']): void
  /** Asks the disk to keep this value in place of the last; it must never change afterwards. */
  persist(durable: T['durable']): WriteId
  /** Ends an operation, once all earlier writes are synced. */
  complete(operation: OperationId, outcome: T['outcome']): void
  /** Time that this handler takes; what arrives meanwhile waits. A slow process takes longer. */
  busy(duration: Micros): void
  /** Narration as data. */
  note(what: T['note']): void
}

/** What a process may look at without doing anything. */
export type Place<T extends LabTypes> = Pick<Env<T>, 'self' | 'config' | 'peers'>

export interface SendOptions {
  channel?: Channel
  beforeSync?: boolean
}

export interface Awaited {
  /** Left out, any process will do. */
  from?: ProcessId
  types: readonly string[]
  /** The messages that asked for it: lost, they bring no answer. */
  asked?: readonly string[]
}

export interface ProcessSetup {
  id: ProcessId
  role: string
  /** A client stands beside a server: on its side of every cut that the page draws. */
  beside?: ProcessId
  zone?: string
  variant?: string
}

export interface Setup<T extends LabTypes> {
  /** A whole number below 2^32. */
  seed: number
  processes: readonly ProcessSetup[]
  config: T['config']
  network: NetworkSettings
  disk: DiskSettings
  /** Running from the first instant, if given. */
  workload?: Workload | null
}

/** For every directed link; a single link may have its own. */
export interface LinkSettings {
  latency: Distribution
  /** Probability in [0, 1] that a datagram is lost. */
  loss: number
  /** Probability in [0, 1] that a datagram comes twice. */
  duplication: number
  /** Keeps the order of sending, for datagrams too. */
  fifo: boolean
  /** Bytes a second; 0 for no limit. */
  bandwidth: number
  /** What comes waits at its receiver's door until a `message` command lets it in, or the link holds no longer. */
  hold?: boolean
}
export type NetworkSettings = LinkSettings

export interface DiskSettings {
  /** From a write to its sync. */
  sync: Distribution
  /** Says that it synced, and has not. */
  lying: boolean
}

export interface Link {
  from: ProcessId
  to: ProcessId
}

export interface Workload {
  /** Operations a second over all clients; arrivals are Poisson. */
  rate: number
  /** Share of reads, in [0, 1]. */
  readShare: number
  keys: number
  distribution: 'uniform' | 'zipf'
}

export interface TimedCommand<T extends LabTypes> {
  at: Micros
  /** How many steps of that instant come before it; left out, all of them. */
  within?: number
  command: Command<T>
  /** Belongs to the scenario: it stays when somebody acts before it. */
  scripted?: boolean
  /** Was given together with the one before it, and is taken back with it. */
  joined?: boolean
}

/** A run is a value: it determines everything, to the bit. */
export interface Run<T extends LabTypes> {
  format: 1
  engine: string
  lab: string
  labVersion: string
  setup: Setup<T>
  /** In the order in which they happen. */
  commands: readonly TimedCommand<T>[]
}

export type Status = 'up' | 'paused' | 'stalled' | 'down'

/** What observers may look at: all of the simulation, to read and never to change. */
export interface World<T extends LabTypes> {
  readonly now: Micros
  readonly config: T['config']
  readonly network: NetworkSettings
  readonly disk: DiskSettings
  readonly workload: Workload | null
  readonly processes: readonly ProcessSetup[]
  ids(role: string): readonly ProcessId[]
  has(id: ProcessId): boolean
  status(id: ProcessId): Status
  /** Null while the process is down. */
  state(id: ProcessId): T['state'] | null
  /** What a crash now would leave, or null if nothing was ever synced. */
  durable(id: ProcessId): T['durable'] | null
  /** Writes that a crash now would lose. */
  unsynced(id: ProcessId): number
  configOf(id: ProcessId): T['config']
  timers(id: ProcessId): readonly TimerView[]
  isCut(from: ProcessId, to: ProcessId): boolean
  /** The event in which this process last crashed, paused or stalled, while it stands still; 0 if it runs. */
  stopOf(id: ProcessId): number
  /** The event in which this link was cut, while it is; 0 if it is whole. */
  cutOf(from: ProcessId, to: ProcessId): number
  cuts(): readonly Link[]
  flights(): readonly FlightView<T['message']>[]
}

export interface TimerView {
  timer: string
  setAt: Micros
  /** On the simulation's clock. */
  dueAt: Micros
}

export interface FlightView<Message> {
  id: MessageId
  from: ProcessId
  to: ProcessId
  message: Message
  bytes: number
  sentAt: Micros
  /** When it comes, or when it dies; Infinity while it is held, for nobody knows. */
  endsAt: Micros
  /** When it would have come; or has come, if it is held. */
  arrivesAt: Micros
  /** Whether it waits at its receiver's door. */
  held: boolean
  /** Its place among all that wait: the lowest at a door is let in first. Null while it is under way. */
  turn: number | null
  fate: 'arrives' | 'loss' | 'cut'
}
