import type { Result } from '../base/result.ts'
import type { Micros } from '../base/units.ts'
import type { OperationRecord } from '../check/history.ts'
import type { Violation } from '../check/monitor.ts'
import type { Branch } from '../lab/branch.ts'
import type { Comparison, Pair, Stride } from '../lab/comparison.ts'
import type { HuntAnswer, HuntTask, QuarryNames } from '../hunt/task.ts'
import type { Command } from '../kernel/command.ts'
import type { Event } from '../kernel/event.ts'
import type { LabTypes, MessageId, ProcessId, Run } from '../kernel/types.ts'
import type { Tone, Window } from '../lab/definition.ts'
import type { Moment, Place } from '../lab/moment.ts'
import type { Expectation, Fired, Script } from '../lab/script.ts'
import type { Explanation, Subject } from '../lab/explain.ts'
import type { Lanes, Overview } from '../lab/lanes.ts'
import type { MessageContents } from '../lab/contents.ts'
import type { MetricsView } from '../lab/metrics.ts'
import type { StudyProgress } from '../lab/study.ts'
import type { WorldView } from '../lab/world-view.ts'
import type { CompareJob, ComparedSide } from './compare/comparer.ts'
import type { SurveyFigure, SurveyJob, SurveyRow } from './survey.ts'

/**
 * The whole protocol between a page (or a test) and an engine: two ordered one-way streams of plain data. Nobody blocks.
 * `run` numbers what the page has opened or changed; an answer to an older number is out of date and is dropped. `turn`
 * numbers what is answered by a picture, and the picture carries the number of the last one that went into it.
 */
export type ToEngine =
  /** Opens a run at an instant. With a script, its conditions and times become commands as they come true. */
  | {
      type: 'open'
      run: number
      turn: number
      value: AnyRun
      script: Script
      fired: readonly Fired[]
      expectations: readonly Expectation[]
      at: Micros
      /** Stands so many steps in, if that is less than all of the instant `at`. */
      steps?: number
      /** Stands right after this part of the script, if it comes true up to `at`. */
      stopAtPart?: number
      /** The futures that were left, and what this one is called. */
      tree?: Tree
      window: Window
      /** For the first picture: the core of the lab will do, where the host can load it by itself. */
      coreOnly?: boolean
    }
  /** The first picture stands: what it did without is loaded, and the run goes on with all that watches and tells it. */
  | { type: 'whole'; run: number }
  /**
   * Shows an instant: all that happens up to and at `at`. Only the latest counts. With `stopAtViolation` it stops on the
   * way, right after the step in which a property broke for the first time; with `stopAtPart` right after that part of the
   * script has come true; with `steps` it stands so many steps in, at a moment that is known.
   */
  | {
      type: 'show'
      run: number
      turn: number
      at: Micros
      window: Window
      stopAtViolation?: boolean
      stopAtPart?: number
      steps?: number
    }
  /** Shows the moment on show once more, through another window. */
  | { type: 'look'; run: number; turn: number; window: Window }
  /** Shows the moment one step after or before the one on show. */
  | { type: 'step'; run: number; turn: number; by: 1 | -1; window: Window }
  /** Does something at a moment of the run and drops what came after it; `also` is done right after, and undone with it. */
  | {
      type: 'command'
      run: number
      turn: number
      /** Null for right after the command before, whose picture has not come yet. */
      at: Moment | null
      command: Command<LabTypes>
      also?: readonly Command<LabTypes>[]
      /** What was to come has been seen, and stays as a branch. */
      keeps?: boolean
      window: Window
    }
  /** Takes back the last command that was not the script's. */
  | { type: 'undo'; run: number; turn: number; window: Window }
  /** Does again what was undone last. */
  | { type: 'redo'; run: number; turn: number; window: Window }
  /** Brings another branch on show, at the same instant. */
  | { type: 'switch'; run: number; turn: number; branch: number; window: Window }
  /** Deletes a branch, or names one; null is the run on show. */
  | { type: 'prune'; run: number; turn: number; branch: number; window: Window }
  | { type: 'rename'; run: number; turn: number; branch: number | null; name: string; window: Window }
  | { type: 'ask'; run: number; id: number; question: Question }
  | { type: 'cancel'; id: number }
  /** Runs one setup under the seeds from `from` up to and without `to`; each is told as soon as it is done. */
  | { type: 'survey'; run: number; job: SurveyJob; from: number; to: number }
  /** Seeds of a hunt to run, or one to shrink; answered by one `hunted`. */
  | { type: 'hunt'; run: number; quarry: QuarryNames; task: HuntTask }
  /** Runs a calculation of a lab; how far it is and what it came to are told as it goes. */
  | { type: 'study'; run: number; lab: string; name: string; request: unknown }
  /** Plays two runs in step and says where they part and what each came to. */
  | { type: 'compare'; run: number; job: CompareJob }
  /** Once they are compared: one event further or back from where both stand. */
  | { type: 'stride'; run: number; from: Pair<Place>; by: 1 | -1 }

