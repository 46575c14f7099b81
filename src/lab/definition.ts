import type { Random } from '../base/random.ts'
import type { Micros } from '../base/units.ts'
import type { Monitor } from '../check/monitor.ts'
import type { HistoryReader } from '../check/reader.ts'
import type { Event } from '../kernel/event.ts'
import type { Explainer } from './explain.ts'
import type { ContentsField } from './contents.ts'
import type { Glossary } from './glossary.ts'
import type { Metric } from './metrics.ts'
import type { HuntHints } from './hunt.ts'
import type { Study } from './study.ts'
import type { WorldView } from './world-view.ts'
import type {
  DiskSettings,
  LabTypes,
  NetworkSettings,
  ProcessId,
  ProcessSetup,
  Protocol,
  Workload,
  World,
} from '../kernel/types.ts'

/**
 * The engine half of a lab: all that simulation, command line, exports and tests need of it. It knows neither React nor
 * workers. The screen half lies in the lab's `view` folder and sees only the types of this one.
 */
export interface Lab<T extends LabTypes> extends LabCore<T> {
  /** What to try first, one thing at a time, as the stage's hint says it. */
  readonly firstSteps: readonly FirstStep[]
  /** They are for a cluster of at least so many servers. */
  readonly firstStepsNeed: number
  /** And of at most so many; left out, of any size. */
  readonly firstStepsUpTo?: number
  /** Every field of the configuration that a user may set; the first three are always at hand. */
  readonly settings: readonly Setting<T>[]
  /** Ready-made settings, applied to a run as it goes on. */
  readonly presets?: readonly Preset<T>[]
  /** What can be done to many servers at one instant, such as to let all their timers expire together. */
  atOnce?(view: T['view'], world: WorldView, at: Micros): readonly AtOnce<T>[]
  /** A message field by field, in words; left out, its fields as they are. */
  contents?(message: T['message']): readonly ContentsField[]
  /** What clients' operations mean to a checker of histories; left out where there is nothing to judge. */
  readonly history?: HistoryReader<T['operation'], T['outcome']>
  readonly monitors: readonly Monitor<T>[]
  /** What is measured of a run beyond the clients' latency and what is sent. */
  readonly metrics?: readonly Metric<T>[]
  /** What one may want to go to next or go back to, beyond faults, operations, violations and messages. */
  readonly jumps?: readonly Jump<T>[]
  readonly mistakes: readonly Mistake<T>[]
  readonly predicates: readonly Predicate<T>[]
  /** Calculations beside the run, by name; each is loaded when it is asked for. */
  readonly studies?: Readonly<Record<string, () => Promise<Study>>>
  /** What a hunt should know of the lab; loaded when one begins. */
  readonly hunt?: () => Promise<HuntHints<T>>
  /** Names that stand for a process that changes, such as `leader`. */
  readonly aliases: Record<string, (world: World<T>) => ProcessId | null>
  /** Further ways to write a command in a scenario: `{ "write": "x = 5", "via": "n1" }`. */
  readonly verbs: readonly Verb<T>[]
  /** What an event is worth telling, in a sentence; null for the many that are not. */
  story(event: Event<T>, world: World<T>): Sentence | null
  /**
   * An action on a process in words, to go behind “You”. The same words at the same instant are told once, about all who were
   * acted on.
   */
  actionText?(action: T['action'], process: ProcessId): string
  /** Its own questions and sentences for *Why?*; code that comes when somebody asks. */
  explain?(): Promise<Explainer<T>>
  /** Its terms of art, as lessons explain them; words that come when a lesson is opened. */
  glossary?(): Promise<Glossary>
}

/** What runs and shows a run: the part of a lab that a page's first picture waits for. The rest may come after it. */
export interface LabCore<T extends LabTypes> {
  readonly id: string
  /** Goes up with every change that alters what a run does. */
  readonly version: string
  readonly about: About
  readonly protocol: Protocol<T>
  readonly defaults: Defaults<T>
  /** The processes of a cluster of this many servers, clients included. */
  processes(servers: number): readonly ProcessSetup[]
  workload(random: Random, n: number, settings: Workload): T['operation']
  /** How a process's lane in the space-time diagram is drawn while it knows this: by weight, colour and word. */
  lane(world: World<T>, process: ProcessId): LaneStyle
  /** An operation in a few words: `x ← 5`. */
  operationText(what: T['operation']): string
  /** What came of it, in a word or two; `open` for an outcome that leaves it unknown whether it happened. */
  outcomeText(outcome: T['outcome']): { text: string; verdict: 'ok' | 'failed' | 'open' }
  /** A message in a word or two, for its mark on the stage. */
  label(message: T['message']): string
  /** What a message's colour stands for, such as its term; null for none. */
  hue(message: T['message']): number | null
  /** What the screen needs of the world, bounded by what the window shows of it. */
  observe(world: World<T>, window: Window): T['view']
}

export interface About {
  title: string
  /** One line for the list of labs. */
  says: string
}

