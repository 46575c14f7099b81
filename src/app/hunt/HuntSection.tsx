import { actions } from '../actions.ts'
import { useHunt } from './hunt-state.ts'

/** The way to the hunt, beside the properties that it watches; and how it stands while it goes on unseen. */
export function HuntSection() {
  const hunt = useHunt((s) => s.hunt)
  const found = hunt === null ? 0 : new Set(hunt.found.map(({ monitor }) => monitor)).size
  return (
    <section className="checks checks-hunt" aria-labelledby="hunt-title">
      <h3 id="hunt-title">Many runs at once</h3>
      <p className="dim">
        {hunt === null
          ? 'Random faults, seed by seed, until a property breaks; then the fewest commands that break it.'
          : `${STATES[hunt.state]}: ${hunt.runs.toLocaleString('en')} of ${hunt.count.toLocaleString('en')} seeds, ${broke(found)}.`}
      </p>
      <button type="button" className="button" onClick={() => actions.openDialog('hunt')}>
        Hunt …
      </button>
    </section>
  )
}

const STATES = {
  running: 'A hunt goes on',
  paused: 'A hunt is paused',
  done: 'The last hunt',
  cancelled: 'The last hunt was cancelled',
  failed: 'The last hunt failed',
} as const

const broke = (found: number): string =>
  found === 0 ? 'nothing broke' : found === 1 ? 'one property broke' : `${found} properties broke`
