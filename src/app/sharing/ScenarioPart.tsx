import { useState } from 'react'
import { formatInstant } from '../../base/units.ts'
import type { AnyLab } from '../../lab/definition.ts'
import { writeScenario } from '../../lab/scenario-out.ts'
import type { SharedRun } from '../../lab/shared/shared-run.ts'
import { useStore } from '../store.ts'
import { save } from './save.ts'

interface ScenarioPartProps {
  lab: AnyLab
  shared: SharedRun
  /** A file's name, with its ending. */
  name(extension: string): string
}

/** The run up to the moment on show as a scenario, to be played on the command line and changed by hand. */
export function ScenarioPart({ lab, shared, name }: ScenarioPartProps) {
  const [problem, setProblem] = useState<string | null>(null)
  const isWithin = useStore(({ frame }) => frame !== null && frame.until <= shared.moment.at)
  const write = async () => {
    const { at } = shared.moment
    const { violations } = useStore.getState()
    const broken = [...new Set(violations.filter((one) => one.at <= at).map(({ monitor }) => monitor))]
    const { title = `A run of ${lab.about.title}`, about = '' } = shared.plan ?? {}
    const until = { title: `${title}, up to ${formatInstant(at)}`, about, until: at, broken }
    const out = await writeScenario(lab, shared.run, until)
    setProblem(out.ok ? null : `${out.error}.`)
    if (out.ok) save(name('scenario.json'), new Blob([out.value], { type: 'application/json' }))
  }
  return (
    <li>
      <button type="button" className="button" onClick={() => void write()}>
        Scenario
      </button>
      <span className="dim" role={problem === null ? undefined : 'alert'}>
        {problem ??
          (isWithin
            ? 'JSON that “netsplit run” plays to the end of this instant, of which some is still to come.'
            : 'JSON that “netsplit run” plays up to this moment.')}
      </span>
    </li>
  )
}
