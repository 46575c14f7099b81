import type { ProcessId, World } from '../../kernel/types.ts'
import type { Standing } from './roster.ts'
import type { ServerState } from './state.ts'
import type { Gossip } from './types.ts'

/** Up to so many servers everything is compared with everything. */
export const MAX_MATRIX = 60

/** Up and one of the cluster: others can rightly believe it alive, and its own beliefs count. */
export function isLive(world: World<Gossip>, id: ProcessId): boolean {
  const phase = world.state(id)?.phase
  return world.status(id) === 'up' && (phase === 'member' || phase === 'joining')
}

export function beliefOf(world: World<Gossip>, holder: ProcessId, about: ProcessId): Standing | 'unknown' {
  return world.state(holder)?.members.get(about)?.standing ?? 'unknown'
}

/** The letter of a belief in the matrix. */
const LETTERS: Record<Standing | 'unknown', string> = {
  alive: 'a',
  suspect: 's',
  dead: 'd',
  left: 'l',
  unknown: 'u',
}

/** One that is down knows nothing, and what one that has left knew is old. */
export const holdsBeliefs = (state: ServerState | null): state is ServerState =>
  state !== null && state.phase !== 'left'

/** `-` for a server that holds no beliefs, because it is down or has left. */
export function rowOf(world: World<Gossip>, id: ProcessId, ids: readonly ProcessId[]): string {
  const state = world.state(id)
  if (!holdsBeliefs(state)) return '-'.repeat(ids.length)
  return ids.map((about) => LETTERS[state.members.get(about)?.standing ?? 'unknown']).join('')
}

/** How many suspect a server, and to how many it is dead. */
export interface Doubts {
  suspects: number
  dead: number
}

export const NO_DOUBTS: Doubts = { suspects: 0, dead: 0 }

export function doubtsOfMatrix(ids: readonly ProcessId[], matrix: readonly string[]): ReadonlyMap<ProcessId, Doubts> {
  return new Map(
    ids.map((id, i) => {
      const column = columnOf(matrix, i)
      return [id, { suspects: letters(column, LETTERS.suspect), dead: letters(column, LETTERS.dead) }]
    }),
  )
}

/** Asks each server whom it suspects and whom it has lost, which are few, and not what it believes of everybody. */
export function doubtsOfCrowd(states: readonly (ServerState | null)[]): ReadonlyMap<ProcessId, Doubts> {
  const doubts = new Map<ProcessId, Doubts>()
  const of = (id: ProcessId): Doubts => {
    const known = doubts.get(id) ?? { ...NO_DOUBTS }
    doubts.set(id, known)
    return known
  }
  for (const state of states) {
    if (state === null || state.phase === 'left') continue
    for (const id of state.suspicions.keys()) of(id).suspects++
    for (const id of state.lost) if (state.members.get(id)?.standing === 'dead') of(id).dead++
  }
  return doubts
}

/** What most believe of the server at this place; the graver belief, if two are held by as many. */
export function mostBelieve(matrix: readonly string[], index: number): Standing | 'unknown' {
  const column = columnOf(matrix, index)
  let most: Standing | 'unknown' = 'alive'
  for (const standing of ['suspect', 'left', 'dead', 'unknown'] as const) {
    if (letters(column, LETTERS[standing]) > letters(column, LETTERS[most])) most = standing
  }
  return most
}

export function crowdBelieves(suspects: number, dead: number, half: number): Standing {
  if (dead > half) return 'dead'
  return suspects + dead > half ? 'suspect' : 'alive'
}

/**
 * How many beliefs are not true. A server that stands still can be wrong about others. Of itself there is no truth as long as it does: so nobody is right or
 * wrong about it.
 */
export function countWrong(
  world: World<Gossip>,
  ids: readonly ProcessId[],
  matrix: readonly string[],
): { beliefs: number; of: number } {
  let beliefs = 0
  let of = 0
  const still = new Set(ids.filter((id) => ['paused', 'stalled'].includes(world.status(id))))
  for (const [i, holder] of ids.entries()) {
    if (!isLive(world, holder) && !still.has(holder)) continue
    for (const [j, about] of ids.entries()) {
      if (i === j || still.has(about)) continue
      of++
      if (isWrong(matrix[i]?.[j], isLive(world, about))) beliefs++
    }
  }
  return { beliefs, of }
}

/** Whoever is there should be held for alive, and nobody else. */
const isWrong = (letter: string | undefined, live: boolean): boolean => (letter === LETTERS.alive) !== live

const columnOf = (matrix: readonly string[], index: number): string =>
  matrix.map((row, i) => (i === index ? '' : row[index])).join('')

const letters = (text: string, letter: string): number => text.split(letter).length - 1
