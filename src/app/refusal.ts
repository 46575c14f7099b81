import { client, momentOnShow } from './playback.ts'
import { useStore } from './store.ts'

/** Why the engine refused what `act` orders at the moment on show, in words; null if it did it. It is part of the run either way. */
export async function refusalAfter(act: () => Promise<void>): Promise<string | null> {
  const before = useStore.getState().frame?.seq ?? 0
  const at = momentOnShow()?.at ?? 0
  await act()
  const answer = await client.ask({ type: 'trace', from: at, to: at })
  if (answer.type !== 'trace') return null
  const refused = answer.events.findLast((event) => event.type === 'refused' && event.seq > before)
  return refused?.type === 'refused' ? refused.why : null
}
