import { linearizable } from '../../check/linearizable.ts'
import type { Lab } from '../../lab/definition.ts'
import { aliases } from './aliases.ts'
import { contents } from './contents.ts'
import { core } from './core.ts'
import { history } from './history-model.ts'
import { metrics } from './metrics.ts'
import { mistakes } from './mistakes.ts'
import { monitors } from './monitors/index.ts'
import { predicates } from './predicates.ts'
import { presets } from './presets.ts'
import { SETTINGS } from './settings.ts'
import { actionText, story } from './story.ts'
import { atOnce } from './timers.ts'
import type { Raft } from './types.ts'
import { verbs } from './verbs.ts'

export const lab: Lab<Raft> = {
  ...core,
  firstSteps: [
    {
      text: 'Click {leader}, then Crash: the others elect a new leader.',
      command: 'crash',
      told: /wins term/,
      meanwhile: 'Watch the arcs: the server whose arc runs out first asks the others for their votes.',
    },
    {
      text: 'Write a value with the bar below, and watch it spread.',
      command: 'invoke',
      meanwhile: 'The leader sends it to all. The client has its answer once a majority holds it.',
    },
    { text: 'Drag a stroke around {leader} to cut it off from the others.', command: 'cut' },
    {
      text: 'Write on both sides of the cut, then Heal, and see which write survives.',
      command: 'mend',
      told: /drops entr.* \((.+)\): (no majority held (?:it|them))/,
      closes: '$1 was lost: $2.',
    },
  ],
  firstStepsNeed: 3,
  settings: SETTINGS,
  presets,
  atOnce,
  contents,
  history,
  monitors: [...monitors, linearizable(history)],
  metrics,
  jumps: [
    { id: 'election', label: 'Election', says: 'A server has won its term.', notes: ['becameLeader'] },
    { id: 'candidacy', label: 'Candidacy', says: 'A server asks for votes.', notes: ['becameCandidate'] },
    { id: 'commit', label: 'Commit', says: 'A leader has committed entries.', notes: ['committed'] },
  ],
  mistakes,
  predicates,
  verbs,
  aliases,
  story,
  actionText,
  hunt: async () => (await import('./hunt.ts')).hints,
  explain: async () => (await import('./explain.ts')).explainer,
  glossary: async () => (await import('./glossary.ts')).glossary,
}
