import { type ReactNode, useState } from 'react'
import { PROFILES } from '../../hunt/profile.ts'
import type { AnyLab } from '../../lab/definition.ts'
import { startHunt } from './hunt-desk.ts'

const COUNTS = [100, 1_000, 10_000]

/** What to hunt. */
export function HuntStart({ lab }: { lab: AnyLab }) {
  const [mistake, setMistake] = useState('')
  const [faults, setFaults] = useState('')
  const [count, setCount] = useState(1_000)
  const breaks = lab.mistakes.find(({ name }) => name === mistake)?.breaks
  const start = () => startHunt({ lab: lab.id, mistake: mistake || null, faults: faults || null }, count)
  return (
    <form
      className="hunt-start"
      onSubmit={(event) => {
        event.preventDefault()
        start()
      }}
    >
      <Choice label="A mistake on purpose" value={mistake} onChange={setMistake} says={breaks}>
        <option value="">none: {lab.about.title} as it is</option>
        {lab.mistakes.map(({ name, label }) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </Choice>
      <Choice label="Faults" value={faults} onChange={setFaults}>
        <option value="">{mistake === '' ? PROFILES['swarm']?.says : 'those that suit the mistake'}</option>
        {Object.entries(PROFILES).map(([name, { says }]) =>
          name === 'swarm' && mistake === '' ? null : (
            <option key={name} value={name}>
              {says}
            </option>
          ),
        )}
      </Choice>
      <Choice label="Seeds" value={String(count)} onChange={(value) => setCount(Number(value))}>
        {COUNTS.map((each) => (
          <option key={each} value={each}>
            1 to {each.toLocaleString('en')}
          </option>
        ))}
      </Choice>
      <button type="submit" className="button primary">
        Hunt
      </button>
    </form>
  )
}

interface ChoiceProps {
  label: string
  value: string
  onChange(value: string): void
  says?: string | undefined
  children: ReactNode
}

function Choice({ label, value, onChange, says, children }: ChoiceProps) {
  return (
    <label className="hunt-choice">
      <span>{label}</span>
      <select className="select" value={value} onChange={(event) => onChange(event.target.value)}>
        {children}
      </select>
      {says !== undefined && <small className="dim">{says}</small>}
    </label>
  )
}
