import { type NetsplitLab, SAID } from './element.ts'

/** What of reveal.js is used here. */
export interface Deck {
  on(type: string, listener: () => void): void
  getSlidesElement(): HTMLElement | null
  getCurrentSlide(): HTMLElement | null
  triggerKey(keyCode: number): void
  isSpeakerNotes?(): boolean
}

/** What a clicker's buttons are to a browser: back, on, and the black screen in two ways. */
const CLICKER = 'PageUp PageDown b .'

/**
 * The plug-in for reveal.js. Labs are `<netsplit-lab>` or, where a deck's author writes frames, `<iframe data-netsplit>` with
 * the address of a lab; the latter are made elements. A fragment with `data-netsplit-step="3"` shows step 3 of the lab of its
 * slide (`data-netsplit-lab="id"` names another). A lab plays while its slide is on show and stands still otherwise.
 */
export function revealPlugin() {
  return {
    id: 'netsplit',
    init(deck: Deck): void {
      const slides = deck.getSlidesElement()
      if (slides === null) return
      const onPaper = /print-pdf|view=print/i.test(location.search)
      // In the speaker's previews and on paper nothing runs: a worker for a picture as large as a stamp is wasted.
      const still = onPaper || deck.isSpeakerNotes?.() === true || /receiver/i.test(location.search)
      for (const frame of slides.querySelectorAll<HTMLIFrameElement>('iframe[data-netsplit]'))
        frame.replaceWith(labOf(frame))
      // On paper they are copied with their slides.
      const labs = [...slides.querySelectorAll<NetsplitLab>('netsplit-lab')]
      const shown = new Map<NetsplitLab, number>()
      for (const lab of labs) prepare(lab, still)
      const follow = (): void => {
        for (const lab of labs) show(lab, deck, shown, still)
      }
      if (onPaper) deck.on('pdf-ready', () => print(slides))
      else for (const type of ['ready', 'slidechanged', 'fragmentshown', 'fragmenthidden']) deck.on(type, follow)
      slides.addEventListener('netsplit-key', (event) => {
        deck.triggerKey((event as CustomEvent<{ keyCode: number }>).detail.keyCode)
      })
    },
  }
}

/** A deck draws the slides around the one on show, too: a lab waits until its slide comes. */
function prepare(lab: NetsplitLab, still: boolean): void {
  if (!lab.hasAttribute('keys')) lab.setAttribute('keys', CLICKER)
  lab.setAttribute('waits', '')
  if (still) lab.setAttribute('still', '')
}

/** On paper a slide stands once for each of its fragments, and all its labs come at once, each at its step. */
function print(slides: HTMLElement): void {
  for (const lab of slides.querySelectorAll<NetsplitLab>('netsplit-lab')) {
    lab.setAttribute('step', String(stepNow(lab)))
    lab.removeAttribute('waits')
  }
}

/** The fragments that show a step of this lab, in the order of the slide. */
function fragmentsOf(lab: Element, which = ''): HTMLElement[] {
  const fragments = slideOf(lab)?.querySelectorAll<HTMLElement>(`.fragment${which}[data-netsplit-step]`) ?? []
  return [...fragments].filter((one) => labFor(one) === lab)
}

function show(lab: NetsplitLab, deck: Deck, shown: Map<NetsplitLab, number>, still: boolean): void {
  const slide = slideOf(lab)
  if (slide === null || !slide.contains(deck.getCurrentSlide())) {
    if (document.activeElement === lab) giveBackFocus(lab)
    void lab.pause().catch(() => undefined)
    return
  }
  lab.removeAttribute('waits')
  const step = stepNow(lab)
  if (shown.get(lab) !== step) {
    const first = !shown.has(lab) && String(step) === (lab.getAttribute('step') ?? '1')
    shown.set(lab, step)
    if (!first) void lab.toStep(step).catch(() => undefined)
  }
  if (!still) void lab.play().catch(() => undefined)
}

/** The step of the last fragment on show, or the one that the lab begins with. */
function stepNow(lab: NetsplitLab): number {
  const last = fragmentsOf(lab, '.visible').at(-1)
  return Number(last?.dataset['netsplitStep'] ?? lab.getAttribute('step') ?? 1)
}

function labFor(fragment: HTMLElement): Element | null {
  const named = fragment.dataset['netsplitLab']
  if (named !== undefined) return fragment.closest('section')?.querySelector(`#${CSS.escape(named)}`) ?? null
  return fragment.closest('section')?.querySelector('netsplit-lab') ?? null
}

const slideOf = (lab: Element): Element | null => lab.closest('section')

/** A frame that is no longer shown would keep the keys for itself. */
function giveBackFocus(lab: NetsplitLab): void {
  lab.shadowRoot?.querySelector('iframe')?.blur()
  window.focus()
}

/** The element in the place of a frame, with what its address says. */
function labOf(frame: HTMLIFrameElement): NetsplitLab {
  const lab = document.createElement('netsplit-lab')
  const url = new URL(frame.dataset['src'] ?? frame.src, document.baseURI)
  for (const name of SAID) {
    const value = url.searchParams.get(name)
    if (value !== null) lab.setAttribute(name, value)
  }
  url.search = ''
  lab.setAttribute('src', url.href)
  for (const { name, value } of frame.attributes) if (!['src', 'data-src'].includes(name)) lab.setAttribute(name, value)
  if (frame.title !== '') lab.setAttribute('label', frame.title)
  return lab
}
