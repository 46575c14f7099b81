import { Many } from '../base/many.ts'
import { ReadAhead } from './read-ahead.ts'

/**
 * What makes a run of thousands quick; whatever happens is the same to the bit with and without it. Apart from the rest, because
 * a page's first picture is never of so many.
 */
export const crowdCare = { Many, ReadAhead }

export type CrowdCare = typeof crowdCare
