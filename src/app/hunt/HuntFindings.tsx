import { actions } from '../actions.ts'
import { openScenario } from '../open-scenario.ts'
import type { Kept } from '../../hunt/task.ts'
import { type Broke, brokenIn, type Hunt } from './hunt-state.ts'
import { Tool } from '../../ui/Tool.tsx'

/** What broke so far: each property with the smallest scenario that shows it. */
export function HuntFindings({ hunt }: { hunt: Hunt }) {
  const broken = brokenIn(hunt)
  return (
    <section className="hunt-findings" aria-label="What broke">
      {hunt.problem !== null && (
        <p role="alert" className="hunt-problem">
          The hunt stopped: {hunt.problem}.
        </p>
      )}
      {broken.length === 0 ? <p className="dim">{nothing(hunt)}</p> : <h3>{heading(hunt)}</h3>}
      <ul>
        {broken.map((each) => (
          <Finding key={each.monitor} broke={each} hunt={hunt} />
        ))}
      </ul>
      {hunt.undecided > 0 && (
        <p className="dim">In {hunt.undecided.toLocaleString('en')} runs some property was too much to decide.</p>
      )}
    </section>
  )
}

function Finding({ broke: { monitor, seeds, first, kept }, hunt }: { broke: Broke; hunt: Hunt }) {
  const open = async () => {
    if (kept === null || (await openScenario(kept.scenario)) !== null) return
    actions.openDialog(null)
    actions.setPanel('checks')
  }
  return (
    <li data-monitor={monitor}>
      <h4>{monitor}</h4>
      <span className="dim">{seeds === 1 ? 'on one seed' : `on ${seeds.toLocaleString('en')} seeds`}</span>
      <p>{kept?.text ?? first.text}</p>
      {kept === null ? (
        <p className="dim">
          {isOver(hunt) ? `Seed ${first.seed} was not shrunk.` : `Seed ${first.seed} is being shrunk …`}
        </p>
      ) : (
        <p className="dim">
          Seed {kept.seed}: {shrunkText(kept.commands, 'command')}, {shrunkText(kept.servers, 'server')}.
        </p>
      )}
      {kept?.confirmed === false && <p className="hunt-problem">Run by itself, the scenario does not show it.</p>}
      <Tool disabled={kept === null ? 'its commands are being shrunk first' : null} onClick={() => void open()}>
        Open on the stage
      </Tool>
    </li>
  )
}

/** `4 commands of 12`; `5 servers` where shrinking took none away. */
const shrunkText = ({ before, after }: Kept['commands'], what: string): string =>
  before === after ? count(after, what) : `${count(after, what)} of ${before}`

const isOver = ({ state }: Hunt): boolean => state !== 'running' && state !== 'paused'

const heading = ({ found, runs, quarry }: Hunt): string =>
  `${found.length.toLocaleString('en')} of ${count(runs, 'run')} broke something${under(quarry)}`

function nothing(hunt: Hunt): string {
  const { runs, events, quarry } = hunt
  if (!isOver(hunt)) return `Nothing broke so far${under(quarry)}.`
  return `Nothing broke in ${count(runs, 'run')} of ${count(events, 'event')}${under(quarry)}.`
}

const under = ({ lab, mistake, faults }: Hunt['quarry']): string =>
  ` (${[lab, mistake, faults].filter((word) => word !== null).join(', ')})`

const count = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`
