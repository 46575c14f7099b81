import { engineLoaders } from '../catalogue.ts'
import { actions } from '../actions.ts'
import { readRunData } from '../../lab/shared/file.ts'
import { firstDifference, type TraceRead } from '../../lab/trace/ndjson.ts'
import { useStore } from '../store.ts'
import { findScenario } from './find-scenario.ts'
import { openRead } from './open-shared.ts'
import { stillness } from './shared-now.ts'
import { traceOf } from './trace-now.ts'

/** Opens the run that a trace is of, and compares every line with what the engine makes of it. */
export async function openTrace({ run, lines }: TraceRead, name: string): Promise<void> {
  const read = await readRunData(engineLoaders, run, findScenario, name)
  await openRead(read)
  if (!read.ok || !read.value.sameVersion) return
  await stillness()
  const { frame, generation } = useStore.getState()
  const events = await traceOf(0, read.value.shared.moment.at)
  if (events === null || frame === null || useStore.getState().generation !== generation) return
  const line = firstDifference(
    lines,
    events.filter(({ seq }) => seq <= frame.seq),
  )
  if (line === null)
    actions.say({ text: `${name}: all ${lines.length} events are as the trace has them.`, tone: 'plain' })
  else actions.say({ text: `${name}:${line}: the run goes another way than the trace from this line on.`, tone: 'bad' })
}
