import type { Command } from '../kernel/command.ts'
import type { LabTypes } from '../kernel/types.ts'

/** What a test sees of the page: the world on show, and how far the run is. */
export interface PageSnapshot {
  lab: string
  seed: number
  atMs: number
  steps: number
  playing: boolean
  world: unknown
  view: unknown
  operations: readonly unknown[]
  violations: readonly unknown[]
  expectations: readonly unknown[]
  stories: readonly { atMs: number; text: string }[]
  commands: readonly unknown[]
}

/**
 * `window.netsplit`, for Playwright and the like. Every promise resolves after the picture that belongs to it was painted,
 * so no test has to sleep. Times are simulated milliseconds.
 */
export interface TestApi {
  /** Resolves when the first run is on screen. */
  ready: Promise<void>
  /** The moment on show; of a lab or scenario that is being opened, its first. */
  state(): Promise<PageSnapshot>
  /** Does something at the instant on show. */
  dispatch(command: Command<LabTypes>): Promise<PageSnapshot>
  /** Plays on, at so many simulated seconds per second. */
  play(speed?: number): Promise<PageSnapshot>
  /** Pauses, and goes on by so much. */
  advance(ms: number): Promise<PageSnapshot>
  /** Pauses, and shows this instant. */
  seek(ms: number): Promise<PageSnapshot>
  /** Pauses, and runs on until a condition of the predicate language holds. Rejects if it does not within the limit. */
  runUntil(condition: string, options?: { limitMs?: number }): Promise<PageSnapshot>
  /** Opens a ready-made scenario by its name, or any scenario by its content, paused at its start. */
  open(scenario: string | object, options?: { seed?: number }): Promise<PageSnapshot>
  fingerprint(): Promise<string>
  /** Whether a condition of the predicate language holds at the instant on show. Rejects if it is none. */
  holds(condition: string): Promise<boolean>
  /** Pauses; the address that opens this page at the moment on show. */
  link(): Promise<string>
}

const CALLS = [
  'state',
  'dispatch',
  'play',
  'advance',
  'seek',
  'runUntil',
  'open',
  'fingerprint',
  'holds',
  'link',
] as const satisfies readonly (keyof TestApi)[]

/** What the calls do comes with the first of them. */
export type TestCalls = Pick<TestApi, (typeof CALLS)[number]>

export function installTestApi(ready: Promise<void>): void {
  const call =
    (name: keyof TestCalls) =>
    async (...given: unknown[]): Promise<unknown> => {
      const { calls } = await import('./test-calls.ts')
      return await (calls[name] as (...given: unknown[]) => Promise<unknown>)(...given)
    }
  Object.assign(window, { netsplit: { ready, ...Object.fromEntries(CALLS.map((name) => [name, call(name)])) } })
}
