import type { ComponentType } from 'react'
import type { Micros } from '../base/units.ts'
import type { Command } from '../kernel/command.ts'
import type { LabTypes, ProcessId } from '../kernel/types.ts'
import type { StudyProgress } from '../lab/study.ts'
import type { WorldView } from '../lab/world-view.ts'

/** The screen half of a lab: pictures of its view. It holds no state of the world and decides nothing about it. */
export interface LabView<V> {
  /** The largest thing on the page. */
  Stage: ComponentType<LabProps<V>>
  /** Below the stage: what a client can ask. */
  Bar: ComponentType<LabProps<V>>
  /** Tabs beside the stage, the first one open. */
  panels: readonly Panel<V>[]
  /**
   * What a click on a process offers beyond what the house offers (crash, restart, pause …); its code need not be part of the
   * first load. Always the same function.
   */
  actions(): Promise<Offers<V>>
  /** A process in words, for its accessible name: `n3, leader of term 4`. */
  describe(view: V, world: WorldView, id: ProcessId): string
}

/** What can be done with a process, in groups. */
export type Offers<V> = (view: V, id: ProcessId) => readonly (readonly Action[])[]

export interface Panel<V> {
  id: string
  title: string
  Component: ComponentType<LabProps<V>>
}

export interface LabProps<V> {
  view: V
  world: WorldView
  /** The instant that `view` and `world` show. */
  at: Micros
  /** The instant that the eye is at, which moves between two frames. */
  cursor: Cursor
  playing: boolean
  /** Simulated seconds per second: decides which messages fly slowly enough for a label. Left out, all do. */
  speed?: number
  /** The process that is picked out, here and in the panels. */
  /** How much larger than usual everything is drawn, for a room to read; left out, 1. */
  scale?: number
  selected: ProcessId | null
  onSelect(id: ProcessId | null): void
  /** Opens the menu of a process, at its mark. */
  onOpenMenu(id: ProcessId, anchor: { x: number; y: number }): void
  /** Asks the engine to do something at the instant on show; `also` is done right after, and undone with it. */
  dispatch(command: Command<LabTypes>, also?: readonly Command<LabTypes>[]): void
  /** Begins a fresh run with these settings and so many servers; what is left out stays as it is now. */
  begin?(change: { config?: object; servers?: number }): void
  /** Begins a calculation of the lab in an engine of its own. Returns how to stop it; then the listener hears no more. */
  study(name: string, request: unknown, listener: StudyListener): () => void
  /** Which part of long things is on screen; the next frame shows it. */
  setWindow(change: Record<string, number>): void
}

export interface StudyListener {
  progress(progress: StudyProgress): void
  done(result: unknown): void
  /** In a sentence, why it cannot be done. */
  failed(why: string): void
}

export interface Action {
  id: string
  label: string
  /** Why it cannot be done now, or null. */
  disabled: string | null
  command: Command<LabTypes>
  /** Done right after it, and undone with it. */
  also?: readonly Command<LabTypes>[]
}

/** Simulated time as the animation loop sees it: 60 times a second while playing. */
export interface Cursor {
  now(): Micros
  /** Called once per painted frame with the instant to draw, and once at every seek. Returns how to stop. */
  subscribe(listener: (now: Micros) => void): () => void
}
