import { toMs } from '../base/units.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { Scenario } from '../lab/scenario.ts'
import { accounts } from './accounts.ts'
import { scripting } from './scripting.ts'
import { Timeline } from './timeline.ts'
import type { Fired, Story } from './messages.ts'
import { walkSteps } from './walk-steps.ts'

/** What a scenario came to. Times are simulated milliseconds; null for what never came. */
export interface ScenarioResult {
  lab: string
  seed: number
  events: number
  simulatedMs: number
  /** 16 hex digits over every event. */
  fingerprint: string
  violations: { monitor: string; atMs: number; text: string; nodes: string[] }[]
  expectations: { text: string; ok: boolean; atMs: number | null }[]
  outcome: 'passed' | 'failed'
}

/** The result, and the story that led to it. */
export interface ScenarioRun {
  result: ScenarioResult
  stories: readonly Story[]
  fired: readonly Fired[]
}

/** What the surroundings may offer: a way to stop, and a pause in which they get their turn. */
export interface Host {
  signal?: { throwIfAborted(): void } | undefined
  breathe?: () => Promise<void>
}

/**
 * Runs a scenario to its end. It passes if all that it expects came true, each of its steps is reached and its questions agree with the run, and, unless it expects a violation itself, no
 * monitor found one. Yields to its host now and then; throws what `signal` was aborted with.
 */
export async function runToEnd(lab: AnyLab, scenario: Scenario, host: Host = {}): Promise<ScenarioRun> {
  const timeline = begun(lab, scenario)
  const breathe = async (): Promise<void> => {
    host.signal?.throwIfAborted()
    await host.breathe?.()
  }
  const steps = await walkSteps(timeline, scenario, breathe)
  while (!timeline.seek(scenario.until, STEPS_BETWEEN_BREATHS)) await breathe()
  return ended(timeline, lab, scenario, steps)
}

/** The same without a pause, for a scenario without steps. */
export function runAtOnce(lab: AnyLab, scenario: Scenario): ScenarioRun {
  const timeline = begun(lab, scenario)
  timeline.seek(scenario.until)
  return ended(timeline, lab, scenario, [])
}

function begun(lab: AnyLab, { run, script, expectations }: Scenario): Timeline {
  return new Timeline(lab, run, { script, expectations, scripting, accounts, spacing: 0 })
}

function ended(
  timeline: Timeline,
  lab: AnyLab,
  { run, until, expectsViolation, challenge }: Scenario,
  steps: ScenarioResult['expectations'],
): ScenarioRun {
  timeline.expectations?.close(until)
  const { violations } = timeline.chronicle
  const results = (timeline.expectations?.results() ?? []).map(({ text, ok, at }, i) => {
    const atMs = at === null ? null : toMs(at)
    if (challenge === null || i > 0) return { text, ok: ok === true, atMs }
    // The goal of a challenge is somebody’s to reach.
    return { text: `The goal is not met by itself: ${text}`, ok: ok !== true, atMs }
  })
  const problems = timeline.fired.flatMap(({ problem, at }) =>
    problem === null ? [] : [{ text: problem, ok: false, atMs: toMs(at) }],
  )
  const all = [...results, ...problems, ...steps]
  const accused = violations.length > 0 && (challenge !== null || !expectsViolation)
  return {
    result: {
      lab: lab.id,
      seed: run.setup.seed,
      events: timeline.seq,
      simulatedMs: toMs(until),
      fingerprint: timeline.fingerprint(),
      violations: violations.map(({ monitor, at, text, nodes }) => ({
        monitor,
        atMs: toMs(at),
        text,
        nodes: [...nodes],
      })),
      expectations: all,
      outcome: all.every(({ ok }) => ok) && !accused ? 'passed' : 'failed',
    },
    stories: timeline.chronicle.stories,
    fired: timeline.fired,
  }
}

const STEPS_BETWEEN_BREATHS = 20_000
