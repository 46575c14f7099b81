import { formatDuration, formatInstant } from '../../base/units.ts'
import type { LaneMessage, LaneSpan } from '../../lab/lanes.ts'
import { NUMBERS } from '../numbers.ts'
import type { Column } from './columns.ts'
import type { Found } from './hit.ts'

/** What is under the pointer, in a line and a smaller one. */
export interface Told {
  title: string
  detail: string
  /** What came of it. */
  effects?: readonly string[]
}

export function tell(found: Found): Told {
  switch (found.type) {
    case 'mark':
      return { title: found.mark.text, detail: formatInstant(found.mark.at) }
    case 'message':
      return tellMessage(found.message)
    case 'span':
      return tellSpan(found.span)
    case 'column':
      return tellColumn(found.column)
    case 'piece': {
      const { process, label, from } = found.piece
      return { title: label === '' ? process : `${process}: ${label}`, detail: `since ${formatInstant(from)}` }
    }
  }
}

function tellColumn({ process, from, to, types }: Column): Told {
  const sum = (fate: 'sent' | 'lost'): number => types.reduce((all, one) => all + one[fate], 0)
  const [sent, lost] = [sum('sent'), sum('lost')]
  const who = process === null ? 'all' : process
  const title = `${who}: ${count(sent)} sent${lost > 0 ? `, ${count(lost)} lost` : ''} in ${formatDuration(to - from)}`
  const kinds = types.filter((one) => one.sent > 0).map((one) => `${one.type} ${count(one.sent)}`)
  return { title, detail: kinds.length === 0 ? 'nothing was sent' : kinds.slice(0, MOST_KINDS).join(', ') }
}
const MOST_KINDS = 4

/** `12,345`. */
export const count = (n: number): string => NUMBERS.format(n)

function tellMessage({ type, label, from, to, sentAt, endedAt, fate, effects }: LaneMessage): Told {
  const name = label === '' || label === type ? type : `${type} (${label})`
  const detail = `sent at ${formatInstant(sentAt)}, ${fateText()}`
  return { title: `${name}, ${from} → ${to}`, detail, ...(effects && { effects }) }

  function fateText(): string {
    const took = formatDuration(Math.max(0, endedAt - sentAt))
    switch (fate) {
      case 'arrived':
        return `there after ${took}`
      case 'flying':
        return 'still under way'
      case 'cut':
        return `lost at the cut after ${took}`
      case 'down':
        return `lost after ${took}: ${to} was down`
      case 'dropped':
        return `dropped after ${took}`
      case 'loss':
        return `lost after ${took}`
    }
  }
}

const STATES = { down: 'is down', paused: 'is paused', stalled: 'waits for its disk', cut: '' }

function tellSpan({ process, type, from, links }: LaneSpan): Told {
  const title =
    process === null ? `Cut: ${links.map(({ from, to }) => `${from}→${to}`).join(', ')}` : `${process} ${STATES[type]}`
  return { title: title.length > 90 ? `Cut: ${links.length} links` : title, detail: `since ${formatInstant(from)}` }
}
