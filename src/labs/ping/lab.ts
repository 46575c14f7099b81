import type { Lab } from '../../lab/definition.ts'
import { core } from './core.ts'
import { mistakes } from './mistakes.ts'
import { monitors } from './monitors.ts'
import { predicates } from './predicates.ts'
import { PRESETS, SETTINGS } from './settings.ts'
import { story } from './story.ts'
import type { Ping } from './types.ts'
import { verbs } from './verbs.ts'

export const lab: Lab<Ping> = {
  ...core,
  firstSteps: [
    {
      text: 'Click a2, then Crash: a1 soon misses its answers.',
      command: 'crash',
      told: /has no answer from/,
    },
    {
      text: 'Cut one direction of a link: who misses answers now, and who does not?',
      command: 'cut',
      told: /(\w+) has no answer from (\w+)/,
      closes: '$1 misses the answers of $2: a ping needs both directions.',
    },
  ],
  firstStepsNeed: 2,
  settings: SETTINGS,
  presets: PRESETS,
  monitors,
  jumps: [{ id: 'missed', label: 'Missed answer', says: 'A process has no answer in time.', notes: ['missed'] }],
  mistakes,
  predicates,
  verbs,
  aliases: {},
  story,
  explain: async () => (await import('./explain.ts')).explainer,
}
