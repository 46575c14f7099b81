import type { Distribution } from '../base/random.ts'
import type { Micros } from '../base/units.ts'
import type {
  LabTypes,
  Link,
  LinkSettings,
  MessageId,
  NetworkSettings,
  ProcessId,
  ProcessSetup,
  Workload,
} from './types.ts'

/**
 * What comes from outside: from a user, a scenario, a test. Imperative. One that cannot be done is answered by a `refused`
 * event with its reason, never by a throw.
 */
export type Command<T extends LabTypes> =
  | { type: 'crash'; process: ProcessId }
  | { type: 'restart'; process: ProcessId }
  | { type: 'pause'; process: ProcessId }
  | { type: 'resume'; process: ProcessId }
  /** Messages wait, timers run. */
  | { type: 'stall'; process: ProcessId }
  /** Empties the disk of a process that is down. */
  | { type: 'wipe'; process: ProcessId }
  /** Multiplies processing times. */
  | { type: 'slow'; process: ProcessId; factor: number }
  | { type: 'clock'; process: ProcessId; offset?: Micros; driftPpm?: number }
  | { type: 'disk'; process?: ProcessId; sync?: Distribution; lying?: boolean }
  | { type: 'cut'; links: readonly Link[] }
  | { type: 'mend'; links: readonly Link[] }
  | { type: 'link'; link: Link; settings: Partial<LinkSettings> }
  | { type: 'network'; settings: Partial<NetworkSettings> }
  | {
      type: 'message'
      id: MessageId
      /** `before`: one that is held comes before another at the same receiver, or, for null, behind all others. */
      do:
        | 'deliver'
        | 'drop'
        | 'duplicate'
        | { delay: Micros }
        | { replace: T['message'] }
        | { before: MessageId | null }
    }
  | { type: 'inject'; from: ProcessId; to: ProcessId; message: T['message'] }
  /** Lets a timer expire now. */
  | { type: 'fire'; process: ProcessId; timer: T['timer'] }
  | { type: 'act'; process: ProcessId; action: T['action'] }
  | { type: 'invoke'; client: ProcessId; operation: T['operation'] }
  | { type: 'join'; process: ProcessSetup }
  | { type: 'configure'; config: Partial<T['config']>; process?: ProcessId }
  | { type: 'workload'; workload: Workload | null }
