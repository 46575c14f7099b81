import { type FormEvent, type ReactNode, useId, useMemo, useState } from 'react'
import { formatInstant } from '../../base/units.ts'
import { fail, type Result } from '../../base/result.ts'
import type { Pair } from '../../lab/comparison.ts'
import { cursor } from '../playback.ts'
import { readNumber } from '../settings-field.ts'
import { useStore } from '../store.ts'
import { type Changeable, changeables, changedSetup, withBranch, withSeed, withSetup } from './choices.ts'
import { type Contender, startComparing } from './compare-desk.ts'
import { Tool } from '../../ui/Tool.tsx'

/** What to compare the run on show with: another of its futures, another seed, or one thing of its setup. */
export function ComparePicker() {
  return (
    <div className="compare-picker">
      <p className="dim">
        The run on show beside another one, on one time axis, and the first event at which they differ. Your own run
        stands still meanwhile.
      </p>
      <BranchChoice />
      <SeedChoice />
      <SettingChoice />
    </div>
  )
}

const begin = (contenders: Pair<Contender> | null): void => {
  if (contenders !== null) startComparing(contenders, Math.round(cursor.now()))
}

/** The run on show, where there is one. */
function useReady() {
  const run = useStore((s) => s.run)
  const lab = useStore((s) => s.lab?.engine ?? null)
  const tree = useStore((s) => s.tree)
  const script = useStore((s) => s.script)
  const fired = useStore((s) => s.fired)
  const reached = useStore((s) => s.reached)
  return run === null || lab === null ? null : { state: { run, tree, script, fired, reached }, lab }
}

function BranchChoice() {
  const branches = useStore((s) => s.tree.branches)
  const [id, setId] = useState(branches.at(-1)?.id ?? 0)
  const ready = useReady()
  return (
    <Choice
      title="Another branch"
      says={branches.length === 0 ? 'There is none: go back in time and do something else, and there will be.' : null}
      disabled={ready === null || branches.length === 0}
      onBegin={() => ready !== null && begin(withBranch(ready.state, id))}
    >
      {branches.length > 0 && (
        <select
          className="select"
          aria-label="Branch"
          value={id}
          onChange={({ target }) => setId(Number(target.value))}
        >
          {branches.map(({ id: each, name, reached }) => (
            <option key={each} value={each}>
              {name}, seen up to {formatInstant(reached)}
            </option>
          ))}
        </select>
      )}
    </Choice>
  )
}

function SeedChoice() {
  const ready = useReady()
  const [text, setText] = useState(() => String((ready?.state.run.setup.seed ?? 0) + 1))
  const seed = /^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN
  const fits = seed < 2 ** 32
  return (
    <Choice
      title="Another seed"
      says="The same setup with other luck: all that you did is done again."
      problem={fits ? null : 'It must be a whole number from 0 to 4294967295.'}
      disabled={ready === null || !fits}
      onBegin={() => ready !== null && begin(withSeed(ready.state, ready.lab, seed))}
    >
      <input
        className="input tabular"
        inputMode="numeric"
        aria-label="Seed"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
    </Choice>
  )
}

function SettingChoice() {
  const ready = useReady()
  const setup = ready?.state.run.setup
  const lab = ready?.lab
  const groups = useMemo(() => (lab === undefined || setup === undefined ? [] : changeables(lab, setup)), [lab, setup])
  const all = groups.flatMap(({ fields }) => fields)
  const [id, setId] = useState(all[0]?.id ?? '')
  const field = all.find((each) => each.id === id)
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? (field === undefined ? '' : otherValue(field))
  const change = useMemo(() => (field === undefined ? fail('Choose a setting.') : changeTo(field, text)), [field, text])
  if (ready === null || field === undefined) return null
  return (
    <Choice
      title="One setting"
      says={field.says}
      problem={change.ok ? null : change.error}
      disabled={!change.ok}
      onBegin={() =>
        change.ok &&
        begin(
          withSetup(ready.state, ready.lab, changedSetup(ready.state.run.setup, change.value), namesOf(field, text)),
        )
      }
    >
      <select
        className="select"
        aria-label="Setting"
        value={id}
        onChange={({ target }) => {
          setId(target.value)
          setTyped(null)
        }}
      >
        {groups.map(({ title, fields }) => (
          <optgroup key={title} label={title}>
            {fields.map((each) => (
              <option key={each.id} value={each.id}>
                {each.label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <ValueInput field={field} text={text} onType={setTyped} />
    </Choice>
  )
}

function ValueInput({ field, text, onType }: { field: Changeable; text: string; onType(text: string): void }) {
  const now = `It is ${valueName(field, String(field.value))} in the run on show`
  if (field.kind === 'number') {
    return (
      <span className="compare-value">
        <input
          className="input tabular"
          inputMode="decimal"
          aria-label={`${field.label}, other value`}
          title={now}
          value={text}
          onChange={({ target }) => onType(target.value)}
        />
        {field.unit !== '' && <span className="dim">{field.unit}</span>}
      </span>
    )
  }
  const among = field.kind === 'switch' ? [String(!field.value)] : field.among.map(({ value }) => value)
  return (
    <select
      className="select"
      aria-label={`${field.label}, other value`}
      title={now}
      value={text}
      onChange={({ target }) => onType(target.value)}
    >
      {among.map((value) => (
        <option key={value} value={value}>
          {valueName(field, value)}
        </option>
      ))}
    </select>
  )
}

/** What to offer beside the value that there is. */
function otherValue(field: Changeable): string {
  switch (field.kind) {
    case 'switch':
      return String(!field.value)
    case 'choice':
      return field.among.find(({ value }) => value !== field.value)?.value ?? field.value
    case 'number': {
      const twice = field.value === 0 ? Math.min(field.max, 1) : field.value * 2
      return String(twice <= field.max ? twice : field.value / 2)
    }
  }
}

function changeTo(field: Changeable, text: string): ReturnType<Changeable['change']> {
  const same: Result<never> = fail('Choose another value than the one that there is.')
  if (text === String(field.value)) return same
  if (field.kind === 'switch') return field.change(text === 'true')
  if (field.kind === 'choice') return field.change(text)
  const read = readNumber(field, text)
  if (!read.ok) return read
  return read.value === field.value ? same : field.change(read.value)
}

const namesOf = (field: Changeable, text: string): Pair<string> => [
  `${field.label} ${valueName(field, String(field.value))}`,
  `${field.label} ${valueName(field, text)}`,
]

function valueName(field: Changeable, text: string): string {
  if (field.kind === 'switch') return text === 'true' ? 'on' : 'off'
  if (field.kind === 'choice') return field.among.find(({ value }) => value === text)?.label ?? text
  return `${text} ${field.unit}`.trim()
}

interface ChoiceProps {
  title: string
  says: string | null
  problem?: string | null
  disabled: boolean
  onBegin(): void
  children: ReactNode
}

function Choice({ title, says, problem = null, disabled, onBegin, children }: ChoiceProps) {
  const id = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!disabled) onBegin()
  }
  return (
    <form className="compare-with" aria-labelledby={id} onSubmit={submit}>
      <h3 id={id}>{title}</h3>
      <span className="compare-fields">
        {children}
        <Tool
          submits
          className="button primary"
          label={`Compare with ${title.toLowerCase()}`}
          disabled={disabled ? (problem ?? says ?? 'the lab is loading') : null}
        >
          Compare
        </Tool>
      </span>
      {problem !== null && <p role="alert">{problem}</p>}
      {problem === null && says !== null && <p className="dim">{says}</p>}
    </form>
  )
}
