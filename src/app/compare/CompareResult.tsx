import { useState } from 'react'
import { formatInstant } from '../../base/units.ts'
import {
  type ComparedFigure,
  type Comparison,
  type Difference,
  differenceText,
  type Pair,
} from '../../lab/comparison.ts'
import { Icon } from '../../ui/icons.tsx'
import { valueText } from '../components/metrics/format.ts'
import { CompareShare } from './CompareShare.tsx'
import { seekBoth, stopComparing } from './compare-desk.ts'
import { SIDES, useCompare } from './compare-state.ts'

/** What came of the comparison, in words and numbers. */
export function CompareResult() {
  const sides = useCompare((s) => s.sides)
  const comparison = useCompare((s) => s.comparison)
  const [sharing, setSharing] = useState(false)
  if (sides === null) return null
  const names: Pair<string> = [sides[0].name, sides[1].name]
  return (
    <section className="compare-result" aria-label="What differs">
      <p className="compare-names">
        <strong>{names[0]}</strong> and <strong>{names[1]}</strong>
        <span className="compare-name-tools">
          <button type="button" className="button small" aria-expanded={sharing} onClick={() => setSharing(!sharing)}>
            <Icon name="share" /> Share
          </button>
          <button type="button" className="button small" onClick={stopComparing}>
            Compare others…
          </button>
        </span>
      </p>
      {sharing && <CompareShare onClose={() => setSharing(false)} />}
      <Arrived names={names} />
      {comparison === null ? <Underway /> : <Found comparison={comparison} names={names} />}
    </section>
  )
}

/** Of a comparison that was shared: whether both came to what was shared. */
function Arrived({ names }: { names: Pair<string> }) {
  const arrival = useCompare((s) => s.arrival)
  if (arrival === null) return null
  const strayed = arrival.strayed.flatMap((one, i) => (one === null ? [] : [{ ...one, name: names[i] as string }]))
  if (strayed.length === 0)
    return <p role="status">This is the moment that was shared: the fingerprints of both are the same.</p>
  return (
    <p role="alert" className="compare-strayed">
      {strayed
        .map(
          ({ name, here, shared }) =>
            `${name} came to another state: its fingerprint is ${here} here, and was ${shared}.`,
        )
        .join(' ')}
    </p>
  )
}

function Underway() {
  const until = useCompare((s) => s.until)
  const compared = useCompare((s) => s.compared)
  return (
    <p role="status" className="dim">
      Both are played to {formatInstant(until)} and compared… <progress max={until} value={compared} />
    </p>
  )
}

function Found({ comparison, names }: { comparison: Comparison; names: Pair<string> }) {
  const { first, told, until, events } = comparison
  const later = told !== null && first !== null && told.at !== first.at ? told : null
  return (
    <>
      <div className="compare-found" role="status">
        {first === null ? (
          <p>
            They do not differ: all {events[0].toLocaleString('en')} events up to {formatInstant(until)} are the same.
          </p>
        ) : (
          <Told title="They part here" difference={first} names={names} />
        )}
        {later !== null && <Told title="First told otherwise" difference={later} names={names} />}
      </div>
      <Figures figures={comparison.figures} names={names} at={until} />
    </>
  )
}

function Told({ title, difference, names }: { title: string; difference: Difference; names: Pair<string> }) {
  const { at } = difference
  return (
    <p className="compare-told">
      <button
        type="button"
        className="button small"
        onClick={() => seekBoth(at)}
        title={`Show both at ${formatInstant(at)}`}
      >
        {title}
      </button>
      <span>{differenceText(difference, names)}</span>
    </p>
  )
}

/** Those that neither of the two has are left out. */
function Figures({ figures, names, at }: { figures: readonly ComparedFigure[]; names: Pair<string>; at: number }) {
  const known = figures.filter(({ values }) => values.some((value) => value !== null))
  return (
    <table className="compare-figures">
      <caption>By {formatInstant(at)}</caption>
      <thead>
        <tr>
          <td />
          {SIDES.map((i) => (
            <th key={i} scope="col">
              {names[i]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {known.map(({ label, unit, values }) => (
          <tr key={label} data-differs={values[0] !== values[1] || undefined}>
            <th scope="row">{label}</th>
            {SIDES.map((i) => (
              <td key={i}>{figureText(values[i], unit)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const figureText = (value: number | null, unit: ComparedFigure['unit']): string =>
  value === null ? '–' : valueText(value, unit)
