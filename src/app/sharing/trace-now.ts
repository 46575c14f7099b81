import { SECOND, type Micros } from '../../base/units.ts'
import type { AnyEvent } from '../../engine/messages.ts'
import type { Told } from '../../lab/trace/mermaid.ts'
import { client } from '../playback.ts'
import { useStore } from '../store.ts'

/** Simulated time that is asked for at once: an answer should not keep the engine busy for long. */
const STRETCH: Micros = SECOND
/** As many as fit into memory and into a file without trouble. */
const MOST_EVENTS = 1_000_000

/** All that happened from an instant up to and at another, made again; null if there is more of it than a file should have. */
export async function traceOf(from: Micros, to: Micros): Promise<readonly AnyEvent[] | null> {
  const events: AnyEvent[] = []
  for (let at = from; at <= to; at += STRETCH) {
    const answer = await client.ask({ type: 'trace', from: at, to: Math.min(to, at + STRETCH - 1) })
    if (answer.type !== 'trace') return null
    for (const event of answer.events) events.push(event)
    if (events.length > MOST_EVENTS) return null
  }
  return events
}

/** What was told of the run, by the numbers of the events. */
export function toldNow(): Told {
  return new Map(useStore.getState().stories.map(({ seq, text, about }) => [seq, { text, about }]))
}
