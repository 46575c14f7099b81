import { memo } from 'react'
import { hueColor } from '../hue.ts'
import type { Point } from './geometry.ts'

/** Where a message died. */
export const LostMark = memo(
  function LostMark(props: { id: string; hue: number | null; at: Point; register(mark: SVGGElement): () => void }) {
    const { id, hue, at, register } = props
    return (
      <g
        ref={register}
        className="lost"
        data-mark={`lost ${id}`}
        data-lost={id}
        transform={`translate(${at.x} ${at.y})`}
      >
        <circle r={8} style={{ fill: hueColor(hue) }} />
        <path d="M-6 -6 6 6M6 -6 -6 6" />
      </g>
    )
  },
  (a, b) => a.id === b.id && a.hue === b.hue && a.at.x === b.at.x && a.at.y === b.at.y,
)
