import { type MouseEvent, type PointerEvent, type RefObject, useContext, useRef, useState } from 'react'
import type { Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { Subject } from '../../lab/explain.ts'
import type { Lanes, Overview } from '../../lab/lanes.ts'
import { AskWhy } from '../ask-why.ts'
import type { Hidden } from './columns.ts'
import { find, type Found, instantOf, type Point, processOf } from './hit.ts'
import { rowAt, type Rows } from './rows.ts'
import { type TimeScale, xOf } from './scale.ts'
import type { Segment } from './segments.ts'
import { type HandDeeds, useHand } from './use-hand.ts'
import type { Placed } from './use-moving-parts.ts'

/** What is under the pointer. */
export interface Look {
  point: Point
  at: Micros
  found: Found | null
}

interface Seen extends Pick<HandDeeds, 'onSeek' | 'onHold' | 'onPan' | 'onZoom'> {
  lanes: Lanes | null
  overview: Overview | null
  dense: boolean
  hidden: Hidden
  rows: Rows
  scale: TimeScale
  /** All lines that are drawn, those of messages under way too. */
  lines: readonly (readonly Segment[])[]
  onSelect(id: ProcessId): void
}

/** So near to the playhead a press takes hold of it. */
const GRIP = 9

/** Looks at what is under the pointer, and does what a hand does there. `area` is the plot, `pointer` what its frame listens to. */
export function useLook(root: RefObject<HTMLElement | null>, placed: RefObject<Placed | null>, seen: Seen) {
  const { rows, scale } = seen
  const area = useRef<HTMLDivElement>(null)
  const [look, setLook] = useState<Look | null>(null)
  const ask = useContext(AskWhy)

  const corner = () => {
    const box = area.current?.getBoundingClientRect()
    return { left: box?.left ?? 0, top: box?.top ?? 0 }
  }
  const instantAt = (clientX: number): Micros => {
    const window = placed.current?.window ?? scale
    return Math.round(Math.min(window.to, Math.max(window.from, window.from + (clientX - corner().left) / scale.k)))
  }
  const lookAt = ({ clientX, clientY }: MouseEvent): Look => {
    const { left, top } = corner()
    const at = instantAt(clientX)
    const y = clientY - top
    const isKnown = at <= Math.max(placed.current?.reached ?? 0, placed.current?.now ?? 0)
    const found = clientX >= left && y >= 0 && isKnown ? foundAt(seen, { x: xOf(scale, at), y }) : null
    return { point: { x: clientX, y: clientY }, at, found }
  }
  const hand = useHand(root, {
    ...seen,
    instantAt,
    scale: () => scale.k,
    onZoom: (factor, at) => {
      setLook(null)
      seen.onZoom(factor, at)
    },
    isInside: (clientX) => clientX >= corner().left,
    isHandle: ({ clientX, clientY }) => {
      const { left, top } = corner()
      const { window, now } = placed.current ?? { window: scale, now: 0 }
      return clientY < top || Math.abs(clientX - left - (now - window.from) * scale.k) <= GRIP
    },
    onClick: (event) => {
      const { found, at } = lookAt(event)
      seen.onSeek((found !== null && instantOf(found)) || at)
      if (event.pointerType === 'touch') setLook(null)
      const y = event.clientY - corner().top
      const id = (found === null ? null : processOf(found)) ?? (y < 0 ? undefined : rowAt(rows, y)?.id)
      if (id !== undefined) seen.onSelect(id)
    },
  })
  const pointer = {
    onPointerDown: hand.onPointerDown,
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      hand.onPointerMove(event)
      setLook(hand.isMoving() ? null : lookAt(event))
    },
    onLostPointerCapture: hand.onLostPointerCapture,
    onDoubleClick: (event: MouseEvent) => {
      const subject = subjectOf(lookAt(event).found)
      if (subject !== null) ask?.(subject)
    },
    onPointerLeave: () => setLook(null),
  }
  return { area, look, pointer }
}

function foundAt({ lanes, overview, dense, hidden, rows, scale, lines }: Seen, point: Point): Found | null {
  const counts = overview === null ? null : { list: overview.counts, dense, hidden }
  return lanes === null ? null : find(lanes, lines.flat(), rows, scale, point, counts)
}

/** What a find can be asked about. */
function subjectOf(found: Found | null): Subject | null {
  if (found?.type === 'message') return { type: 'message', id: found.message.id, sentAt: found.message.sentAt }
  if (found?.type !== 'mark' || found.mark.type === 'violation') return null
  const { process, at, type } = found.mark
  return { type: 'mark', process, at, kind: type }
}
