import { type ReactNode, useId } from 'react'
import { formatInstant, type Micros } from '../../base/units.ts'
import type { Monitor, Violation } from '../../check/monitor.ts'
import type { ExpectationResult, Frame } from '../../engine/messages.ts'
import type { LabTypes, ProcessId } from '../../kernel/types.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { Icon } from '../../ui/icons.tsx'
import { NUMBERS } from '../../ui/numbers.ts'
import { Switch } from './SettingsSwitch.tsx'
import { HuntSection } from '../hunt/HuntSection.tsx'
import { useThrottled } from './use-throttled.ts'
import './settings.css'
import './settings-checks.css'

/** Counts of watched events race; twice a second is enough to see that somebody watches. */
const COUNT_MS = 500
const NONE: readonly Monitor<LabTypes>[] = []
const NO_ONE: readonly ProcessId[] = []
const NOBODY: Frame['watched'] = []

/** The properties that are watched all the while, those that are broken first, and what the scenario says will be so. */
export function ChecksPanel() {
  const monitors = useStore((s): readonly Monitor<LabTypes>[] => s.lab?.engine.monitors ?? NONE)
  const violations = useStore((s) => s.violations)
  const watched = useThrottled(
    useStore((s) => s.frame?.watched ?? NOBODY),
    COUNT_MS,
  )
  const expectations = useStore((s) => s.expectations)
  const isBroken = ({ name }: Monitor<LabTypes>) => violations.some(({ monitor }) => monitor === name)
  const list = (shown: readonly Monitor<LabTypes>[]) => (
    <ul>
      {shown.map((monitor) => (
        <Watched
          key={monitor.name}
          monitor={monitor}
          watched={watched.find((w) => w.monitor === monitor.name)}
          violations={violations.filter((violation) => violation.monitor === monitor.name)}
        />
      ))}
    </ul>
  )
  return (
    <>
      {violations.length > 0 && (
        <section className="checks" aria-labelledby="broken-title">
          <h3 id="broken-title">Broken</h3>
          {list(monitors.filter(isBroken))}
        </section>
      )}
      {expectations.length > 0 && (
        <section className="checks" aria-labelledby="expectations-title">
          <h3 id="expectations-title">This scenario expects</h3>
          <ul>
            {expectations.map((expectation) => (
              <Expected key={expectation.text} expectation={expectation} />
            ))}
          </ul>
        </section>
      )}
      <StopSwitch />
      <section className="checks" aria-labelledby="monitors-title">
        <h3 id="monitors-title">Watched at every event</h3>
        {list(monitors.filter((monitor) => !isBroken(monitor)))}
        {monitors.length === 0 && <p className="dim">This lab watches no property.</p>}
      </section>
      <HuntSection />
    </>
  )
}

interface WatchedProps {
  monitor: Monitor<LabTypes>
  watched: Frame['watched'][number] | undefined
  violations: readonly Violation[]
}

function Watched({ monitor, watched, violations }: WatchedProps) {
  const holds = violations.length === 0
  const undecided = holds ? (watched?.undecided ?? null) : null
  const said = undecided === null ? `holds · ${count(watched?.events ?? 0)}` : `undecided · ${undecided}`
  return (
    <Check ok={undecided === null ? holds : null} name={monitor.name} state={holds ? said : 'broken'}>
      <p>{monitor.says}</p>
      <p className="check-source">{monitor.source}</p>
      {violations.slice(0, 5).map((violation) => (
        <Moment key={violation.seq} at={violation.at} text={violation.text} who={violation.nodes} />
      ))}
      {violations.length > 5 && <p className="check-source">and {violations.length - 5} more</p>}
    </Check>
  )
}

function Expected({ expectation: { text, ok, at } }: { expectation: ExpectationResult }) {
  const state = ok === null ? 'still open' : ok ? 'true' : 'not so'
  return (
    <Check ok={ok} name={text} state={state}>
      {at !== null && <Moment at={at} text={ok === true ? 'it came true' : 'it broke here'} />}
    </Check>
  )
}

function Check({
  ok,
  name,
  state,
  children,
}: {
  ok: boolean | null
  name: string
  state: string
  children: ReactNode
}) {
  return (
    <li className="check" data-state={ok === null ? 'open' : ok ? 'ok' : 'bad'}>
      <span className="check-sign">{ok !== null && <Icon name={ok ? 'check' : 'close'} />}</span>
      <div>
        <h4>{name}</h4>
        <span className="check-state">{state}</span>
        {children}
      </div>
    </li>
  )
}

function Moment({ at, text, who = NO_ONE }: { at: Micros; text: string; who?: readonly ProcessId[] }) {
  const unnamed = who.filter((id) => !text.includes(id))
  return (
    <button type="button" className="check-moment" onClick={() => actions.seek(at)} title="Go to this moment">
      <span className="mono">{formatInstant(at)}</span>
      <span>
        {text}
        {unnamed.length > 0 && <small className="check-who">{unnamed.join(', ')}</small>}
      </span>
    </button>
  )
}

/** Playing stops where a property breaks. Stepping and jumping go wherever they are told. */
function StopSwitch() {
  const stop = useStore((s) => s.stopAtViolation)
  const id = useId()
  return (
    <p className="checks-stop">
      <label htmlFor={id}>Stop at the first violation</label>
      <Switch id={id} on={stop} onSwitch={(on) => actions.setStopAtViolation(on)} />
    </p>
  )
}

const count = (events: number): string =>
  events === 1 ? '1 event watched' : `${NUMBERS.format(events)} events watched`
