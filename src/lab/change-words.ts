import type { Distribution } from '../base/random.ts'
import { formatDuration, type Micros } from '../base/units.ts'
import type { DiskSettings, LabTypes, LinkSettings, Workload } from '../kernel/types.ts'
import { hasMistake } from './config.ts'
import type { AnyLab, Setting } from './definition.ts'

/**
 * What a change of settings changes, in words and real units, to go behind “You”: `changed “Heartbeat every” from 60 ms to
 * 45 ms`. What stays as it was is not told; null if everything does. What it was is not
 * told where nobody knows.
 */
export function configChange(lab: AnyLab, before: object, change: object): string | null {
  const after = { ...before, ...change }
  const switched = lab.mistakes
    .filter((mistake) => hasMistake(lab, before, mistake) !== hasMistake(lab, after, mistake))
    .map((mistake) => `switched the mistake “${mistake.label}” ${hasMistake(lab, after, mistake) ? 'on' : 'off'}`)
  const changed = differing(before, change).flatMap((key) => {
    const setting = lab.settings.find((one) => one.key === key)
    return setting === undefined ? [] : [fromTo(`“${setting.label}”`, settingText(setting), before, change, key)]
  })
  return joined([...switched, ...inOne(changed)])
}

export function linkChange(before: Partial<LinkSettings>, change: Partial<LinkSettings>): string | null {
  const words: Record<keyof LinkSettings, [string, (value: never) => string]> = {
    latency: ['the latency', distributionText],
    loss: ['the message loss', shareText],
    duplication: ['the duplication', shareText],
    fifo: ['the order', (kept: boolean) => (kept ? 'kept' : 'not kept')],
    hold: ['the hold', (held: boolean) => (held ? 'on' : 'off')],
    bandwidth: ['the bandwidth', (bytes: number) => (bytes === 0 ? 'no limit' : `${bytes / 1_000} kB/s`)],
  }
  return joined(inOne(differing(before, change).map((key) => told(words, before, change, key))))
}

export function diskChange(before: Partial<DiskSettings>, change: Partial<DiskSettings>): string | null {
  const words: Record<keyof DiskSettings, [string, (value: never) => string]> = {
    sync: ['the disk sync', distributionText],
    lying: ['the disk', (lies: boolean) => (lies ? 'lying' : 'honest')],
  }
  const { sync, lying } = change
  const given = { ...(sync && { sync }), ...(lying !== undefined && { lying }) }
  return joined(inOne(differing(before, given).map((key) => told(words, before, change, key))))
}

export function workloadChange(before: Workload | null, after: Workload | null): string | null {
  if (after === null) return before === null ? null : 'stopped the workload'
  if (before === null) return `started a workload of ${rateText(after.rate)}`
  const words: Record<keyof Workload, [string, (value: never) => string]> = {
    rate: ['the rate of the workload', rateText],
    readShare: ['its share of reads', shareText],
    keys: ['its keys', String],
    distribution: ['the distribution of its keys', String],
  }
  return joined(inOne(differing(before, after).map((key) => told(words, before, after, key))))
}

/** `20–30 ms`, `5 ms`, `25 ms ± 5 ms`. */
function distributionText(of: Distribution): string {
  switch (of.type) {
    case 'constant':
      return formatDuration(of.value)
    case 'uniform':
      return rangeText(of.min, of.max)
    case 'normal':
      return `${formatDuration(of.mean)} ± ${formatDuration(of.deviation)}`
    case 'logNormal':
      return `${formatDuration(of.median)} (log-normal, sigma ${of.sigma})`
    case 'exponential':
      return `${formatDuration(of.floor)} and ${formatDuration(of.mean)} more on average`
  }
}

/** The unit once, if both have the same. */
function rangeText(min: Micros, max: Micros): string {
  const [low, high] = [formatDuration(min), formatDuration(max)]
  const [number, unit] = low.split(' ')
  return high.endsWith(` ${unit}`) ? `${number}–${high}` : `${low} to ${high}`
}

const shareText = (share: number): string => `${Math.round(share * 100_000) / 1_000} %`
const rateText = (rate: number): string => `${rate} operations a second`

function settingText({ kind }: Setting<LabTypes>): (value: never) => string {
  switch (kind.type) {
    case 'duration':
      return formatDuration
    case 'switch':
      return (on: boolean) => (on ? 'on' : 'off')
    case 'count':
    case 'choice':
      return String
  }
}

type Fields = Readonly<Record<string, unknown>>

const differing = (before: object, change: object): string[] =>
  Object.keys(change).filter(
    (key) => JSON.stringify((before as Fields)[key]) !== JSON.stringify((change as Fields)[key]),
  )

/** A field that nobody has words for is told by its own name. */
function told(words: Record<string, [string, (value: never) => string]>, before: object, after: object, key: string) {
  const [name, text] = words[key] ?? [key, String]
  return fromTo(name, text, before, after, key)
}

function fromTo(name: string, text: (value: never) => string, before: object, after: object, key: string): string {
  const [was, is] = [before, after].map((of) => (of as Fields)[key])
  return `${name}${was === undefined ? '' : ` from ${text(was as never)}`} to ${text(is as never)}`
}

/** One verb for all that is changed. */
const inOne = (changes: readonly string[]): string[] => (changes.length === 0 ? [] : [`changed ${changes.join(', ')}`])

const joined = (parts: readonly string[]): string | null => (parts.length === 0 ? null : parts.join(' and '))
