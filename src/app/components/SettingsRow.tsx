import { type CSSProperties, useId, useState } from 'react'
import {
  type Change,
  type ChoiceField,
  type DistributionField,
  type Field,
  formatNumber,
  fromSlider,
  type NumberField,
  readNumber,
  SLIDER,
  type SwitchField,
  toSlider,
} from '../settings-field.ts'
import { Switch } from './SettingsSwitch.tsx'

interface RowProps<F extends Field> {
  field: F
  /** The value that waits for a fresh run, if one does. */
  waiting?: unknown
  onChange(id: string, value: unknown, change: Change): void
}

/** One setting: its name, its value in real units, what it does, its range and where that comes from. */
export function SettingRow({ field, waiting, onChange }: RowProps<Field>) {
  switch (field.kind) {
    case 'number':
      return <NumberRow field={field} waiting={waiting} onChange={onChange} />
    case 'switch':
      return <SwitchRow field={field} waiting={waiting} onChange={onChange} />
    case 'choice':
      return <ChoiceRow field={field} waiting={waiting} onChange={onChange} />
    case 'distribution':
      return <DistributionRow field={field} onChange={onChange} />
  }
}

function NumberRow({ field, waiting, onChange }: RowProps<NumberField>) {
  const id = useId()
  const value = typeof waiting === 'number' ? waiting : field.value
  const draft = useDraft(field, value, onChange)
  const { slider } = field
  const shown = Number.isFinite(draft.number) ? draft.number : value
  return (
    <div className="setting" data-setting={field.id}>
      <div className="setting-head">
        <label className="setting-label" htmlFor={id}>
          {field.label}
        </label>
        <NumberInput field={field} id={id} draft={draft} describedBy={`${id}-says ${id}-problem`} />
      </div>
      {slider !== null && (
        <input
          type="range"
          className="setting-slider"
          style={{ '--fill': `${toSlider(slider, shown) / (SLIDER / 100)}%` } as CSSProperties}
          aria-label={`${field.label}, slider`}
          aria-valuetext={`${formatNumber(shown)} ${field.unit}`.trim()}
          min={0}
          max={SLIDER}
          value={toSlider(slider, shown)}
          onChange={(event) => {
            const next = fromSlider(slider, Number(event.currentTarget.value))
            draft.type(formatNumber(field.whole ? Math.round(next) : next))
          }}
          onPointerUp={draft.commit}
          onKeyUp={draft.commit}
          onBlur={draft.commit}
        />
      )}
      <Problem id={`${id}-problem`} says={draft.problem} />
      <Says id={`${id}-says`} field={field} range={field.range} waits={waiting !== undefined} />
    </div>
  )
}

