import {
  type MouseEvent as ReactMouseEvent,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes, Link, ProcessId } from '../../kernel/types.ts'
import { later, leftOut, whenStands } from '../later.ts'
import type { Made } from './CutChip.tsx'
import type { Point } from './geometry.ts'
import { linkKey } from './groups.ts'
import type { CutLine } from './hull.ts'
import type { Layout } from './layout.ts'

const CutChip = later(async () => (await import('./CutChip.tsx')).CutChip)
/** What a stroke crosses: asked when one ends. */
const strokes = whenStands(async () => await import('./stroke.ts'))

/** A hand trembles by this much when it clicks. */
const CLICK = 7

/**
 * A stroke across the stage cuts the links that it crosses. The stage hands over its pointer events; a press on a
 * button is none of this gesture's business, and one on a mark only once it moves.
 */
export function useCutGesture(options: {
  surface: RefObject<HTMLElement | null>
  /** How many pixels of the screen a unit of the picture takes. */
  scale: number
  layout: Layout | null
  cuts: readonly Link[]
  dispatch(command: Command<LabTypes>): void
  onTap(): void
}) {
  const { surface, scale, layout, cuts, dispatch, onTap } = options
  const [stroke, setStroke] = useState<readonly Point[]>([])
  const [made, setMade] = useState<Made | null>(null)
  /** Whether the press began on a mark, and whether it has become a stroke. */
  const onMark = useRef(false)
  const stroked = useRef(false)
  const active = stroke.length > 0 || made !== null
  // The chip is about links that are cut: it goes when the last of them is whole again, however that came.
  const isCut = new Set(cuts.map(({ from, to }) => linkKey(from, to)))
  const standing = made?.links.some(({ from, to }) => isCut.has(linkKey(from, to))) ?? false
  if (made !== null && standing !== made.seen) setMade(standing ? { ...made, seen: true } : null)
  // Escape must work wherever the focus is while a finger draws.
  useEffect(() => {
    if (!active) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setStroke([])
      setMade(null)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [active])

  const finish = () => {
    setStroke([])
    if (layout === null || stroke.length === 0) return
    if (isStroke(stroke)) void strokes().then((found) => cut(found, layout), leftOut)
    else if (!onMark.current) onTap()
  }

  const cut = ({ crossings, linksOfCut, steady }: Awaited<ReturnType<typeof strokes>>, layout: Layout) => {
    const crossed = crossings(steady(stroke), layout.servers, layout.places)
    const links = linksOfCut(crossed, (server) => clientsOf(layout, server)).filter(
      ({ from, to }) => !isCut.has(linkKey(from, to)),
    )
    if (links.length === 0) return
    dispatch({ type: 'cut', links })
    setMade({ crossed, links, seen: false })
  }

  return {
    handlers: {
      onPointerDown(event: ReactPointerEvent) {
        stroked.current = false
        if (event.button !== 0 || !event.isPrimary || isOnButton(event.target)) return
        onMark.current = isOnMark(event.target)
        setMade(null)
        setStroke([pointOf(event, surface.current, scale)])
      },
      onPointerMove(event: ReactPointerEvent) {
        if (stroke.length === 0 || !event.isPrimary) return
        const line = [...stroke, pointOf(event, surface.current, scale)]
        setStroke(line)
        if (stroked.current || !isStroke(line)) return
        stroked.current = true
        surface.current?.setPointerCapture(event.pointerId)
      },
      onPointerUp: finish,
      onPointerCancel: () => setStroke([]),
      // The release after a stroke that began on a mark is no click on it.
      onClickCapture(event: ReactMouseEvent) {
        if (!stroked.current) return
        stroked.current = false
        event.stopPropagation()
      },
    },
    line: isStroke(stroke) && <path className="stroke" d={`M${stroke.map(({ x, y }) => `${x} ${y}`).join('L')}`} />,
    chip: (lines: readonly CutLine[]) =>
      made === null || layout === null ? null : (
        <CutChip
          key={made.links.map(({ from, to }) => linkKey(from, to)).join()}
          made={made}
          layout={layout}
          lines={lines}
          dispatch={dispatch}
          clientsOf={(id) => clientsOf(layout, id)}
          onClose={() => setMade(null)}
        />
      ),
  }
}

const isStroke = (stroke: readonly Point[]): boolean => {
  const [first] = stroke
  return first !== undefined && stroke.some(({ x, y }) => Math.hypot(x - first.x, y - first.y) > CLICK)
}

const isOnButton = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('button, [role="menu"], .flight-menu, .cut-chip') !== null

const isOnMark = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('[role="button"]') !== null

const clientsOf = (layout: Layout, server: ProcessId): ProcessId[] =>
  layout.clients.filter(({ beside }) => beside === server).map(({ id }) => id)

function pointOf(event: ReactPointerEvent, surface: HTMLElement | null, scale: number): Point {
  const box = surface?.getBoundingClientRect()
  return { x: (event.clientX - (box?.left ?? 0)) / scale, y: (event.clientY - (box?.top ?? 0)) / scale }
}
