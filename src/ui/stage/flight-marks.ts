import type { Flying } from '../../lab/world-view.ts'
import { hueColor } from '../hue.ts'
import type { Layout } from './layout.ts'

/** The form of a message says what kind it is; its colour says what it belongs to. */
export type FlightShape = 'arrow' | 'parcel' | 'ballot' | 'vote' | 'no' | 'ack' | 'ask' | 'answer' | 'refusal'

const solid = (d: string) => `<path class="flight-body" d="${d}"/>`
const hollow = (d: string) => `<path class="flight-body hollow" d="${d}"/>`
const strike = (d: string) => `<path class="flight-strike" d="${d}"/>`

const FORMS: Record<FlightShape, string> = {
  arrow: solid('M-7 -5.5 8 0 -7 5.5Z'),
  parcel: solid('M-3 -6.5 9 0 -3 6.5Z') + solid('M-10 -5H-5.5V5H-10Z'),
  ballot: solid('M-8 0 0 -6.5 8 0 0 6.5Z'),
  vote: '<circle class="flight-body" r="6"/><path class="flight-tick" d="M-2.8 0.2 -0.8 2.4 3 -2.2"/>',
  no: `<circle class="flight-body hollow" r="6"/>${strike('M-2.6 -2.6 2.6 2.6M2.6 -2.6 -2.6 2.6')}`,
  ack: hollow('M-4.5 -4.5 6 0 -4.5 4.5Z'),
  ask: solid('M-5.5 -5.5H5.5V5.5H-5.5Z'),
  answer: hollow('M-5.5 -5.5H5.5V5.5H-5.5Z'),
  refusal: hollow('M-5.5 -5.5H5.5V5.5H-5.5Z') + strike('M-5.5 5.5 5.5 -5.5'),
}

/** What reads upright, however the message flies. */
const UPRIGHT: ReadonlySet<FlightShape> = new Set(['vote', 'no'])

/**
 * The marks of messages in flight, made by hand: at real speed hundreds are born and die in a second, each to live for a
 * frame or two, and a mark that has landed serves the next message of its form.
 */
export class FlightMarks {
  readonly marks = new Map<string, SVGGElement>()
  readonly #root: SVGGElement
  readonly #idle = new Map<FlightShape, SVGGElement[]>()
  readonly #shapes = new Map<string, FlightShape>()
  #layout: Layout | null = null
  #reachable = false

  constructor(root: SVGGElement) {
    this.#root = root
  }

  /** Those in flight have a mark now, and no others. `reachable`: by Tab, while time stands. */
  show(flights: readonly Flying[], shape: (flight: Flying) => FlightShape, layout: Layout, reachable: boolean): void {
    const known = new Set(flights.map(({ id }) => id))
    for (const id of this.marks.keys()) if (!known.has(id)) this.#land(id)
    const changed = layout !== this.#layout || reachable !== this.#reachable
    this.#layout = layout
    this.#reachable = reachable
    for (const flight of flights) {
      const flying = this.marks.get(flight.id)
      if (flying !== undefined && !changed) continue
      const mark = flying ?? this.#launch(flight, shape(flight))
      turn(mark, layout.path(flight.from, flight.to)?.angle ?? 0)
      buttonOf(mark).setAttribute('tabindex', reachable ? '0' : '-1')
    }
  }

  /** The label of a mark, made when it is first wanted: most messages are too quick for one. */
  static label(mark: SVGGElement): SVGTextElement {
    const known = mark.querySelector('text')
    if (known !== null) return known
    const text = document.createElementNS(SVG, 'text')
    text.setAttribute('class', 'flight-label')
    text.textContent = mark.dataset['label'] ?? ''
    mark.append(text)
    return text
  }

  #launch(flight: Flying, shape: FlightShape): SVGGElement {
    const mark = this.#idle.get(shape)?.pop() ?? made(shape)
    const { id, type, from, to, label, hue } = flight
    const color = hueColor(hue)
    if (mark.style.color !== color) mark.style.color = color
    mark.setAttribute('data-mark', id)
    mark.setAttribute('data-label', label)
    const button = buttonOf(mark)
    button.setAttribute('aria-label', `${type} from ${from} to ${to}`)
    button.setAttribute('data-message', id)
    button.setAttribute('data-type', type)
    button.setAttribute('data-from', from)
    button.setAttribute('data-to', to)
    this.marks.set(id, mark)
    this.#shapes.set(id, shape)
    this.#root.append(mark)
    return mark
  }

  #land(id: string): void {
    const mark = this.marks.get(id)
    const shape = this.#shapes.get(id)
    if (mark === undefined || shape === undefined) return
    mark.remove()
    mark.querySelector('text')?.remove()
    this.marks.delete(id)
    this.#shapes.delete(id)
    const idle = this.#idle.get(shape)
    if (idle === undefined) this.#idle.set(shape, [mark])
    else idle.push(mark)
  }
}

const SVG = 'http://www.w3.org/2000/svg'

function made(shape: FlightShape): SVGGElement {
  const mark = document.createElementNS(SVG, 'g')
  mark.innerHTML =
    `<g class="flight" role="button" aria-haspopup="menu" data-shape="${shape}"><circle class="flight-hit" r="14"/>` +
    `<g><path class="flight-trail" d="M-28 0H-9"/>${UPRIGHT.has(shape) ? '' : FORMS[shape]}</g>` +
    `${UPRIGHT.has(shape) ? FORMS[shape] : ''}</g>`
  return mark
}

const buttonOf = (mark: SVGGElement): SVGGElement => mark.firstElementChild as SVGGElement

function turn(mark: SVGGElement, angle: number): void {
  const turned = buttonOf(mark).children[1]
  const transform = `rotate(${angle})`
  if (turned?.getAttribute('transform') !== transform) turned?.setAttribute('transform', transform)
}
