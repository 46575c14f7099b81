import type { ProcessId, World } from '../../kernel/types.ts'
import type { LaneStyle } from '../../lab/definition.ts'
import { serverState } from './observe.ts'
import type { Role } from './state.ts'
import type { Raft } from './types.ts'

/** A leader's lane is bold, a candidate's dashed; the colour is the term. */
export function lane(world: World<Raft>, process: ProcessId): LaneStyle {
  const state = serverState(world, process)
  if (state === null) return { weight: 'thin', hue: null, label: '' }
  const { role, currentTerm } = state
  return { weight: WEIGHTS[role], hue: currentTerm, label: `${ROLE_NAMES[role]} in term ${currentTerm}` }
}

const WEIGHTS: Record<Role, LaneStyle['weight']> = {
  follower: 'thin',
  preCandidate: 'dashed',
  candidate: 'dashed',
  leader: 'bold',
}

/** The roles in words. */
const ROLE_NAMES: Record<Role, string> = {
  follower: 'follower',
  preCandidate: 'pre-candidate',
  candidate: 'candidate',
  leader: 'leader',
}
