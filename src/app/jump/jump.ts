import { formatDuration, formatInstant, SECOND, type Micros } from '../../base/units.ts'
import type { JumpKind } from '../../engine/messages.ts'
import { actions } from '../actions.ts'
import { client, moveCursor } from '../playback.ts'
import { useStore } from '../store.ts'
import { kindText } from './kinds.ts'

/** Simulated time after which a search for what may never come ends. */
const LIMIT: Micros = 60 * SECOND

/** Goes to the next (1) or the last (-1) moment of a kind, or says that there is none. */
export async function jump(to: JumpKind, by: 1 | -1): Promise<void> {
  const { lab } = useStore.getState()
  if (lab === null) return
  useStore.setState({ playing: false, jumpTo: to })
  const answer = await client.ask({ type: 'jump', to, by, limit: LIMIT, window: client.window })
  if (answer.type !== 'jump') return
  moveCursor(answer.at)
  if (answer.found) return
  const what = kindText(lab.engine, to)
  const where = by === 1 ? `within ${formatDuration(LIMIT)} from here` : 'before this moment'
  actions.say({ text: `There is no ${what} ${where}.`, tone: 'plain' })
}

/** Runs until a condition holds: null if it came to hold, or a sentence that says why not. */
export async function runUntil(condition: string): Promise<string | null> {
  useStore.setState({ playing: false })
  const answer = await client.ask({ type: 'until', condition, limit: LIMIT, window: client.window })
  if (answer.type === 'error') return `${answer.text}.`
  if (answer.type !== 'until' || answer.found) return null
  return `It did not come true within ${formatDuration(LIMIT)}; the run stands at ${formatInstant(answer.at)}.`
}
