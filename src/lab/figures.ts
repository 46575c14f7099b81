/**
 * Published numbers that a lab's engine is held to. A lab that has some exports `experiments` from its `figures.ts`; there
 * the command line, the test and the long check find them. A trial is one seeded run of the real engine.
 */
export interface Experiment {
  /** Unique in its lab, for `--only`. */
  id: string
  title: string
  /** What is run, so that a reader can judge whether it is what the source did. */
  setup: string
  /** How many trials: a few seconds' worth, and as many as the rarest figure needs. */
  trials: { short: number; long: number }
  /** Makes the function that runs a trial; what trials share is prepared here. A trial gives one number per column. */
  prepare(): (seed: number) => readonly number[]
  figures: readonly Figure[]
}

export interface Figure {
  title: string
  /** Where the number stands. */
  source: string
  /** Which of a trial's numbers it is about, from 0. */
  column: number
  statistic: Statistic
  /** `share` is printed in per cent; any other unit as it is. */
  unit: string
  digits: number
  published: number
  /** If the published number was itself measured: over so many trials. Its own standard error is then counted in. */
  publishedTrials?: number
  /**
   * `equal`: within 3 standard errors. `atMost`: not above it by more than 3. `report`: printed beside and not judged, for
   * what depends on hardware.
   */
  judged: 'equal' | 'atMost' | 'report'
}

export type Statistic =
  | { type: 'mean' }
  /** The mean of the trials whose number is not above `limit`; NaN if there is none. */
  | { type: 'meanUpTo'; limit: number }
  /** The share of trials whose number is above `limit`. */
  | { type: 'above'; limit: number }
  /** The number that a share `p` of the trials does not exceed. */
  | { type: 'quantile'; p: number }
  | { type: 'max' }
