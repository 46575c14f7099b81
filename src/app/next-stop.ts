import type { PageState } from './state.ts'

/**
 * The part of the script at which a reader stops: playing, at the next step; jumping, at the first that has not been reached,
 * so that none is skipped. Undefined where there is none.
 */
export function nextStop(
  { scenario, step, fired }: Pick<PageState, 'scenario' | 'step' | 'fired'>,
  jump: boolean,
): number | undefined {
  const steps = scenario?.steps ?? []
  return (jump ? steps.find(({ part }) => part >= fired.length) : steps[step + 1])?.part
}

/** How it is read or worked at beside the stage, in place of being narrated over it; null if it is not. */
export function guideOf(scenario: PageState['scenario']): 'steps' | 'challenge' | null {
  if (scenario === null) return null
  return scenario.challenge !== null ? 'challenge' : scenario.steps.length > 0 ? 'steps' : null
}
