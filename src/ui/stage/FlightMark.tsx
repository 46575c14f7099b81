import { memo, type ReactNode } from 'react'
import type { ProcessId } from '../../kernel/types.ts'
import { hueColor } from '../hue.ts'

/** The form of a message says what kind it is; its colour says what it belongs to. */
export type FlightShape = 'arrow' | 'parcel' | 'ballot' | 'vote' | 'ack' | 'ask' | 'answer' | 'refusal'

export interface FlightMarkProps {
  id: string
  type: string
  from: ProcessId
  to: ProcessId
  label: string
  hue: number | null
  shape: FlightShape
  angle: number
  /** Reached by Tab while time stands; a moving target is no place to stop at. */
  reachable: boolean
  register(mark: SVGGElement): () => void
  onOpen(id: string): void
}

/** One message in flight. It is born and dies here; the animation loop moves it. */
export const FlightMark = memo(function FlightMark(props: FlightMarkProps) {
  const { id, type, from, to, label, hue, shape, angle, reachable, register, onOpen } = props
  const color = hueColor(hue)
  return (
    <g ref={register} data-mark={id} style={{ color }}>
      <g
        className="flight"
        role="button"
        tabIndex={reachable ? 0 : -1}
        aria-label={`${type} from ${from} to ${to}`}
        aria-haspopup="menu"
        data-message={id}
        data-type={type}
        data-from={from}
        data-to={to}
        onClick={() => onOpen(id)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return
          event.preventDefault()
          event.stopPropagation()
          onOpen(id)
        }}
      >
        <circle className="flight-hit" r={14} />
        <g transform={`rotate(${angle})`}>
          <path className="flight-trail" d="M-28 0H-9" />
          {FORMS[shape]}
        </g>
      </g>
      <text className="flight-label">{label}</text>
    </g>
  )
})

const solid = (d: string) => <path className="flight-body" d={d} />
const hollow = (d: string) => <path className="flight-body hollow" d={d} />

const FORMS: Record<FlightShape, ReactNode> = {
  arrow: solid('M-7 -5.5 8 0 -7 5.5Z'),
  parcel: (
    <>
      {solid('M-3 -6.5 9 0 -3 6.5Z')}
      {solid('M-10 -5H-5.5V5H-10Z')}
    </>
  ),
  ballot: solid('M-8 0 0 -6.5 8 0 0 6.5Z'),
  vote: <circle className="flight-body" r={5.5} />,
  ack: hollow('M-4.5 -4.5 6 0 -4.5 4.5Z'),
  ask: solid('M-5.5 -5.5H5.5V5.5H-5.5Z'),
  answer: hollow('M-5.5 -5.5H5.5V5.5H-5.5Z'),
  refusal: (
    <>
      {hollow('M-5.5 -5.5H5.5V5.5H-5.5Z')}
      <path className="flight-strike" d="M-5.5 5.5 5.5 -5.5" />
    </>
  ),
}
