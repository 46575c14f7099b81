import { create } from 'zustand'
import type { Explanation, Subject } from '../../lab/explain.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'

interface Asked {
  subject: Subject | null
  /** The answer, once it has come, or why there is none. */
  answer: Explanation | string | null
}

/** What was asked last, for the panel and for the diagram, which shows the causal past. */
export const useWhy = create<Asked>()(() => ({ subject: null, answer: null }))

/** Opens the panel with this question. Time stands still, since the answer is about this moment. */
export function askWhy(subject: Subject): void {
  actions.pause()
  actions.closeMenu()
  useWhy.setState({ subject, answer: null })
  actions.openDialog('why')
}

/** About the process that is picked out, or else about what happened last. */
export function askWhyHere(): void {
  const { selected, stories, frame } = useStore.getState()
  if (selected !== null) return askWhy({ type: 'process', process: selected })
  const last = stories.findLast(({ seq }) => seq <= (frame?.seq ?? 0))
  if (last !== undefined) askWhy({ type: 'event', seq: last.seq })
}
