import { type ReactNode, useState } from 'react'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes, Link, ProcessId } from '../../kernel/types.ts'
import { Icon } from '../icons.tsx'
import { type Box, centroid, clamp, overlaps, type Point } from './geometry.ts'
import { linkKey } from './groups.ts'
import type { Layout } from './layout.ts'
import { type Crossing, oneWay } from './stroke.ts'

/** A cut that has just been drawn. */
export interface Made {
  crossed: readonly Crossing[]
  /** What it has cut that was whole before. */
  links: readonly Link[]
  at: Point
}

type Ways = 'both' | 'rightward' | 'leftward'

const WIDTH = 372
const HEIGHT = 36

/** After the stroke: whether both ways are cut or only one, and a way back. */
export function CutChip(props: {
  made: Made
  layout: Layout
  dispatch(command: Command<LabTypes>): void
  clientsOf(server: ProcessId): readonly ProcessId[]
  onClose(): void
}) {
  const { made, layout, dispatch, clientsOf, onClose } = props
  const [ways, setWays] = useState<Ways>('both')
  const left = namesOf(made.crossed, 'left')
  const right = namesOf(made.crossed, 'right')
  const angle = screenAngle(made, layout)
  const place = placeNear(made.at, layout)

  const choose = (chosen: Ways) => {
    const wanted = new Set(wantedLinks(made, chosen, clientsOf).map(({ from, to }) => linkKey(from, to)))
    const isWanted = ({ from, to }: Link) => wanted.has(linkKey(from, to))
    const spare = made.links.filter((link) => !isWanted(link))
    if (spare.length > 0) dispatch({ type: 'mend', links: spare })
    const cut = made.links.filter(isWanted)
    if (ways !== 'both' && cut.length > 0) dispatch({ type: 'cut', links: cut })
    setWays(chosen)
  }
  const option = (value: Ways, title: string, text: ReactNode) => (
    <button
      type="button"
      className="button small quiet"
      aria-pressed={ways === value}
      aria-label={title}
      title={title}
      onClick={() => choose(value)}
    >
      {text}
    </button>
  )
  return (
    <div
      className="cut-chip card"
      role="group"
      aria-label="The cut that you have drawn"
      style={{ left: place.x, top: place.y }}
    >
      <span className="cut-word">cut</span>
      {option('both', 'Cut both ways', 'both ways')}
      {option(
        'rightward',
        `Cut only what ${left} sends to ${right}`,
        <>
          one way <Turned by={angle} />
        </>,
      )}
      {option(
        'leftward',
        `Cut only what ${right} sends to ${left}`,
        <>
          one way <Turned by={angle + 180} />
        </>,
      )}
      <button
        type="button"
        className="button small quiet"
        onClick={() => {
          dispatch({ type: 'mend', links: made.links })
          onClose()
        }}
      >
        heal
      </button>
      <button type="button" className="icon-button small quiet" aria-label="Close" onClick={onClose}>
        <Icon name="close" size={12} />
      </button>
    </div>
  )
}

/** Near the end of the stroke, where it covers no server; if there is no such place, at the foot of the stage. */
function placeNear({ x, y }: Point, layout: Layout): Box {
  const right = Math.max(8, layout.width - WIDTH - 8)
  const foot = layout.height - HEIGHT - 12
  const box = (left: number, top: number): Box => ({
    x: clamp(left, 8, right),
    y: clamp(top, 8, foot),
    width: WIDTH,
    height: HEIGHT,
  })
  const spots = [0, 50, -50, 100, -100, 160, -160].flatMap((dy) => [
    box(x - WIDTH / 2, y + 16 + dy),
    box(x + 20, y - HEIGHT / 2 + dy),
    box(x - WIDTH - 20, y - HEIGHT / 2 + dy),
  ])
  const isFree = (spot: Box) => !layout.taken.some((taken) => overlaps(spot, taken))
  return spots.find(isFree) ?? box((layout.width - WIDTH) / 2, foot)
}

/** An arrow as the messages run on the screen. */
function Turned({ by }: { by: number }) {
  return (
    <span style={{ display: 'inline-flex', transform: `rotate(${by}deg)` }}>
      <Icon name="arrow" size={13} />
    </span>
  )
}

function wantedLinks({ crossed, links }: Made, ways: Ways, clientsOf: (server: ProcessId) => readonly ProcessId[]) {
  if (ways === 'both') return links
  return crossed.flatMap(({ left, right }) =>
    oneWay(ways === 'rightward' ? { left, right } : { left: right, right: left }, clientsOf),
  )
}

/** Where the right side lies, seen from the left side, to the nearest eighth of a turn. */
function screenAngle({ crossed }: Made, layout: Layout): number {
  const middle = (side: 'left' | 'right') => centroid(crossed.map((c) => layout.places.get(c[side]) ?? layout.centre))
  const from = middle('left')
  const to = middle('right')
  return Math.round((Math.atan2(to.y - from.y, to.x - from.x) * 4) / Math.PI) * 45
}

const namesOf = (crossed: readonly Crossing[], side: 'left' | 'right'): string =>
  [...new Set(crossed.map((c) => c[side]))].join(', ')
