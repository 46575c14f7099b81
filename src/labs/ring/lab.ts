import type { Lab } from '../../lab/definition.ts'
import { core } from './core.ts'
import { history } from './history-model.ts'
import { mistakes } from './mistakes.ts'
import { monitors } from './monitors/index.ts'
import { predicates } from './predicates.ts'
import { PRESETS, SETTINGS } from './settings.ts'
import { story } from './story.ts'
import type { Ring } from './types.ts'
import { verbs } from './verbs.ts'

export const lab: Lab<Ring> = {
  ...core,
  firstSteps: [
    { text: 'Write a key: two of its three owners must store it.', command: 'invoke' },
    { text: 'Switch the workload on: clients write and read, and keys fill the circle.', command: 'workload' },
    {
      text: 'Click a server, then Crash: another keeps its copies, as hints.',
      command: 'crash',
      told: /(\w+) keeps \S+ for (\w+)/,
      meanwhile: 'Waiting for a write that the crashed server should have had.',
      closes: '$1 will hand it back when $2 is here again.',
    },
  ],
  firstStepsNeed: 4,
  settings: SETTINGS,
  presets: PRESETS,
  history,
  monitors,
  jumps: [
    { id: 'repair', label: 'Repair', says: 'Replicas are made alike.', notes: ['repaired', 'healed', 'handedBack'] },
    {
      id: 'membership',
      label: 'Membership',
      says: 'A server joins, leaves or is removed.',
      notes: ['joined', 'left', 'removed'],
    },
    {
      id: 'lostUpdate',
      label: 'Overruled version',
      says: 'One version of a key gives way to another.',
      notes: ['overruled'],
    },
  ],
  mistakes,
  predicates,
  verbs,
  studies: { compare: async () => (await import('./compare/compare.ts')).compare },
  aliases: {
    /** The first server that is down. */
    crashed: (world) => world.ids('server').find((id) => world.status(id) === 'down') ?? null,
  },
  story,
  hunt: async () => (await import('./hunt.ts')).hints,
  explain: async () => (await import('./explain.ts')).explainer,
  glossary: async () => (await import('./glossary.ts')).glossary,
}
