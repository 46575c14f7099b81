import type { Distribution } from '../base/random.ts'
import { fail, type Result } from '../base/result.ts'
import { formatDuration, ms, type Micros } from '../base/units.ts'
import { distributionRefusal } from '../kernel/refusal.ts'
import { type Change, type DistributionField, duration, HOUSE, type NumberField } from './settings-field.ts'

/** A field for a length of time that is drawn anew each time, about the one that there is now. */
export function distribution(
  id: string,
  of: Distribution,
  about: { label: string; says: string; change(value: Distribution): Result<Change> },
): DistributionField {
  const { label, says } = about
  const common = { says, source: HOUSE, live: true }
  const change = (value: Distribution): Result<Change> => {
    if (value.type === 'uniform' && value.max < value.min)
      return fail(`The least, ${formatDuration(value.min)}, must not be above the most, ${formatDuration(value.max)}.`)
    const why = distributionRefusal(label, value)
    return why === null ? about.change(value) : fail(`${why}.`)
  }
  const time = (name: string, value: Micros, set: (to: Micros) => Distribution): NumberField => ({
    ...common,
    id: `${id}-${name.replaceAll(' ', '-')}`,
    label: name,
    ...duration(value, 0, LONGEST),
    change: (to) => change(set(ms(to))),
  })
  return {
    ...common,
    id,
    kind: 'distribution',
    label,
    choice: {
      ...common,
      id: `${id}-kind`,
      kind: 'choice',
      label: `${label}: kind`,
      value: of.type,
      among: Object.entries(KINDS).map(([value, words]) => ({ value, label: words })),
      change: (type) => change(converted(of, type as Distribution['type'])),
    },
    parts: partsOf(of, time, {
      ...common,
      id: `${id}-sigma`,
      label: 'sigma',
      kind: 'number',
      value: of.type === 'logNormal' ? of.sigma : 0,
      unit: '',
      min: 0,
      max: 3,
      whole: false,
      range: '0 to 3',
      slider: null,
      change: (sigma) => (of.type === 'logNormal' ? change({ ...of, sigma }) : fail('Choose log-normal first.')),
    }),
  }
}

const KINDS: Record<Distribution['type'], string> = {
  constant: 'always the same',
  uniform: 'between two bounds',
  normal: 'normal',
  logNormal: 'log-normal',
  exponential: 'exponential',
}

/** Longest that a latency or a sync may be set to. */
const LONGEST = ms(60_000)

function partsOf(
  of: Distribution,
  time: (name: string, value: Micros, set: (to: Micros) => Distribution) => NumberField,
  sigma: NumberField,
): NumberField[] {
  switch (of.type) {
    case 'constant':
      return [time('always', of.value, (value) => ({ ...of, value }))]
    case 'uniform':
      return [time('from', of.min, (min) => ({ ...of, min })), time('to', of.max, (max) => ({ ...of, max }))]
    case 'normal':
      return [
        time('mean', of.mean, (mean) => ({ ...of, mean })),
        time('deviation', of.deviation, (deviation) => ({ ...of, deviation })),
      ]
    case 'logNormal':
      return [time('median', of.median, (median) => ({ ...of, median })), sigma]
    case 'exponential':
      return [
        time('at least', of.floor, (floor) => ({ ...of, floor })),
        time('mean above it', of.mean, (mean) => ({ ...of, mean })),
      ]
  }
}

/** Another kind about the same middle. */
export function converted(of: Distribution, type: Distribution['type']): Distribution {
  if (of.type === type) return of
  const middle = middleOf(of)
  switch (type) {
    case 'constant':
      return { type, value: middle }
    case 'uniform':
      return { type, min: Math.round(middle * 0.8), max: Math.round(middle * 1.2) }
    case 'normal':
      return { type, mean: middle, deviation: Math.round(middle / 5) }
    case 'logNormal':
      return { type, median: middle, sigma: 0.5 }
    case 'exponential': {
      const floor = Math.round(middle * 0.8)
      return { type, floor, mean: middle - floor }
    }
  }
}

function middleOf(of: Distribution): Micros {
  switch (of.type) {
    case 'constant':
      return of.value
    case 'uniform':
      return Math.round((of.min + of.max) / 2)
    case 'normal':
      return of.mean
    case 'logNormal':
      return of.median
    case 'exponential':
      return of.floor + of.mean
  }
}
