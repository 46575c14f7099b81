import { create } from 'zustand'
import { SECOND, type Micros } from '../../base/units.ts'
import type { ComparedSide, Frame } from '../../engine/messages.ts'
import type { Comparison, Pair, Stride } from '../../lab/comparison.ts'
import type { LaneCounts, Lanes } from '../../lab/lanes.ts'
import type { Interval } from '../../ui/lanes/window.ts'

/** The places of the two. */
export const SIDES = [0, 1] as const

/** One of the two runs on show beside each other. */
export interface CompareSide extends ComparedSide {
  name: string
  /** The branch that it is; null for the run of the page, or one that is made for the comparison. */
  branch: number | null
  frame: Frame | null
  lanes: Lanes | null
  /** Messages added up, in the place of lines; null for lines. */
  counts: LaneCounts | null
}

/** All that the view of two runs knows; the page's own run stands still meanwhile. */
export interface CompareState {
  /** Null while it is being chosen what to compare with. */
  sides: Pair<CompareSide> | null
  until: Micros
  comparison: Comparison | null
  /** How far both have been compared. */
  compared: Micros
  playing: boolean
  window: Interval
  /** What the last step from event to event came to; null where the eye is at no single event. */
  stride: Stride | null
  /** In which direction there is no further event. */
  end: 1 | -1 | null
  /** Whether a shared comparison is at the moment that was shared; null for one that nobody shared, or not yet known. */
  arrival: Arrival | null
  /** Why one of them cannot go on. */
  problem: string | null
}

/** What the two runs of a shared comparison came to at its moment. */
export interface Arrival {
  /** The fingerprint of each, where it is another than the one that was shared; null where it is the same. */
  strayed: Pair<{ here: string; shared: string } | null>
}

export const NOTHING_COMPARED: CompareState = {
  sides: null,
  until: 0,
  comparison: null,
  compared: 0,
  playing: false,
  window: { from: 0, to: SECOND },
  stride: null,
  end: null,
  arrival: null,
  problem: null,
}

export const useCompare = create<CompareState>()(() => NOTHING_COMPARED)
