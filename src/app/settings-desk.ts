import type { Desk } from '../ui/stage/message-desk.ts'
import { actions } from './actions.ts'
import { client } from './playback.ts'
import { useStore } from './store.ts'

/** The engine knows what a message says, and the page can wait while somebody reads it. */
export const desk: Desk = {
  async read(id) {
    const answer = await client.ask({ type: 'message', id })
    return answer.type === 'message' ? answer.message : null
  },
  hold() {
    const { playing } = useStore.getState()
    if (!playing) return () => {}
    actions.pause()
    return () => actions.play()
  },
}
