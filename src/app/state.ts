import type { Micros } from '../base/units.ts'
import type { ForeignHistory } from '../check/history-file.ts'
import type { OperationRecord } from '../check/history.ts'
import type { Violation } from '../check/monitor.ts'
import type {
  AnyRun,
  ExpectationResult,
  Fired,
  Frame,
  JumpKind,
  Moment,
  Script,
  Story,
  SurveyJob,
  Tree,
} from '../engine/messages.ts'
import type { Command } from '../kernel/command.ts'
import type { LabTypes, ProcessId, Setup, Workload } from '../kernel/types.ts'
import type { Challenge } from '../lab/challenge.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { Step } from '../lab/steps.ts'
import type { LabView } from '../ui/lab-view.ts'

export type Theme = 'paper' | 'night'
/** How a sentence is meant, and how long it stays. */
export type Tone = 'plain' | 'bad'
/** How large everything is: for one's own screen, or for the back row of a room. */
export type PageSize = 'desk' | 'projector'

/** The scenario that the run on show follows. */
export interface PlannedScenario {
  /** Of a ready-made one, `raft/leader-crash`; empty for one's own. */
  id: string
  title: string
  about: string
  until: Micros
  /** Where a reader stops; none in one that plays by itself. */
  steps: readonly Step[]
  /** What is asked of the user, if anything is. */
  challenge: Challenge | null
}

/** All that the page knows. The world itself is in the engine; this is its latest picture and what the user is doing. */
export interface PageState {
  /** Null while the lab's code loads. At a first picture, only the core of the engine half has come; the rest is empty. */
  lab: { engine: AnyLab; view: LabView<unknown> } | null
  /** Null for a run that nobody has planned. */
  scenario: PlannedScenario | null
  /** Of a scenario in steps, the one that the reader is at. */
  step: number
  script: Script
  fired: readonly Fired[]
  run: AnyRun | null
  /** The futures beside the run on show. */
  tree: Tree
  /** Goes up with every open, command and undo; older answers are dropped. */
  generation: number
  frame: Frame | null
  /** The furthest instant that has been shown of this run. */
  reached: Micros
  stories: readonly Story[]
  operations: readonly OperationRecord[]
  violations: readonly Violation[]
  expectations: readonly ExpectationResult[]
  /** A history from a file of the user's, on show in the Client tab in place of the run's own. */
  foreign: { name: string; history: ForeignHistory } | null
  playing: boolean
  /** Simulated seconds per second; Infinity for as fast as it goes. */
  speed: number
  selected: ProcessId | null
  menu: { process: ProcessId; x: number; y: number } | null
  dialog:
    | 'help'
    | 'gallery'
    | 'cut'
    | 'hand'
    | 'lab'
    | 'settings'
    | 'workload'
    | 'share'
    | 'branches'
    | 'compare'
    | 'runs'
    | 'why'
    | 'hunt'
    | null
  panel: string | null
  /** What stands beside the stage is open, where there is no room for both. */
  details: boolean
  hintsDismissed: boolean
  theme: Theme
  size: PageSize
  embedded: boolean
  /** Before an audience; `blank` while the screen is dark. */
  presenting: 'on' | 'blank' | null
  /** Playing stops where a property breaks for the first time. */
  stopAtViolation: boolean
  /** What the workload's switch starts; null for the lab's own mix. */
  mix: Workload | null
  /** What was jumped to last, for the keys. */
  jumpTo: JumpKind | null
  /** Sentences for the user. A plain one passes by itself; a bad one (bad input, a worker that was restarted) is closed by hand. */
  notices: Readonly<Record<Tone, string | null>>
  /** What can be done about the bad notice of this text. */
  offer: { text: string; label: string; take(): void } | null
  /** While something runs on: how far it has come. */
  progress: { at: Micros; target: Micros } | null
}

/** What the user can do. Each is one function, whether a key, a button, a menu or a test asks for it. */
export interface PageActions {
  play(): void
  pause(): void
  toggle(): void
  setSpeed(speed: number): void
  seek(at: Micros): void
  step(by: 1 | -1): void
  dispatch(command: Command<LabTypes>): void
  /** Several commands at one instant, undone as one. */
  dispatchAll(commands: readonly Command<LabTypes>[]): void
  undo(): void
  redo(): void
  /** Pauses, and goes to the next or the last moment of a kind. */
  jump(to: JumpKind, by: 1 | -1): void
  /** Brings another branch on show, at the same instant. */
  switchBranch(id: number): void
  deleteBranch(id: number): void
  /** Names a branch; null is the one on show. */
  nameBranch(id: number | null, name: string): void
  /** Opens a lab afresh: with another number of servers or another seed, if given. */
  openLab(id: string, change?: { servers?: number; seed?: number }): void
  openScenario(id: string): void
  /** Of a scenario in steps: plays on to the next one; at once if it is on its way already. `pressedAt`, an event's time stamp, says when it was asked for; else it is now. */
  goOn(pressedAt?: number): void
  /** Stands where the step began, or, if that is on show, the one before it. */
  goBack(): void
  /** Stands where this step begins, counted from 0. */
  toStep(step: number): void
  /** Shows a history from elsewhere, or the run's own again. */
  showForeign(foreign: PageState['foreign']): void
  /** Opens a scenario, or shows a history, from a file of the user's. What else was dropped or chosen is refused in a sentence. */
  openFiles(files: readonly File[], isFolder?: boolean): void
  /** Begins the lab on show anew with this setup. */
  startAfresh(setup: Setup<LabTypes>): void
  /** The same with what is set now, but for this change. */
  beginWith(change: { config?: object; servers?: number }): void
  /** Shows one of the runs of a survey on the stage, from its start. */
  openSeed(job: SurveyJob, seed: number): void
  select(id: ProcessId | null): void
  openMenu(process: ProcessId, at: { x: number; y: number }): void
  closeMenu(): void
  openDialog(dialog: PageState['dialog']): void
  setPanel(id: string): void
  /** Opens or closes what stands beside the stage, where there is no room for both. */
  showDetails(open: boolean): void
  dismissHints(): void
  setTheme(theme: Theme): void
  setSize(size: PageSize): void
  setPresenting(presenting: PageState['presenting']): void
  /** Says a sentence in the place of the last one of its tone. */
  say(notice: { text: string; tone: Tone }): void
  hush(tone: Tone): void
  setWindow(change: Record<string, number>): void
  setStopAtViolation(stop: boolean): void
  setMix(mix: Workload): void
}

export type { Moment }
