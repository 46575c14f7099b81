import { create } from 'zustand'
import type { Compared, CompareRequest } from '../../compare/compare.ts'
import type { StudyProgress } from '../../../../lab/study.ts'
import type { LabProps } from '../../../../ui/lab-view.ts'
import type { RingLabView } from '../../observe.ts'
import { type Form, OPENING, readForm } from './form.ts'

/** The tab's own affairs, which a run knows nothing of: they stay while another tab is open. */
export interface Desk {
  form: Form
  /** What is under way, or null. */
  progress: StudyProgress | null
  outcome: Outcome | null
  problem: string | null
}

/** What was compared, and by which request. */
export interface Outcome {
  request: CompareRequest
  results: readonly Compared[]
}

type Study = LabProps<RingLabView>['study']

export const useDesk = create<Desk>()(() => ({ form: OPENING, progress: null, outcome: null, problem: null }))

export const change = (part: Partial<Form>): void => useDesk.setState(({ form }) => ({ form: { ...form, ...part } }))

/** Compares by the form as it stands; what was under way is stopped. */
export function begin(study: Study): void {
  cancel()
  const read = readForm(useDesk.getState().form)
  if (!read.ok) {
    useDesk.setState({ problem: read.error })
    return
  }
  const request = read.value
  useDesk.setState({ progress: { done: 0, doing: 'Starting' }, problem: null })
  stop = study('compare', request, {
    progress: show,
    done: (results) => finish({ outcome: { request, results: results as readonly Compared[] } }),
    failed: (problem) => finish({ problem }),
  })
}

export function cancel(): void {
  stop?.()
  finish({})
}

let stop: (() => void) | null = null

function finish(what: Partial<Desk>): void {
  stop = null
  useDesk.setState({ progress: null, ...what })
}

/** A hundredth is as much as an eye can tell. */
function show(progress: StudyProgress): void {
  const before = useDesk.getState().progress
  if (before === null || progress.done - before.done >= 0.01 || progress.doing !== before.doing) {
    useDesk.setState({ progress })
  }
}
