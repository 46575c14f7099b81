import type { LabView } from '../../ui/lab-view.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'

/** A part of the page that can be drawn. */
export interface PictureSubject {
  id: string
  title: string
  /** The panel that it is in, which is opened for it; null for what is always there. */
  panel: string | null
  /** Where in the page, or in the panel. */
  selector: string
  /** Why it is not there, in a sentence. */
  absence: string
}

/** What can be drawn of a lab. */
export function subjectsOf(view: LabView<unknown>): readonly PictureSubject[] {
  return [
    { id: 'stage', title: 'Stage', panel: null, selector: '.stage-slot', absence: 'The stage is still loading.' },
    {
      id: 'space-time',
      title: 'Space-time diagram',
      panel: null,
      selector: '.space-time .lane-diagram',
      absence: 'The page has no room for the diagram: make the window higher.',
    },
    ...view.panels.map(({ id, title }) => ({
      id,
      title,
      panel: id,
      selector: ':scope > *',
      absence: `${title} is still loading.`,
    })),
    {
      id: 'history',
      title: 'Client history',
      panel: 'client',
      selector: '.history',
      absence: 'No client has asked anything yet.',
    },
  ]
}

/** A panel that is new on the page may have code to load. */
const PATIENCE_MS = 4_000

/** Brings it on the page, if it is not there, until `release`; or a sentence that says why it cannot be. */
export async function findSubject({
  panel,
  selector,
  absence,
}: PictureSubject): Promise<{ element: Element; release(): void } | string> {
  const { panel: before } = useStore.getState()
  if (panel !== null) actions.setPanel(panel)
  const fold = panel === null ? () => undefined : unfold()
  const release = (): void => {
    fold()
    if (panel !== null) useStore.setState({ panel: before })
  }
  const end = performance.now() + PATIENCE_MS
  while (performance.now() < end) {
    await painted()
    const element = lookFor(panel, selector)
    if (element !== null) {
      // What measures itself has done so.
      await painted()
      return { element, release }
    }
    if (panel === null) break
  }
  release()
  return absence
}

/** A side that is folded away has no size or is hidden: it is laid out where nobody sees it. Returns how to undo that. */
function unfold(): () => void {
  const side = document.querySelector<HTMLElement>('.side')
  const isOpen = side !== null && side.offsetWidth > 0 && getComputedStyle(side).visibility === 'visible'
  if (side === null || isOpen) return () => undefined
  const before = side.style.cssText
  Object.assign(side.style, UNSEEN)
  return () => {
    side.style.cssText = before
  }
}

const UNSEEN = {
  display: 'block',
  visibility: 'visible',
  position: 'fixed',
  inset: '0 auto auto 0',
  width: '420px',
  height: '900px',
  opacity: '0',
  zIndex: '-1',
  pointerEvents: 'none',
}

function lookFor(panel: string | null, selector: string): Element | null {
  const place = panel === null ? document : document.querySelector(`.tab-panel[aria-labelledby$="-${panel}"]`)
  const element = place?.querySelector(selector) ?? null
  return element === null || element.matches('.panel-skeleton') || element.getBoundingClientRect().width === 0
    ? null
    : element
}

/** React has drawn what the store holds, and the browser has laid it out. */
const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))
