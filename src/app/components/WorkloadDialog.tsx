import type { Workload } from '../../kernel/types.ts'
import { ok } from '../../base/result.ts'
import { actions } from '../actions.ts'
import type { ChoiceField, NumberField } from '../settings-field.ts'
import { useStore } from '../store.ts'
import { Drawer } from './Drawer.tsx'
import { SettingRow } from './SettingsRow.tsx'
import { Tool } from './Tool.tsx'
import { type Shown, useShown } from './use-shown.ts'
import './settings.css'

/** What clients do on their own, and how often. */
export function WorkloadDialog() {
  const shown = useShown()
  return <Drawer title="Workload">{shown !== null && <Mix shown={shown} />}</Drawer>
}

function Mix({ shown }: { shown: Shown }) {
  const running = shown.frame.world.workload
  const kept = useStore((s) => s.mix)
  const mix: Workload = running ?? kept ?? shown.lab.engine.defaults.workload
  const change = (next: Partial<Workload>) => {
    const wanted = { ...mix, ...next }
    actions.setMix(wanted)
    if (running !== null) actions.dispatch({ type: 'workload', workload: wanted })
  }
  const start = () => {
    actions.setMix(mix)
    actions.dispatch({ type: 'workload', workload: mix })
  }
  return (
    <>
      <div className="settings-scroll">
        <p className="settings-lead dim">
          Idle clients ask on their own, at random instants.{' '}
          {running === null ? 'It stands still now.' : 'It runs now.'}
        </p>
        <section className="settings-group" aria-label="Mix">
          {fields(mix, readsAndWrites(shown)).map(({ field, set }) => (
            <SettingRow key={field.id} field={field} onChange={(_id, value) => change(set(value))} />
          ))}
        </section>
      </div>
      <footer>
        <span className="dim" role="status">
          {inWords(mix, running !== null, readsAndWrites(shown))}
        </span>
        <Tool
          disabled={running === null ? 'it does not run' : null}
          onClick={() => actions.dispatch({ type: 'workload', workload: null })}
        >
          Stop
        </Tool>
        <Tool className="button primary" disabled={running === null ? null : 'it runs already'} onClick={start}>
          Start
        </Tool>
      </footer>
    </>
  )
}

/** Only where operations read and write keys do their share and the keys mean anything. */
const readsAndWrites = ({ lab }: Shown): boolean => lab.engine.history !== undefined

/** A workload's own fields are no commands of their own: the whole mix is. */
const LATER = ok({ setup: <S,>(setup: S): S => setup })
const SOURCE = 'this simulation'

function fields(
  mix: Workload,
  all: boolean,
): { field: NumberField | ChoiceField; set(value: unknown): Partial<Workload> }[] {
  const common = { source: SOURCE, live: true, change: () => LATER }
  const number = { ...common, kind: 'number' as const }
  const list: ReturnType<typeof fields> = [
    {
      field: {
        ...number,
        id: 'rate',
        label: 'Rate',
        says: 'Over all clients. A client that still waits for an answer is passed over.',
        value: mix.rate,
        unit: 'per second',
        min: 0.1,
        max: 10_000,
        whole: false,
        range: '0.1 to 10,000 per second',
        slider: { min: 0.1, max: 1_000, byRatio: true },
      },
      set: (value) => ({ rate: Number(value) }),
    },
    {
      field: {
        ...number,
        id: 'read-share',
        label: 'Share of reads',
        says: 'The others write, each another value.',
        value: Math.round(mix.readShare * 1000) / 10,
        unit: '%',
        min: 0,
        max: 100,
        whole: false,
        range: '0 to 100 %',
        slider: { min: 0, max: 100, byRatio: false },
      },
      set: (value) => ({ readShare: Number(value) / 100 }),
    },
    {
      field: {
        ...number,
        id: 'keys',
        label: 'Keys',
        says: 'The fewer, the more operations meet at one key.',
        value: mix.keys,
        unit: '',
        min: 1,
        max: 10_000,
        whole: true,
        range: '1 to 10,000',
        slider: { min: 1, max: 1_000, byRatio: true },
      },
      set: (value) => ({ keys: Number(value) }),
    },
    {
      field: {
        ...common,
        kind: 'choice',
        id: 'distribution',
        label: 'Distribution of the keys',
        says: 'Zipf: the second key is asked for half as often as the first, the third a third as often.',
        value: mix.distribution,
        among: [
          { value: 'uniform', label: 'uniform' },
          { value: 'zipf', label: 'Zipf' },
        ],
      },
      set: (value) => ({ distribution: value === 'zipf' ? 'zipf' : 'uniform' }),
    },
  ]
  return all ? list : list.slice(0, 1)
}

function inWords({ rate, readShare }: Workload, runs: boolean, all: boolean): string {
  if (!all) return `${runs ? 'Now' : 'Would be'} ${rate} operations a second.`
  const reads = Math.round(rate * readShare * 10) / 10
  const writes = Math.round((rate - rate * readShare) * 10) / 10
  return `${runs ? 'Now' : 'Would be'} ${reads} reads and ${writes} writes a second.`
}
