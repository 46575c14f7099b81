import { memo } from 'react'
import { useStage } from './stage-context.ts'
import type { ClientPlace } from './layout.ts'

const MOST_LETTERS = 14

/** A client beside its server, small, while it has something to do; its caption says what. */
export const ClientMark = memo(function ClientMark(props: {
  place: ClientPlace
  active: boolean
  caption: string | null
}) {
  const { place, active, caption } = props
  const { layout } = useStage()
  const at = layout.places.get(place.id) ?? layout.centre
  const text = caption !== null && caption.length > MOST_LETTERS ? `${caption.slice(0, MOST_LETTERS - 1)}…` : caption
  return (
    <g
      className="client"
      data-client={place.id}
      data-active={active || undefined}
      transform={`translate(${at.x} ${at.y})`}
    >
      <title>{caption === null ? `client ${place.id}` : `client ${place.id}: ${caption}`}</title>
      <rect x={-13} y={-10} width={26} height={20} rx={6} />
      <text className="client-name" y={4}>
        {place.id}
      </text>
      {active && text !== null && hasRoom(text.length, at.x, place.side, layout.width) && (
        <text className="client-caption" x={place.side * 19} y={4} textAnchor={place.side > 0 ? 'start' : 'end'}>
          {text}
        </text>
      )}
    </g>
  )
})

/** On a narrow stage a caption would run over the edge; its text is still in the title. */
function hasRoom(letters: number, x: number, side: -1 | 1, width: number): boolean {
  const end = x + side * (22 + letters * 6.2)
  return end > 0 && end < width
}
