import { writeHandIn } from '../../lab/shared/file.ts'
import { actions } from '../actions.ts'
import { client } from '../playback.ts'
import { fileName, save } from '../sharing/save.ts'
import { sharedNow, stillness } from '../sharing/shared-now.ts'
import { useStore } from '../store.ts'

/** Saves the run as far as it has come, for somebody who runs it again to see that the challenge was met. */
export async function handIn(): Promise<void> {
  const { lab, scenario, reached } = useStore.getState()
  if (lab === null || scenario === null) return
  useStore.setState({ playing: false })
  client.show(reached, true)
  await stillness()
  const shared = await sharedNow()
  if (shared === null) {
    actions.say({ text: 'The run changed while it was being saved. Try again.', tone: 'bad' })
    return
  }
  const text = writeHandIn(lab.engine, shared)
  save(fileName([scenario.id.replace('/', '-'), 'hand-in'], 'json'), new Blob([text], { type: 'application/json' }))
}
