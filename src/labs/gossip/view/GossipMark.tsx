import { memo } from 'react'
import type { Micros } from '../../../base/units.ts'
import type { ProcessId, Status } from '../../../kernel/types.ts'
import { Arc } from '../../../ui/stage/arc.tsx'
import { PauseBars, Strike } from '../../../ui/stage/marks.tsx'

/** All plain values, so that a mark is drawn again only when something about it has changed. */
export interface GossipMarkProps {
  id: ProcessId
  radius: number
  roomy: boolean
  /** Which way is outwards, for a name that has no room inside. */
  out: { x: number; y: number }
  status: Status
  phase: string
  believed: string
  focused: boolean
  /** It has heard the rumour that was told last. */
  knows: boolean
  /** Below the mark, where there is room. */
  word: string
  /** The same in a sign and a number, where there is none; empty for nothing to say. */
  sign: string
  incarnation: number
  dueAt: Micros | null
  full: Micros
}

/** A server: filled while one looks through its eyes, its ring by what is believed of it, struck out when it is down. */
export const GossipMark = memo(function GossipMark(props: GossipMarkProps) {
  const { id, radius, roomy, out, status, phase, believed, focused, knows, word, sign, incarnation, dueAt, full } =
    props
  const gone = status === 'down' || phase === 'left'
  const inside = radius >= 15
  const lower = radius >= 24 && (status !== 'down' || (!roomy && sign !== ''))
  return (
    <g
      className="gossip-mark"
      data-believed={believed}
      data-focused={focused || undefined}
      data-gone={gone || undefined}
    >
      {dueAt !== null && <Arc radius={radius + 6} dueAt={dueAt} full={full} color="var(--term-2)" />}
      <circle className="gossip-body" r={radius} />
      {gone && <Strike radius={radius} />}
      {(status === 'paused' || status === 'stalled') && <PauseBars radius={radius} />}
      {knows && <Heard radius={radius} inside={inside} />}
      {inside ? (
        <text className="gossip-name" y={lower ? 0 : 4} data-small={radius < 24 || undefined}>
          {id}
        </text>
      ) : (
        <text
          className="gossip-name mark-outside"
          x={out.x * (radius + 9)}
          y={out.y * (radius + 9) + 3}
          style={{ textAnchor: out.x > 0.3 ? 'start' : out.x < -0.3 ? 'end' : 'middle' }}
        >
          {id}
        </text>
      )}
      {lower && (
        <text className="mark-small" y={14} data-sign={(!roomy && sign !== '') || undefined}>
          {roomy || sign === '' ? `i${incarnation}` : sign}
        </text>
      )}
      {roomy && word !== '' && (
        <text className="mark-word" y={radius + 22}>
          {word}
        </text>
      )}
    </g>
  )
})

/** A letter at the door; a server without a name inside has room for it in its middle. */
function Heard({ radius, inside }: { radius: number; inside: boolean }) {
  const at = inside ? radius * 0.75 : 0
  const r = inside ? Math.max(4, radius * 0.24) : radius * 0.5
  return <circle className="gossip-heard" cx={-at} cy={-at} r={r} />
}
