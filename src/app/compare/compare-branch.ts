import { actions } from '../actions.ts'
import { cursor } from '../playback.ts'
import { useStore } from '../store.ts'
import { withBranch } from './choices.ts'
import { startComparing } from './compare-desk.ts'

/** Opens the view of two runs with the one on show and this branch of it. */
export function compareBranch(id: number): void {
  const state = useStore.getState()
  const { run } = state
  const contenders = run === null ? null : withBranch({ ...state, run }, id)
  if (contenders === null) return
  useStore.setState({ playing: false })
  startComparing(contenders, Math.round(cursor.now()))
  actions.openDialog('compare')
}
