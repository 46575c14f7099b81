import { actions } from '../actions.ts'
import { client } from '../playback.ts'
import { useStore } from '../store.ts'
import { compareCursor } from './compare-desk.ts'
import { useCompare } from './compare-state.ts'

/** Leaves the comparison and goes on with one of the two, at the instant that was on show. */
export function openSide(index: 0 | 1): void {
  const side = useCompare.getState().sides?.[index]
  const at = Math.floor(compareCursor.now())
  actions.openDialog(null)
  if (side === undefined) return
  if (side.branch !== null) actions.switchBranch(side.branch)
  else if (index === 1) {
    useStore.setState({ playing: false, selected: null })
    client.open(side.value, side.script, client.expectations, at, { fired: side.fired })
    return
  }
  actions.seek(at)
}