export type AnyRun = Run<LabTypes>
export type AnyEvent = Event<LabTypes>

export type Question =
  /** Runs on from the moment on show until the condition holds, at most for `limit`; then shows that moment. */
  | { type: 'until'; condition: string; limit: Micros; window: Window }
  /** Goes to the next or the last moment of a kind, and shows it: forward at most for `limit`, back to the start. */
  | { type: 'jump'; to: JumpKind; by: 1 | -1; limit: Micros; window: Window }
  | { type: 'fingerprint' }
  /** What happened in an interval, for the space-time diagram; to one process alone, if one is named. */
  | { type: 'lanes'; from: Micros; to: Micros; only?: ProcessId }
  /** The same of an interval of any length: counts in at most so many columns in place of messages. */
  | { type: 'overview'; from: Micros; to: Micros; columns: number }
  /** Every event of an interval, as far as the run has come. */
  | { type: 'trace'; from: Micros; to: Micros }
  /** What was measured of the run, as far as it has come. */
  | { type: 'metrics' }
  /** Whether a condition holds at the moment on show. */
  | { type: 'holds'; condition: string }
  /** Why something is as it is, and what is awaited. */
  | { type: 'why'; subject: Subject }
  /** What a message in flight says, and what can be done to it. */
  | { type: 'message'; id: MessageId }

/** `fault`, `operation`, `violation`, one of the lab's own, or a message of this type. */
export type JumpKind = string | { message: string }

export type Answer =
  | { type: 'until'; found: boolean; at: Micros }
  | { type: 'jump'; found: boolean; at: Micros }
  | { type: 'fingerprint'; fingerprint: string }
  | { type: 'holds'; holds: boolean }
  | { type: 'lanes'; lanes: Lanes }
  | { type: 'overview'; overview: Overview }
  | { type: 'trace'; events: readonly AnyEvent[] }
  /** Null if it is no longer in flight. */
  | { type: 'message'; message: MessageContents | null }
  | { type: 'metrics'; metrics: MetricsView }
  | { type: 'why'; explanation: Explanation }
  | { type: 'error'; text: string }

export type FromEngine =
  | Frame
  /** What a run is worth telling, from event `from` on; replaces everything known from there. */
  | Chronicle
  /** The run as it now stands, after it was opened, forked, or a scripted command came true. */
  | { type: 'run'; run: number; value: AnyRun; fired: readonly Fired[]; tree: Tree }
  | { type: 'surveyed'; run: number; figures: readonly SurveyFigure[]; rows: readonly SurveyRow[] }
  | { type: 'progress'; run: number; at: Micros; target: Micros }
  | { type: 'studying'; run: number; progress: StudyProgress }
  /** What a study came to, or in a sentence why its request cannot be. */
  | { type: 'studied'; run: number; outcome: Result<unknown> }
  | { type: 'hunted'; run: number; answer: HuntAnswer }
  | { type: 'comparing'; run: number; at: Micros; until: Micros }
  | { type: 'compared'; run: number; comparison: Comparison }
  /** Null if neither has any. */
  | { type: 'strode'; run: number; by: 1 | -1; stride: Stride | null }
  | { type: 'answer'; id: number; answer: Answer }
  /** The engine cannot go on: a bug in a handler, or a bound that was reached. */
  | { type: 'broken'; run: number; text: string; at: Micros }

/** The futures of a run that is acted on in the past. */
export interface Tree {
  /** What the one on show is called. */
  name: string
  branches: readonly Branch[]
  redoable: boolean
}

export interface Frame {
  type: 'frame'
  run: number
  /** Every picture that was asked for up to this number is in this one. */
  turn: number
  moment: Moment
  /** Events so far: two frames with the same number show the same world. */
  seq: number
  /** The furthest instant that is known of the run as it stands. */
  reached: Micros
  /** Nothing happens before this instant. */
  until: Micros
  world: WorldView
  view: unknown
  /** How many events each monitor has watched. */
  watched: readonly Watched[]
  /** The violation that the run stopped at, on its way to the instant that was asked for. */
  stoppedAt?: Violation
  /** The part of the script that the run was to stop at, and stands at. */
  arrived?: number
}

/** What a monitor has done so far. */
export interface Watched {
  monitor: string
  events: number
  /** Why it can no longer say whether its property holds; null while it can. */
  undecided: string | null
}

export interface Chronicle {
  type: 'chronicle'
  run: number
  /** Everything with a number above this is replaced. */
  after: number
  stories: readonly Story[]
  operations: readonly OperationRecord[]
  violations: readonly Violation[]
  expectations: readonly ExpectationResult[]
}

export interface Story {
  seq: number
  at: Micros
  steps: number
  text: string
  about: readonly ProcessId[]
  tone: Tone
}

export interface ExpectationResult {
  text: string
  ok: boolean | null
  /** When it came true, or broke; null for what never came. */
  at: Micros | null
}

export type { Branch, ComparedSide, CompareJob, Expectation, Fired, Moment, Script, SurveyFigure, SurveyJob, SurveyRow }
