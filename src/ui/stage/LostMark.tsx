import { memo } from 'react'
import { hueColor } from '../hue.ts'

/** Where a message died. The animation loop puts it there and lets it fade. */
export const LostMark = memo(function LostMark(props: {
  id: string
  hue: number | null
  register(mark: SVGGElement): () => void
}) {
  const { id, hue, register } = props
  return (
    <g ref={register} className="lost" data-lost={id}>
      <circle r={8} style={{ fill: hueColor(hue) }} />
      <path d="M-6 -6 6 6M6 -6 -6 6" />
    </g>
  )
})
