import type { SharedRun } from '../../lab/shared/shared-run.ts'
import { ENGINE_VERSION } from '../../kernel/version.ts'
import { addressOf, futuresOf, planOf } from '../sharing/shared-now.ts'
import { useStore } from '../store.ts'
import { type Promised, standOfBoth, startComparing } from './compare-desk.ts'
import { useCompare } from './compare-state.ts'

/** The comparison on show at its moment, to be handed on, and the address that opens it; null before both stand. */
export async function sharedComparison(): Promise<{ shared: SharedRun; address: string } | null> {
  const stand = await standOfBoth()
  const { sides, until } = useCompare.getState()
  const state = useStore.getState()
  if (stand === null || sides === null || state.lab === null) return null
  const [its, other] = sides
  const { panel, selected, speed } = state
  const shared: SharedRun = {
    run: its.value,
    plan: planOf(state),
    fired: its.fired,
    moment: stand.moments[0],
    view: { panel, selected, speed },
    fingerprint: stand.fingerprints[0],
    futures: futuresOf(state),
    beside: {
      names: [its.name, other.name],
      branch: other.branch,
      run: other.value,
      fired: other.fired,
      until,
      moment: stand.moments[1],
      fingerprint: stand.fingerprints[1],
    },
  }
  return { shared, address: (await addressOf(shared)).address }
}

/** Opens the comparison that was shared with a run, which is on show. */
export function openComparison({ run, plan, fired, moment, fingerprint, futures, beside }: SharedRun): void {
  if (beside === undefined) return
  const { labVersion = run.labVersion } = useStore.getState().run ?? {}
  const script = plan?.script ?? []
  const { until: reached, names } = beside
  const here = { engine: ENGINE_VERSION, labVersion }
  const branch = futures.branches.some(({ id }) => id === beside.branch) ? beside.branch : null
  const promised: Promised = {
    moments: [moment, beside.moment],
    fingerprints: [fingerprint, beside.fingerprint],
  }
  startComparing(
    [
      { name: names[0], branch: null, value: { ...run, ...here }, script, fired, reached },
      { name: names[1], branch, value: { ...beside.run, ...here }, script, fired: beside.fired, reached },
    ],
    Math.max(moment.at, beside.moment.at),
    promised,
  )
  useStore.setState({ dialog: 'compare', playing: false })
}
