import type { Micros } from '../base/units.ts'
import type {
  DiskSettings,
  Link,
  MessageId,
  NetworkSettings,
  ProcessId,
  Status,
  TimerView,
  Workload,
} from '../kernel/types.ts'

/** What every lab's stage is drawn from: processes, messages in flight, cuts. Plain data, made anew for each frame. */
export interface WorldView {
  processes: readonly ProcessView[]
  flights: readonly Flying[]
  /** Messages that died a short while ago, for their mark on the link. */
  lost: readonly Fallen[]
  cuts: readonly Link[]
  workload: Workload | null
  /** The lab's configuration, with all that was changed so far. */
  config: object
  network: NetworkSettings
  disk: DiskSettings
}

export interface ProcessView {
  id: ProcessId
  role: string
  /** The server that a client stands beside. */
  beside: ProcessId | null
  status: Status
  /** Those that run; none of a crowd's, where nobody could see them. */
  timers: readonly TimerView[]
  unsynced: number
}

export interface Flying {
  id: MessageId
  from: ProcessId
  to: ProcessId
  type: string
  /** A word or two. */
  label: string
  /** What the message's colour stands for, such as its term. */
  hue: number | null
  bytes: number
  sentAt: Micros
  /** When it would come; its place on the link is (cursor − sentAt) / (arrivesAt − sentAt). */
  arrivesAt: Micros
  /** When its flight ends: at its arrival, or on the way if it is lost; Infinity while it is held. */
  endsAt: Micros
  /** Whether it has come and waits at its receiver's door for a hand to let it in. */
  held: boolean
  /** Its place among all that wait, the lowest first; null while it is under way. */
  turn: number | null
}

export interface Fallen extends Flying {
  why: 'loss' | 'cut' | 'down' | 'dropped'
}
