import type { Micros } from '../../base/units.ts'
import type { ProcessId, World } from '../../kernel/types.ts'
import { holdsBeliefs } from './beliefs.ts'
import type { Member } from './member-list.ts'
import type { ServerState } from './state.ts'
import type { Gossip } from './types.ts'

/** When each server that knows something came to know it, in order. */
export interface SpreadView {
  text: string
  at: readonly Micros[]
  /** Servers that could know it. */
  of: number
}

const MAX_RUMOURS = 4

/** The rumours that were told last, each with how it went round those that run. */
export function rumoursOf(states: readonly (ServerState | null)[]): SpreadView[] {
  const times = new Map<string, Micros[]>()
  const running = states.filter(holdsBeliefs)
  for (const { rumours } of running) {
    for (const [rumour, { heardAt }] of rumours) {
      const at = times.get(rumour)
      if (at === undefined) times.set(rumour, [heardAt])
      else at.push(heardAt)
    }
  }
  const of = running.length
  const spread = [...times].map(([text, at]) => ({ text, at: at.toSorted((x, y) => x - y), of }))
  return spread.toSorted((x, y) => (y.at[0] as number) - (x.at[0] as number)).slice(0, MAX_RUMOURS)
}

/** What the last server to change its mind believes now, and since when the others do. */
export function latestNews(world: World<Gossip>, ids: readonly ProcessId[]): SpreadView | null {
  let latest: { about: ProcessId; member: Member } | null = null
  for (const holder of ids) {
    for (const [about, member] of world.state(holder)?.members.changed() ?? []) {
      if (about !== holder && member.since > (latest?.member.since ?? 0)) latest = { about, member }
    }
  }
  if (latest === null) return null
  const { about, member } = latest
  const live = ids.filter((id) => id !== about && holdsBeliefs(world.state(id)))
  const same = live.flatMap((id) => {
    const held = world.state(id)?.members.get(about)
    return held?.standing === member.standing && held.incarnation === member.incarnation ? [held.since] : []
  })
  const text = `${about} is ${member.standing}, incarnation ${member.incarnation}`
  return { text, at: same.toSorted((x, y) => x - y), of: live.length }
}
