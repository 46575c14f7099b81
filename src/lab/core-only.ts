import type { AnyLab, AnyLabCore } from './definition.ts'

/** A lab of which only the core has come: it runs to the same bit, and nothing watches or tells the run. */
export function coreOnly(core: AnyLabCore): AnyLab {
  return { ...core, ...NOTHING }
}

const NOTHING = {
  firstSteps: [],
  firstStepsNeed: 0,
  settings: [],
  monitors: [],
  mistakes: [],
  predicates: [],
  aliases: {},
  verbs: [],
  story: () => null,
} satisfies Partial<AnyLab>
