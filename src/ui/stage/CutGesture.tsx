import { type PointerEvent as ReactPointerEvent, type RefObject, Suspense, useEffect, useState } from 'react'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes, Link, ProcessId } from '../../kernel/types.ts'
import { later } from '../later.ts'
import type { Made } from './CutChip.tsx'
import type { Point } from './geometry.ts'
import { linkKey } from './groups.ts'
import type { CutLine } from './hull.ts'
import type { Layout } from './layout.ts'
import { crossings, linksOfCut, steady } from './stroke.ts'

const CutChip = later(async () => (await import('./CutChip.tsx')).CutChip)

/** A hand trembles by this much when it clicks. */
const CLICK = 7

/**
 * A stroke across the stage cuts the links that it crosses. The stage hands over its pointer events; a press on a mark or on
 * a button is none of this gesture's business.
 */
export function useCutGesture(options: {
  surface: RefObject<HTMLElement | null>
  layout: Layout | null
  cuts: readonly Link[]
  dispatch(command: Command<LabTypes>): void
  onTap(): void
}) {
  const { surface, layout, cuts, dispatch, onTap } = options
  const [stroke, setStroke] = useState<readonly Point[]>([])
  const [made, setMade] = useState<Made | null>(null)
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
    const line = steady(stroke)
    if (line.length < 3) return onTap()
    const crossed = crossings(line, layout.servers, layout.places)
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
        if (event.button !== 0 || !event.isPrimary || isOnMark(event.target)) return
        setMade(null)
        setStroke([pointOf(event, surface.current)])
        surface.current?.setPointerCapture(event.pointerId)
      },
      onPointerMove(event: ReactPointerEvent) {
        if (stroke.length > 0 && event.isPrimary) setStroke([...stroke, pointOf(event, surface.current)])
      },
      onPointerUp: finish,
      onPointerCancel: () => setStroke([]),
    },
    line: isStroke(stroke) && <path className="stroke" d={`M${stroke.map(({ x, y }) => `${x} ${y}`).join('L')}`} />,
    chip: (lines: readonly CutLine[]) =>
      made === null || layout === null ? null : (
        <Suspense fallback={null}>
          <CutChip
            key={made.links.map(({ from, to }) => linkKey(from, to)).join()}
            made={made}
            layout={layout}
            lines={lines}
            dispatch={dispatch}
            clientsOf={(id) => clientsOf(layout, id)}
            onClose={() => setMade(null)}
          />
        </Suspense>
      ),
  }
}

const isStroke = (stroke: readonly Point[]): boolean => {
  const [first] = stroke
  return first !== undefined && stroke.some(({ x, y }) => Math.hypot(x - first.x, y - first.y) > CLICK)
}

const isOnMark = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('[role="button"], button, [role="menu"], .cut-chip') !== null

const clientsOf = (layout: Layout, server: ProcessId): ProcessId[] =>
  layout.clients.filter(({ beside }) => beside === server).map(({ id }) => id)

function pointOf(event: ReactPointerEvent, surface: HTMLElement | null): Point {
  const box = surface?.getBoundingClientRect()
  return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
}
