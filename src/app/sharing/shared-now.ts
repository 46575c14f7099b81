import { SAFE_LINK, writeLinkWithin } from '../../lab/shared/link.ts'
import type { SharedFutures, SharedPlan, SharedRun } from '../../lab/shared/shared-run.ts'
import { client, momentOnShow } from '../playback.ts'
import type { PageState } from '../state.ts'
import { useStore } from '../store.ts'

/**
 * The run at the moment on show, to be handed on. Pauses: what plays on has no one moment. Null if the run was changed while
 * its fingerprint was on its way, or the engine did not answer.
 */
export async function sharedNow(): Promise<SharedRun | null> {
  useStore.setState({ playing: false })
  await stillness()
  const { frame, run, fired } = useStore.getState()
  const moment = momentOnShow()
  if (frame === null || run === null || moment === null) return null
  const answer = await client.ask({ type: 'fingerprint' })
  const now = useStore.getState()
  if (answer.type !== 'fingerprint' || now.frame?.moment.steps !== frame.moment.steps || now.run !== run) return null
  const { panel, selected, speed } = now
  const view = { panel, selected, speed }
  return { run, plan: planOf(now), fired, moment, view, fingerprint: answer.fingerprint, futures: futuresOf(now) }
}

/** The address that opens this page at that run, and how many of its branches found no room in it. */
export async function addressOf(shared: SharedRun): Promise<{ address: string; left: number }> {
  const { lab } = useStore.getState()
  if (lab === null) throw new Error('no lab is open')
  const page = `${location.origin}${location.pathname}#`
  const { link, left } = await writeLinkWithin(lab.engine, shared, SAFE_LINK - page.length)
  return { address: page + link, left }
}

/** Every picture that was asked for has come. */
export async function stillness(): Promise<void> {
  while (client.waiting) await new Promise<void>((resolve) => requestAnimationFrame(() => resolve()))
}

/** The futures that were left, and what this one is called. */
export const futuresOf = ({ tree: { name, branches } }: PageState): SharedFutures => ({ name, branches })

/** The scenario on show, as far as a run needs it. */
export function planOf({ scenario, script }: PageState): SharedPlan | null {
  if (scenario === null) return null
  const { id, title, about, until } = scenario
  return { id, title, about, until, script, expectations: client.expectations }
}
