import type { Lab } from '../../lab/definition.ts'
import { core } from './core.ts'
import { metrics } from './metrics.ts'
import { mistakes } from './mistakes.ts'
import { MAX_MATRIX } from './beliefs.ts'
import { monitors } from './monitors/index.ts'
import { predicates } from './predicates.ts'
import { presets } from './presets.ts'
import { SETTINGS } from './settings.ts'
import { actionText, story } from './story.ts'
import type { Gossip } from './types.ts'
import { verbs } from './verbs.ts'

export const lab: Lab<Gossip> = {
  ...core,
  firstSteps: [
    {
      text: 'Click g5, then Crash: the others find out by themselves.',
      command: 'crash',
      told: /believe that (\w+) is dead/,
      meanwhile: 'Somebody probes it, has no answer, asks others, and suspects it. It has some seconds to refute.',
    },
    {
      text: 'Drag a stroke around three servers to cut them off from the others.',
      command: 'cut',
      told: /declares (\w+) dead/,
      meanwhile: 'Each side suspects the other.',
    },
    {
      text: 'Heal: the dead are still told the news, and refute it.',
      command: 'mend',
      told: /refutes .* it is alive in incarnation (\d+)/,
      closes: 'A higher incarnation, here $1, beats what was said before.',
    },
  ],
  firstStepsNeed: 7,
  // A crowd is dots without names, and no stroke goes around three of them.
  firstStepsUpTo: MAX_MATRIX,
  settings: SETTINGS,
  presets,
  monitors,
  metrics,
  jumps: [
    { id: 'suspicion', label: 'Suspicion', says: 'A member suspects another.', notes: ['suspects'] },
    { id: 'death', label: 'Declared dead', says: 'A member declares another dead.', notes: ['declares'] },
    { id: 'refutation', label: 'Refutation', says: 'A member refutes what is said of it.', notes: ['refutes'] },
  ],
  mistakes,
  predicates,
  verbs,
  aliases: {},
  story,
  hunt: async () => (await import('./hunt.ts')).hints,
  explain: async () => (await import('./explain.ts')).explainer,
  glossary: async () => (await import('./glossary.ts')).glossary,
  actionText,
}
