import { memo } from 'react'
import type { Status } from '../../../kernel/types.ts'
import { PauseBars, Strike } from '../../../ui/stage/marks.tsx'
import { ownerColor } from './colours.ts'

/** All plain values, so that a mark is drawn again only when something about it has changed. */
export interface RingMarkProps {
  id: string
  index: number
  radius: number
  roomy: boolean
  /** Which way is outwards, for a name that has no room inside. */
  outX: number
  outY: number
  status: Status
  member: string
  keys: number
  /** What it holds against the one that holds most, from 0 to 1: a small mark fills with it. */
  load: number
  hints: number
  /** In a word or two what is unusual; empty most of the time. */
  word: string
  /** Filled where one server is above the others. */
  leads: boolean
  differs: boolean
}

/** A server: its own colour, how many keys it holds, the hints that it keeps for others. */
export const RingMark = memo(function RingMark(props: RingMarkProps) {
  const { index, radius, status, member, keys, load, hints, word, leads, differs } = props
  const down = status === 'down'
  const color = down ? 'var(--field)' : ownerColor(index)
  const look = down ? 'down' : member
  return (
    <g className="ring-mark" data-look={look} data-leads={leads || undefined} style={{ color }}>
      <circle className="ring-body" r={radius} />
      {radius < 15 && !down && load > 0 && <circle className="ring-load" r={radius * Math.sqrt(load)} />}
      {down && <Strike radius={radius} />}
      {(status === 'paused' || status === 'stalled') && <PauseBars radius={radius} low />}
      <Name {...props} />
      {radius >= 20 && (
        <text className="mark-small" y={14}>
          {keys} {radius >= 28 ? (keys === 1 ? 'key' : 'keys') : ''}
        </text>
      )}
      {hints > 0 && <Hints count={hints} radius={radius} />}
      {differs && !down && <Differs radius={radius} />}
      {props.roomy && word !== '' && (
        <text className="mark-word" y={props.outY < -0.25 ? -radius - 9 : radius + 18}>
          {word}
        </text>
      )}
    </g>
  )
})

function Name({ id, radius, outX, outY }: RingMarkProps) {
  if (radius >= 15) {
    return (
      <text className="ring-name" y={radius >= 20 ? 0 : 4} data-small={radius < 28 || undefined}>
        {id}
      </text>
    )
  }
  const left = outX < 0
  const angle = (Math.atan2(outY, outX) * 180) / Math.PI
  return (
    <text
      className="ring-name mark-outside"
      transform={`rotate(${left ? angle + 180 : angle})`}
      x={left ? -radius - 5 : radius + 5}
      y={3.5}
      style={{ textAnchor: left ? 'end' : 'start' }}
    >
      {id}
    </text>
  )
}

/** An envelope that waits, and how many keys are in it. */
function Hints({ count, radius }: { count: number; radius: number }) {
  // A small mark has no room for it on its shoulder.
  const at = radius < 24 ? radius + 5 : radius * 0.78
  return (
    <g className="ring-hints" transform={`translate(${at} ${-at})`}>
      <rect x={-13} y={-9} width={26} height={18} rx={4} />
      <path d="M-10 -4.5 -6.5 -1.5 -3 -4.5M-10 -4.5H-3V2H-10Z" />
      <text x={5} y={4}>
        {count}
      </text>
    </g>
  )
}

/** It believes in another ring than most. */
function Differs({ radius }: { radius: number }) {
  const at = radius * 0.78
  return (
    <g className="ring-differs" transform={`translate(${-at} ${-at})`}>
      <circle r={8} />
      <text y={4}>≠</text>
    </g>
  )
}
