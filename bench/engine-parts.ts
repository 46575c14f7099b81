import { crowdFigures } from './crowd.ts'
import { engineFigures } from './engine.ts'
import { gossipFigures } from './gossip.ts'
import { historyFigures } from './history.ts'
import { huntFigures } from './hunt.ts'
import type { Part } from './measure.ts'
import { timeTravelFigures } from './time-travel.ts'

/** What needs nothing but the engines. */
export const engineParts: Readonly<Record<string, Part>> = {
  engine: engineFigures,
  crowd: crowdFigures,
  gossip: gossipFigures,
  history: historyFigures,
  hunt: huntFigures,
  'time-travel': timeTravelFigures,
}
