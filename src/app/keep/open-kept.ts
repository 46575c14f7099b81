import { readLink } from '../../lab/shared/link.ts'
import { actions } from '../actions.ts'
import { engineLoaders } from '../catalogue.ts'
import { findScenario } from '../sharing/find-scenario.ts'
import { openRead, openShared } from '../sharing/open-shared.ts'
import { browserStore, keptRuns } from './kept-runs.ts'

/** After a reload: the run that was on show, if it was kept at this address and by this version. */
export async function restoreRun(id: string): Promise<boolean> {
  const run = keptRuns(browserStore()).find((kept) => kept.id === id)
  if (run === undefined || run.query !== location.search) return false
  const read = await readLink(engineLoaders, run.link, findScenario)
  return read.ok && read.value.sameVersion && (await openShared(read.value))
}

/** Opens one of the last runs. */
export async function openKept(id: string): Promise<void> {
  const run = keptRuns(browserStore()).find((kept) => kept.id === id)
  if (run === undefined) return
  actions.openDialog(null)
  await openRead(await readLink(engineLoaders, run.link, findScenario))
}