/** Something to try. It counts as done by what came of it, not by the command alone. */
export interface FirstStep {
  /** `{leader}` and the like stand for the name that the view has under it. */
  text: string
  /** The command that it asks for. A cut counts while it stands; a `mend`, when the user asked for something in between. */
  command: 'crash' | 'invoke' | 'cut' | 'mend' | 'workload'
  /** A story that must follow; left out, a client that has asked must have its answer, and the rest is done at once. */
  told?: RegExp
  /** While the outcome is awaited. */
  meanwhile?: string
  /** Said when it is the last and has been told: `$1` and so on are of `told`. */
  closes?: string
}

export interface Defaults<T extends LabTypes> {
  servers: number
  minServers: number
  maxServers: number
  config: T['config']
  network: NetworkSettings
  disk: DiskSettings
  workload: Workload
  /** The instant that a fresh page begins at: late enough that there is something to see. */
  opensAt: Micros
  /** Simulated seconds per second on a page that has just been opened. */
  speed: number
}

export interface Setting<T extends LabTypes> {
  key: keyof T['config'] & string
  label: string
  says: string
  source: string
  kind:
    | { type: 'duration'; min: Micros; max: Micros }
    | { type: 'count'; min: number; max: number }
    | { type: 'switch' }
    | { type: 'choice'; among: readonly string[] }
  /** May change while a run goes on; others need a fresh one. */
  live: boolean
  /** About clients, and listed with them. */
  ofClients?: boolean
  /** Why a configuration cannot have the value that it has here beside its other values; null if it can. */
  refusal?(config: T['config']): string | null
}

/** Settings that go together, under a name. What is left out stays as it is. */
export interface Preset<T extends LabTypes> {
  name: string
  label: string
  says: string
  source?: string
  config?: Partial<T['config']>
  network?: Partial<NetworkSettings>
  disk?: Partial<DiskSettings>
}

/** Moments of one kind, told from others by what a process says of itself. */
export interface Jump<T extends LabTypes> {
  id: string
  /** One of them: `Election`. */
  label: string
  says: string
  notes: readonly T['note']['type'][]
}

/** Several commands at one instant, under one button. */
export interface AtOnce<T extends LabTypes> {
  id: string
  label: string
  says: string
  /** Why it cannot be done now, or null. */
  disabled: string | null
  commands: readonly LabCommand<T>[]
}

/** Something that is wrong on purpose, by a switch in the configuration. */
export interface Mistake<T extends LabTypes> {
  name: string
  label: string
  /** What it breaks, and how. */
  breaks: string
  source: string
  /** The monitor that catches it. */
  caughtBy: string
  /** The configuration that switches it on. */
  config: Partial<T['config']>
}

/**
 * A sentence that may be true of the world. The words in capitals of its pattern stand for something: SERVER, CLIENT,
 * PROCESS, KEY, VALUE, NUMBER, OPERATION, WORD.
 */
export interface Predicate<T extends LabTypes> {
  pattern: string
  says: string
  /**
   * It changes with notes, operations and commands alone, so that it need not be asked after every event. In a large cluster
   * that is the difference between a second and a minute.
   */
  noted?: boolean
  holds(world: World<T>, args: readonly string[], seen: Seen): boolean
}

/** What a predicate may ask beyond the world at this instant. */
export interface Seen {
  /** Another number after every note, operation and command. */
  readonly told: number
  violations: readonly { monitor: string }[]
  /** Monitors that can no longer say. */
  undecided(): readonly string[]
  outcome(operation: string): { done: boolean; outcome: unknown }
}

/** How a scenario writes an operation or an action: the key that names it, and what follows. */
export interface Verb<T extends LabTypes> {
  name: string
  says: string
  example: Record<string, string>
  /** Further keys that may stand beside the name. */
  options: readonly string[]
  /** The command, or a sentence that says what was expected. */
  read(value: string, options: Record<string, string>, world: World<T>): { command: LabCommand<T> } | { error: string }
}

export type LabCommand<T extends LabTypes> =
  | { type: 'invoke'; client: ProcessId; operation: T['operation'] }
  | { type: 'act'; process: ProcessId; action: T['action'] }
  | { type: 'fire'; process: ProcessId; timer: T['timer'] }
  | { type: 'join'; process: ProcessSetup }

export interface LaneStyle {
  weight: 'thin' | 'dashed' | 'bold'
  /** What the colour stands for, such as a term; null for none. */
  hue: number | null
  /** In words: `leader of term 3`. */
  label: string
}

export interface Sentence {
  text: string
  about: readonly ProcessId[]
  tone: Tone
}

export type Tone = 'plain' | 'good' | 'bad' | 'user'

/** Which part of a long thing is on screen, such as the first log index. */
export type Window = Readonly<Record<string, number>>

// The erasing lines: a catalogue holds labs of all kinds, and each is handed only what is its own.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyLab = Lab<any>

// oxlint-disable-next-line typescript/no-explicit-any
export type AnyLabCore = LabCore<any>

/** How a lab is found: by the name of its folder. */
export type LabLoaders = Record<string, () => Promise<AnyLab>>
/** The same for its core alone. */
export type CoreLoaders = Record<string, () => Promise<AnyLabCore>>
