import type { ProcessId, World } from '../../kernel/types.ts'
import type { Predicate } from '../../lab/definition.ts'
import { beliefOf, isLive } from './beliefs.ts'
import type { ServerState } from './state.ts'
import type { Gossip } from './types.ts'

/** What a scenario of this lab may state. A belief is alive, suspect, dead, left or unknown. */
export const predicates: readonly Predicate<Gossip>[] = [
  {
    pattern: 'everyone believes SERVER is WORD',
    says: 'All live servers but itself.',
    noted: true,
    holds: (world, [about, word]) => believers(world, about, word).length === others(world, about).length,
  },
  {
    pattern: 'somebody believes SERVER is WORD',
    says: 'At least one live server other than itself.',
    noted: true,
    holds: (world, [about, word]) =>
      others(world, about).some((id) => beliefOf(world, id, about as ProcessId) === word),
  },
  {
    pattern: 'SERVER believes SERVER is WORD',
    says: 'What the first holds the second for: alive, suspect, dead, left or unknown.',
    noted: true,
    holds: (world, [holder, about, word]) =>
      isLive(world, holder as ProcessId) && beliefOf(world, holder as ProcessId, about as ProcessId) === word,
  },
  {
    pattern: 'NUMBER servers believe SERVER is WORD',
    says: 'At least so many live servers.',
    noted: true,
    holds: (world, [count, about, word]) => believers(world, about, word).length >= Number(count),
  },
  {
    pattern: 'all live servers agree',
    says: 'Every live server believes just those alive that are, in their present incarnations.',
    holds: agree,
  },
  {
    pattern: 'there are NUMBER clusters',
    says: 'The live servers fall into exactly so many groups in which they believe each other alive.',
    noted: true,
    holds: (world, [count]) => clusters(world) === Number(count),
  },
  {
    pattern: 'rumour WORD has reached everyone',
    says: 'Every live server knows it.',
    noted: true,
    holds: (world, [rumour]) => live(world).every((id) => world.state(id)?.rumours.has(rumour as string)),
  },
  {
    pattern: 'rumour WORD has reached NUMBER servers',
    says: 'At least so many live servers know it.',
    noted: true,
    holds: (world, [rumour, count]) =>
      live(world).filter((id) => world.state(id)?.rumours.has(rumour as string)).length >= Number(count),
  },
  {
    pattern: 'SERVER is in incarnation NUMBER',
    says: 'It has reached at least this incarnation.',
    noted: true,
    holds: (world, [id, count]) => (world.state(id as ProcessId)?.incarnation ?? 0) >= Number(count),
  },
  {
    pattern: 'SERVER doubts itself',
    says: 'Its health score is above 0.',
    holds: (world, [id]) => (world.state(id as ProcessId)?.score ?? 0) > 0,
  },
  {
    pattern: 'SERVER is joining',
    says: 'It has started and no seed has answered yet.',
    noted: true,
    holds: (world, [id]) => world.state(id as ProcessId)?.phase === 'joining',
  },
  {
    pattern: 'SERVER has left',
    says: 'It has announced its leave and shut down.',
    noted: true,
    holds: (world, [id]) => world.state(id as ProcessId)?.phase === 'left',
  },
  {
    pattern: 'nobody suspects anybody',
    says: 'No live server has a suspicion.',
    noted: true,
    holds: (world) => live(world).every((id) => world.state(id)?.suspicions.size === 0),
  },
  {
    pattern: 'NUMBER suspicions were raised',
    says: 'At least so many, over all servers since each started.',
    noted: true,
    holds: (world, [count]) => total(world, 'suspicions') >= Number(count),
  },
  {
    pattern: 'NUMBER deaths were declared',
    says: 'At least so often a server’s own patience with a suspect was over.',
    noted: true,
    holds: (world, [count]) => total(world, 'deaths') >= Number(count),
  },
  {
    pattern: 'SERVER suspects NUMBER others',
    says: 'At this moment, at least so many, stalled or not.',
    noted: true,
    holds: (world, [id, count]) => (world.state(id as ProcessId)?.suspicions.size ?? 0) >= Number(count),
  },
  {
    pattern: 'SERVER asks others about SERVER',
    says: 'The first has had no answer from the second in time, and waits for answers by way of others.',
    holds: (world, [id, about]) => {
      const probe = world.state(id as ProcessId)?.probe
      return probe?.stage === 'indirect' && probe.target === about
    },
  },
  {
    pattern: 'SERVER has declared NUMBER deaths',
    says: 'Its own patience with a suspect was over at least so often since it started, stalled or not.',
    noted: true,
    holds: (world, [id, count]) => (world.state(id as ProcessId)?.tally.deaths ?? 0) >= Number(count),
  },
  {
    pattern: 'NUMBER accusations were refuted',
    says: 'At least so many, over all servers since each started.',
    noted: true,
    holds: (world, [count]) => total(world, 'refutations') >= Number(count),
  },
  {
    pattern: 'some live server is believed dead',
    says: 'A live server holds another live one for dead.',
    noted: true,
    holds: (world) =>
      live(world).some((id) => others(world, id).some((other) => beliefOf(world, other, id) === 'dead')),
  },
]

const live = (world: World<Gossip>): ProcessId[] => world.ids('server').filter((id) => isLive(world, id))

const others = (world: World<Gossip>, about: string | undefined): ProcessId[] =>
  live(world).filter((id) => id !== about)

const believers = (world: World<Gossip>, about: string | undefined, word: string | undefined): ProcessId[] =>
  others(world, about).filter((id) => beliefOf(world, id, about as ProcessId) === word)

function total(world: World<Gossip>, what: 'suspicions' | 'deaths' | 'refutations'): number {
  return world.ids('server').reduce((sum, id) => sum + (world.state(id)?.tally[what] ?? 0), 0)
}

/** A server that stands still (paused, stalled) has no true state, so nobody is wrong about it. */
export function agree(world: World<Gossip>): boolean {
  const ids = world.ids('server')
  return live(world).every((holder) => {
    const state = world.state(holder) as ServerState
    return ids.every((about) => isRight(world, state, about))
  })
}

function isRight(world: World<Gossip>, { members }: ServerState, about: ProcessId): boolean {
  const held = members.get(about)
  const status = world.status(about)
  if (status === 'paused' || status === 'stalled') return true
  if (!isLive(world, about)) return held === undefined || held.standing === 'dead' || held.standing === 'left'
  return held?.standing === 'alive' && held.incarnation === world.state(about)?.incarnation
}

function clusters(world: World<Gossip>): number {
  const left = new Set(live(world))
  let count = 0
  for (const first of left) {
    if (!left.has(first)) continue
    count++
    const group = [first]
    left.delete(first)
    for (const id of group) {
      for (const other of left) {
        if (!believeEachOther(world, id, other)) continue
        left.delete(other)
        group.push(other)
      }
    }
  }
  return count
}

function believeEachOther(world: World<Gossip>, a: ProcessId, b: ProcessId): boolean {
  const holds = (x: ProcessId, y: ProcessId): boolean => ['alive', 'suspect'].includes(beliefOf(world, x, y))
  return holds(a, b) && holds(b, a)
}
