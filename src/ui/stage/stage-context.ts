import { createContext, useContext } from 'react'
import { must } from '../../base/assert.ts'
import type { Cursor } from '../lab-view.ts'
import type { Layout } from './layout.ts'
import type { Timers } from './timers.ts'

/** What marks on a stage know without being told: where things stand, and which instant the eye is at. */
export interface StageContextValue {
  layout: Layout
  cursor: Cursor
  timers: Timers
  /** How many pixels of the screen a unit of the picture takes. */
  scale: number
}

export const StageContext = createContext<StageContextValue | null>(null)

export function useStage(): StageContextValue {
  return must(useContext(StageContext), 'a stage around this mark')
}
