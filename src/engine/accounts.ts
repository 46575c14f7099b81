import { houseStory } from '../lab/house-story.ts'
import { MetricsRecorder } from './metrics-recorder.ts'
import { viewMetrics } from './metrics-view.ts'
import { violationMarks } from './lane-spans.ts'
import { OverviewRecorder } from './overview.ts'

/** What is told of every run alike, and what is measured of it: for a timeline that tells and measures. */
export const accounts = { houseStory, MetricsRecorder, viewMetrics, OverviewRecorder, violationMarks }

export type Accounts = typeof accounts
