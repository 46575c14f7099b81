import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes, Link, ProcessId } from '../../kernel/types.ts'
import { Icon } from '../icons.tsx'
import { type Box, centroid, overlaps, type Point } from './geometry.ts'
import { linkKey } from './groups.ts'
import type { CutLine } from './hull.ts'
import type { Layout } from './layout.ts'
import { type Crossing, oneWay } from './stroke.ts'
import { useMark } from '../use-mark.ts'

/** A cut that has just been drawn. */
export interface Made {
  crossed: readonly Crossing[]
  /** What it has cut that was whole before. */
  links: readonly Link[]
  /** The stage has shown it; before that it is on its way to the engine. */
  seen: boolean
}

type Ways = 'both' | 'rightward' | 'leftward'

const WIDTH = 372
const HEIGHT = 36
const GAP = 8
/** What is written in the upper corner of the stage ends here. */
const WORDS = 58
/** Long enough to read it and go there; it stays for as long as one is there. */
const LASTS_MS = 6000

/** After the stroke: whether both ways are cut or only one, and a way back. */
export function CutChip(props: {
  made: Made
  layout: Layout
  /** The lines that the stage draws for the cuts. */
  lines: readonly CutLine[]
  dispatch(command: Command<LabTypes>): void
  clientsOf(server: ProcessId): readonly ProcessId[]
  onClose(): void
}) {
  const { made, layout, lines, dispatch, clientsOf, onClose } = props
  const [ways, setWays] = useState<Ways>('both')
  const chip = useRef<HTMLDivElement>(null)
  useMark(chip, '.stage-slot', 'data-chip')
  const hold = useLeaving(onClose)
  const choose = (chosen: Ways) => {
    const wanted = new Set(wantedLinks(made, chosen, clientsOf).map(({ from, to }) => linkKey(from, to)))
    const isWanted = ({ from, to }: Link) => wanted.has(linkKey(from, to))
    // First the cut, then the mending: at no moment in between is nothing cut.
    const cut = made.links.filter(isWanted)
    if (ways !== 'both' && cut.length > 0) dispatch({ type: 'cut', links: cut })
    const spare = made.links.filter((link) => !isWanted(link))
    if (spare.length > 0) dispatch({ type: 'mend', links: spare })
    setWays(chosen)
  }
  return (
    <div
      ref={chip}
      className="cut-chip card"
      role="group"
      aria-label="The cut that you have drawn"
      style={dock(layout, lines)}
      {...hold}
    >
      <span className="cut-word">cut</span>
      <WayButtons made={made} layout={layout} ways={ways} onChoose={choose} />
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

/** It goes by itself after a while, but for as long as a hand or the focus is there. */
function useLeaving(onClose: () => void) {
  const [held, setHeld] = useState(false)
  const close = useEffectEvent(onClose)
  // A timer, which is the world outside React.
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => close(), LASTS_MS)
    return () => clearTimeout(timer)
  }, [held])
  const hold = () => setHeld(true)
  const release = () => setHeld(false)
  return { onPointerEnter: hold, onPointerLeave: release, onFocus: hold, onBlur: release }
}

function WayButtons(props: { made: Made; layout: Layout; ways: Ways; onChoose(ways: Ways): void }) {
  const { made, layout, ways, onChoose } = props
  const left = namesOf(made.crossed, 'left')
  const right = namesOf(made.crossed, 'right')
  const angle = screenAngle(made, layout)
  const options: { value: Ways; title: string; arrow: number | null }[] = [
    { value: 'both', title: 'Cut both ways', arrow: null },
    { value: 'rightward', title: `Cut only what ${left} sends to ${right}`, arrow: angle },
    { value: 'leftward', title: `Cut only what ${right} sends to ${left}`, arrow: angle + 180 },
  ]
  return options.map(({ value, title, arrow }) => (
    <button
      key={value}
      type="button"
      className="button small quiet"
      aria-pressed={ways === value}
      aria-label={title}
      title={title}
      onClick={() => onChoose(value)}
    >
      {arrow === null ? (
        'both ways'
      ) : (
        <>
          one way <Turned by={arrow} />
        </>
      )}
    </button>
  ))
}

/**
 * At an edge of the stage, where it covers no server and not the line of the cut; if no edge has room, over the tools below
 * the stage.
 */
function dock({ taken, width, height }: Layout, lines: readonly CutLine[]): { left: number; top: number } {
  const middle = Math.max(GAP, (width - WIDTH) / 2)
  const right = Math.max(GAP, width - WIDTH - GAP)
  const foot = height - HEIGHT - GAP
  const spots = [
    { left: right, top: WORDS },
    { left: middle, top: foot },
    { left: middle, top: GAP },
    { left: right, top: foot },
    { left: GAP, top: foot },
  ]
  const isFree = ({ left, top }: { left: number; top: number }) => {
    const box: Box = { x: left, y: top, width: WIDTH, height: HEIGHT }
    const covers = ({ x, y }: Point) => overlaps(box, { x: x - 40, y: y - 16, width: 80, height: 32 })
    return !taken.some((other) => overlaps(box, other)) && !lines.some(({ points }) => points.some(covers))
  }
  return spots.find(isFree) ?? { left: middle, top: height + GAP }
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
