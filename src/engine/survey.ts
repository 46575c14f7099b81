import { SECOND, type Micros } from '../base/units.ts'
import type { LabTypes, Setup, TimedCommand } from '../kernel/types.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { MetricsView } from '../lab/metrics.ts'
import type { Script } from '../lab/script.ts'
import { freshRun } from '../lab/setup.ts'
import { accounts } from './accounts.ts'
import type { Scripting } from './scripting.ts'
import { Timeline } from './timeline.ts'

/** One setup under many seeds: what the user did, and what the scenario does, happens in each. */
export interface SurveyJob {
  lab: string
  setup: Setup<LabTypes>
  /** Those of the user; the script's come true anew. */
  commands: readonly TimedCommand<LabTypes>[]
  script: Script
  /** How long each run goes on. */
  until: Micros
}

/** What a run came to; null for a figure that it does not have, such as the latency of no operation. */
export interface SurveyRow {
  seed: number
  values: readonly (number | null)[]
}

/** One of the numbers that every run gives. */
export interface SurveyFigure {
  name: string
  label: string
  unit: 'duration' | 'rate' | 'bytes' | 'share' | 'count'
}

/** Runs the setup with this seed to its end and measures it. */
export function surveySeed(lab: AnyLab, job: SurveyJob, seed: number, scripting: Scripting | null): SurveyRow {
  const run = { ...freshRun<LabTypes>(lab, { ...job.setup, seed }), commands: job.commands }
  const timeline = new Timeline(lab, run, { script: job.script, scripting, spacing: 0, accounts, metrics: true })
  timeline.seek(job.until)
  return { seed, values: measured(timeline, job.until) }
}

/** What `values` hold, in their order. */
export function surveyFigures(lab: AnyLab): SurveyFigure[] {
  const metrics = lab.metrics ?? []
  return [
    { name: 'latency-p50', label: 'Client latency, p50', unit: 'duration' },
    { name: 'latency-p95', label: 'Client latency, p95', unit: 'duration' },
    { name: 'latency-p99', label: 'Client latency, p99', unit: 'duration' },
    ...metrics
      .filter(({ kind }) => kind === 'span')
      .map(({ name, label }) => ({ name, label, unit: 'duration' as const })),
    ...metrics.flatMap((each) =>
      each.kind === 'sample' ? [{ name: each.name, label: `${each.label}, p50`, unit: each.unit }] : [],
    ),
    { name: 'messages', label: 'Messages a second', unit: 'rate' },
    { name: 'bytes', label: 'Bytes a second', unit: 'bytes' },
    { name: 'broken', label: 'Properties broken', unit: 'count' },
  ]
}

/** The figures of a run that was played to `until`, in their order. Only of a timeline that was asked to measure. */
export function measured(timeline: Timeline, until: Micros): (number | null)[] {
  const broken = new Set(timeline.chronicle.violations.map(({ monitor }) => monitor)).size
  return [...valuesOf(timeline.metrics(), until), broken]
}

function valuesOf({ latency, spans, samples, traffic }: MetricsView, until: Micros): (number | null)[] {
  const seconds = until / SECOND
  const { all } = latency
  return [
    all?.p50 ?? null,
    all?.p95 ?? null,
    all?.p99 ?? null,
    ...spans.map(({ total }) => total),
    ...samples.map((each) => each.all?.p50 ?? null),
    traffic.reduce((sum, { messages }) => sum + messages, 0) / seconds,
    traffic.reduce((sum, { bytes }) => sum + bytes, 0) / seconds,
  ]
}
