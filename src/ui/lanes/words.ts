import { formatDuration, formatInstant } from '../../base/units.ts'
import type { LaneMessage, LaneSpan } from '../../lab/lanes.ts'
import type { Found } from './hit.ts'

/** What is under the pointer, in a line and a smaller one. */
export interface Told {
  title: string
  detail: string
}

export function tell(found: Found): Told {
  switch (found.type) {
    case 'mark':
      return { title: found.mark.text, detail: formatInstant(found.mark.at) }
    case 'message':
      return tellMessage(found.message)
    case 'span':
      return tellSpan(found.span)
    case 'piece': {
      const { process, label, from } = found.piece
      return { title: label === '' ? process : `${process}: ${label}`, detail: `since ${formatInstant(from)}` }
    }
  }
}

function tellMessage({ type, label, from, to, sentAt, endedAt, fate }: LaneMessage): Told {
  const name = label === '' || label === type ? type : `${type} (${label})`
  return { title: `${name}, ${from} → ${to}`, detail: `sent at ${formatInstant(sentAt)}, ${fateText()}` }

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