function DistributionRow({ field, onChange }: RowProps<DistributionField>) {
  const id = useId()
  const [problem, setProblem] = useState<string | null>(null)
  const { choice, parts } = field
  return (
    <div
      className="setting"
      role="group"
      data-setting={field.id}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-says`}
    >
      <div className="setting-head">
        <span id={`${id}-label`} className="setting-label">
          {field.label}
        </span>
        <select
          className="select"
          aria-label={choice.label}
          value={choice.value}
          onChange={(event) => {
            const read = choice.change(event.currentTarget.value)
            setProblem(read.ok ? null : read.error)
            if (read.ok) onChange(choice.id, event.currentTarget.value, read.value)
          }}
        >
          {choice.among.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <div className="setting-parts">
        {parts.map((part) => (
          <Part
            key={part.id}
            part={part}
            of={field.label}
            problemId={`${id}-problem`}
            onChange={onChange}
            onProblem={setProblem}
          />
        ))}
      </div>
      <Problem id={`${id}-problem`} says={problem} />
      <Says id={`${id}-says`} field={field} range={parts[0]?.range ?? ''} />
    </div>
  )
}

function Part(props: {
  part: NumberField
  of: string
  problemId: string
  onChange: RowProps<NumberField>['onChange']
  onProblem(problem: string | null): void
}) {
  const { part, of, problemId, onChange, onProblem } = props
  const draft = useDraft(part, part.value, onChange, onProblem)
  const id = useId()
  return (
    <span className="setting-part">
      <label htmlFor={id}>{part.label}</label>
      <NumberInput field={part} id={id} draft={draft} name={`${of}, ${part.label}`} describedBy={problemId} />
    </span>
  )
}

function SwitchRow({ field, waiting, onChange }: RowProps<SwitchField>) {
  const id = useId()
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <div className="setting" data-setting={field.id}>
      <label className="setting-head">
        <span className="setting-label">{field.label}</span>
        <Switch
          on={typeof waiting === 'boolean' ? waiting : field.value}
          describedBy={`${id}-says ${id}-problem`}
          onSwitch={(value) => {
            const read = field.change(value)
            setProblem(read.ok ? null : read.error)
            if (read.ok) onChange(field.id, value, read.value)
          }}
        />
      </label>
      <Problem id={`${id}-problem`} says={problem} />
      <Says id={`${id}-says`} field={field} range="on or off" waits={waiting !== undefined} />
    </div>
  )
}

function ChoiceRow({ field, waiting, onChange }: RowProps<ChoiceField>) {
  const id = useId()
  const [problem, setProblem] = useState<string | null>(null)
  return (
    <div className="setting" data-setting={field.id}>
      <div className="setting-head">
        <label className="setting-label" htmlFor={id}>
          {field.label}
        </label>
        <select
          id={id}
          className="select"
          aria-describedby={`${id}-says ${id}-problem`}
          value={typeof waiting === 'string' ? waiting : field.value}
          onChange={(event) => {
            const { value } = event.currentTarget
            const read = field.change(value)
            setProblem(read.ok ? null : read.error)
            if (read.ok) onChange(field.id, value, read.value)
          }}
        >
          {field.among.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <Problem id={`${id}-problem`} says={problem} />
      <Says id={`${id}-says`} field={field} range="" waits={waiting !== undefined} />
    </div>
  )
}

function Says(props: { id: string; field: Field; range: string; waits?: boolean }) {
  const { id, field, range, waits = false } = props
  const { says, source, live } = field
  const mark = live ? 'live' : waits ? 'waits for a fresh run' : 'needs a fresh run'
  return (
    <p id={id} className="setting-says">
      {says}{' '}
      <span>
        {range !== '' && `${range} · `}
        {source} · <em data-live={live}>{mark}</em>
      </span>
    </p>
  )
}

function Problem({ id, says }: { id: string; says: string | null }) {
  return (
    <p id={id} className="setting-problem" role="alert">
      {says}
    </p>
  )
}

interface Draft {
  text: string
  number: number
  problem: string | null
  type(text: string): void
  commit(): void
}

/** What is being typed, until Enter or until the field is left; then it is a command, or a sentence says why not. */
export function useDraft(
  field: NumberField,
  value: number,
  onChange: RowProps<NumberField>['onChange'],
  onProblem?: (problem: string | null) => void,
): Draft {
  const [typed, setTyped] = useState<{ text: string; over: number } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  // The world has moved on, by this field or by an undo: its value is the one to show.
  if (typed !== null && typed.over !== value) {
    setTyped(null)
    setProblem(null)
  }
  const tell = (says: string | null) => {
    setProblem(says)
    onProblem?.(says)
  }
  const text = typed === null ? formatNumber(value) : typed.text
  return {
    text,
    number: text.trim() === '' ? Number.NaN : Number(text),
    problem,
    type(next) {
      setTyped({ text: next, over: value })
      if (problem !== null && readNumber(field, next).ok) tell(null)
    },
    commit() {
      if (typed === null) return
      const read = readNumber(field, typed.text)
      if (!read.ok) return tell(read.error)
      if (formatNumber(read.value) === formatNumber(value)) {
        setTyped(null)
        return tell(null)
      }
      const change = field.change(read.value)
      tell(change.ok ? null : change.error)
      if (change.ok) onChange(field.id, read.value, change.value)
    },
  }
}

function NumberInput(props: { field: NumberField; id: string; draft: Draft; describedBy: string; name?: string }) {
  const { field, id, draft, describedBy, name } = props
  return (
    <span className="setting-input">
      <input
        id={id}
        className="input tabular"
        type="number"
        inputMode="decimal"
        step="any"
        aria-label={name}
        aria-invalid={draft.problem === null ? undefined : true}
        aria-describedby={describedBy}
        value={draft.text}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onBlur={draft.commit}
        onKeyDown={(event) => event.key === 'Enter' && draft.commit()}
      />
      {field.unit !== '' && <span className="setting-unit">{field.unit}</span>}
    </span>
  )
}
