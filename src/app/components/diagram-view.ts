import { create } from 'zustand'
import type { Micros } from '../../base/units.ts'
import { type Hidden, NOTHING_HIDDEN } from '../../ui/lanes/columns.ts'
import { LEAST_SPAN, overviewSpan, spanOf } from '../../ui/lanes/window.ts'
import { useStore } from '../store.ts'

/** A narrower diagram shows half as much time, or lines would only cover each other. */
const NARROW = 600

export interface DiagramView {
  /** How much more time the diagram shows than it would by itself. */
  zoom: number
  /** Moved by hand: it does not follow the cursor until it is asked to, or the cursor is put elsewhere. */
  pinned: boolean
  /** Pixels; 0 before it is laid out. */
  width: number
  hidden: Hidden
  /** How many windows it was moved along, all in all, by who does not hold it; later ones add up. */
  along: number
}

/** Which part of the run the diagram shows, and what of it. */
export const useDiagramView = create<DiagramView>()(() => ({
  zoom: 1,
  pinned: false,
  width: 0,
  hidden: NOTHING_HIDDEN,
  along: 0,
}))

/** How much time it would show if nobody had zoomed. */
const ownSpan = (speed: number, width: number): number => spanOf(speed, 1) / (width > 0 && width < NARROW ? 2 : 1)

/** The longest stretch that there is to show. */
function mostSpan(own: Micros): Micros {
  const { reached, frame } = useStore.getState()
  return Math.max(own, overviewSpan(Math.max(reached, frame?.moment.at ?? 0)))
}

const bounded = (span: Micros, own: Micros): Micros => Math.round(Math.min(mostSpan(own), Math.max(LEAST_SPAN, span)))

/** How much time it shows. */
export function shownSpan({ zoom, width }: Pick<DiagramView, 'zoom' | 'width'>, speed: number): Micros {
  const own = ownSpan(speed, width)
  return bounded(own * zoom, own)
}

export function zoomBy(factor: number): void {
  const view = useDiagramView.getState()
  showSpan(shownSpan(view, useStore.getState().speed) * factor)
}

/** Shows so much time, or as much of it as may be. */
function showSpan(span: Micros): void {
  const own = ownSpan(useStore.getState().speed, useDiagramView.getState().width)
  useDiagramView.setState({ zoom: bounded(span, own) / own })
}

/** Moves it along by this share of what is on show. */
export function panBy(share: number): void {
  useDiagramView.setState(({ along }) => ({ along: along + share }))
}

/** Shows all of the run so far. */
export function showWhole(): void {
  showSpan(Number.POSITIVE_INFINITY)
}

export const isWidest = (view: DiagramView, speed: number): boolean =>
  shownSpan(view, speed) >= mostSpan(ownSpan(speed, view.width))
export const isClosest = (view: DiagramView, speed: number): boolean => shownSpan(view, speed) <= LEAST_SPAN

export const follow = (): void => useDiagramView.setState({ pinned: false })

/** Shows or hides one type of message, or one process. */
export function hide(what: 'kinds' | 'processes', name: string, isHidden: boolean): void {
  useDiagramView.setState(({ hidden }) => {
    const names = new Set(hidden[what])
    if (isHidden) names.add(name)
    else names.delete(name)
    return { hidden: { ...hidden, [what]: names } }
  })
}

export const hideNothing = (): void => useDiagramView.setState({ hidden: NOTHING_HIDDEN })
