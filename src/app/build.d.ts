/** What the build adds: see `scripts/scenario-index.ts` and `scripts/engine-worker.ts`. */
declare module 'virtual:scenarios' {
  import type { ScenarioEntry } from './catalogue.ts'

  const scenarios: readonly ScenarioEntry[]
  export default scenarios
}

declare module 'virtual:engine-worker' {
  const address: string
  export default address
}
