import type { ProcessId, World } from '../../kernel/types.ts'
import type { LaneStyle } from '../../lab/definition.ts'
import type { Gossip } from './types.ts'

/** A lane is bold while its server suspects somebody, dashed while it doubts itself or is not one of the cluster. */
export function lane(world: World<Gossip>, process: ProcessId): LaneStyle {
  const state = world.state(process)
  if (state === null) return { weight: 'thin', hue: null, label: '' }
  const { phase, suspicions, score } = state
  if (phase !== 'member') return { weight: 'dashed', hue: null, label: phase }
  if (suspicions.size === 1) return { weight: 'bold', hue: SUSPICION, label: `suspects ${[...suspicions.keys()][0]}` }
  if (suspicions.size > 1) return { weight: 'bold', hue: SUSPICION, label: `suspects ${suspicions.size}` }
  if (score > 0) return { weight: 'dashed', hue: null, label: `health ${score}` }
  return { weight: 'thin', hue: null, label: 'member' }
}

/** The orange of the house's palette. */
const SUSPICION = 2
