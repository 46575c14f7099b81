/**
 * What a page and a lab in a frame on it say to each other by `postMessage`. Every message bears the version of the protocol
 * in `netsplit`; what bears none is somebody else's. Times are simulated milliseconds. docs/EMBED.md tells the whole of it.
 */
export const PROTOCOL = 1

/** What a page asks of a lab. */
export type Request =
  /** A ready-made scenario by its name, or any scenario by its content; paused unless `play`. */
  | { type: 'open'; scenario: string | object; seed?: number; step?: number; play?: boolean }
  /** At so many simulated seconds per second. */
  | { type: 'play'; speed?: number }
  | { type: 'pause' }
  | { type: 'seek'; at: number }
  /** A step of what the scenario tells, counted from 1; or the next or the last one. */
  | { type: 'step'; to: number }
  | { type: 'step'; by: 1 | -1 }
  /** Does something at the instant on show: one command, as docs/LIBRARY.md lists them. */
  | { type: 'dispatch'; command: object }
  /** Draws only each so-manieth frame of the screen, from this one of them on; 1 and 0 draw all. */
  | { type: 'pace'; every: number; turn: number }
  /** What to tell from now on, in the place of what was asked for before; and which keys not to keep for itself. */
  | { type: 'subscribe'; to?: readonly Topic[]; keys?: readonly string[] }

export type Topic = 'state' | 'event' | 'verdict'

/** A request as it is sent. The answer bears its `id`: a `state` once the picture stands, or an `error`. */
export type ToLab = { netsplit: typeof PROTOCOL; id?: string } & Request

/** What a lab says: answers, which bear the `id` of what they answer as `re`, and what was subscribed to. */
export type FromLab = { netsplit: typeof PROTOCOL; re?: string } & Told

export type Told =
  /** The first picture stands. */
  | ({ type: 'ready' } & LabState)
  | ({ type: 'state' } & LabState)
  /** Something worth telling happened in the run; or a key was pressed that the page asked for. */
  | { type: 'event'; story: { at: number; text: string } }
  | { type: 'event'; key: LabKey }
  | ({ type: 'verdict' } & LabVerdict)
  /** One sentence that names the field and what was expected. */
  | { type: 'error'; text: string }

export interface LabState {
  lab: string
  /** The name of a ready-made scenario; null for any other run. */
  scenario: string | null
  title: string
  seed: number
  at: number
  playing: boolean
  /** Counted from 1; a run without a scenario has one step. */
  step: number
  steps: number
  processes: readonly { id: string; status: string }[]
}

export interface LabVerdict {
  violations: readonly { property: string; at: number; text: string }[]
  /** What the scenario expects; `ok` is null while it is not decided. */
  expectations: readonly { text: string; ok: boolean | null }[]
}

export interface LabKey {
  key: string
  keyCode: number
  shiftKey: boolean
}
