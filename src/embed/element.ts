import { labAddress } from './address.ts'
import { LabLink } from './link.ts'
import { plays } from './pace.ts'
import type { LabKey, LabState, LabVerdict, Request, Told } from './protocol.ts'

/** What the element fires, by name; `detail` is what the lab said. */
export interface LabEvents {
  'netsplit-ready': CustomEvent<LabState>
  'netsplit-state': CustomEvent<LabState>
  'netsplit-story': CustomEvent<{ at: number; text: string }>
  'netsplit-verdict': CustomEvent<LabVerdict>
  'netsplit-key': CustomEvent<LabKey>
  'netsplit-error': CustomEvent<string>
}

declare global {
  interface HTMLElementTagNameMap {
    'netsplit-lab': NetsplitLab
  }
  /** They bubble: the page may listen to all of its labs in one place. */
  interface GlobalEventHandlersEventMap extends LabEvents {}
}

/** Where pages are made on a server the script is read, too, and defines nothing there. */
const Base = typeof HTMLElement === 'undefined' ? (Object as unknown as typeof HTMLElement) : HTMLElement

/** What of the lab's address an attribute says. */
export const SAID = ['scenario', 'lab', 'servers', 'seed', 'step', 'theme', 'size', 'controls'] as const

/** What changes the lab's address, and so begins it anew. */
const IN_ADDRESS: readonly string[] = ['src', 'still', ...SAID.filter((name) => name !== 'step')]

/**
 * `<netsplit-lab scenario="raft/leader-crash" step="2" theme="night" controls="play">`: a lab in a frame of its own, in the
 * element's shadow. Nothing of it is fetched before the element comes near the screen. Attributes beyond these: `lab`, `servers`, `seed`, `size`,
 * `label` (the name of the frame for whoever cannot see it), `keys` (those it leaves to the page, with spaces), `src` (the
 * laboratory's page, if it does not lie beside this script), `still` (a picture: no worker, nothing moves), `waits` (not even
 * that, while it is there).
 */
export class NetsplitLab extends Base {
  static readonly observedAttributes = [...IN_ADDRESS, 'step', 'label', 'keys', 'waits']
  /** The laboratory's page, where no `src` says otherwise. */
  static page = ''

  readonly #root = this.attachShadow({ mode: 'open', delegatesFocus: true })
  #observer: IntersectionObserver | null = null
  #frame: HTMLIFrameElement | null = null
  #link: LabLink | null = null
  #state: LabState | null = null
  #asked: { step: number | null; playing: boolean | null } = { step: null, playing: null }

  constructor() {
    super()
    this.#root.adoptedStyleSheets = [styles()]
    this.#root.append(document.createElement('slot'))
  }

  /** What the lab said last; null before its first picture. */
  get state(): LabState | null {
    return this.#state
  }

  connectedCallback(): void {
    if (this.hasAttribute('waits')) return
    if (this.hasAttribute('still')) return this.#load()
    this.#observer = new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && this.#load())
    this.#observer.observe(this)
  }

  disconnectedCallback(): void {
    this.#unload()
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (name === 'waits' && (before === null) !== (now === null)) return this.#wait(now !== null)
    if (before === now || this.#frame === null) return
    if (name === 'label') this.#frame.title = this.#label()
    else if (name === 'keys') this.#subscribe()
    else if (name === 'step') void this.toStep(Number(now ?? 1)).catch(() => undefined)
    else this.#reload()
  }

  play(speed?: number): Promise<LabState | null> {
    this.#asked.playing = true
    return this.#request({ type: 'play', ...(speed !== undefined && { speed }) })
  }

  pause(): Promise<LabState | null> {
    this.#asked.playing = false
    return this.#request({ type: 'pause' })
  }

  /** Simulated milliseconds since the start. */
  seek(at: number): Promise<LabState | null> {
    return this.#request({ type: 'seek', at })
  }

  /** A step of what the scenario tells, counted from 1. */
  toStep(step: number): Promise<LabState | null> {
    this.#asked.step = step
    return this.#request({ type: 'step', to: step })
  }

  dispatch(command: object): Promise<LabState | null> {
    return this.#request({ type: 'dispatch', command })
  }

  open(
    scenario: string | object,
    how: { seed?: number; step?: number; play?: boolean } = {},
  ): Promise<LabState | null> {
    return this.#request({ type: 'open', scenario, ...how })
  }

  /** How often it draws, beside others that play. */
  pace(request: Extract<Request, { type: 'pace' }>): void {
    void this.#link?.request(request).catch(() => undefined)
  }

  /** A lab that has not come yet takes step and play with it when it comes. */
  #request(request: Parameters<LabLink['request']>[0]): Promise<LabState | null> {
    return this.#link === null || (!this.#link.ready && request.type !== 'open')
      ? Promise.resolve(null)
      : this.#link.request(request)
  }

  #wait(waits: boolean): void {
    if (waits) this.#unload()
    else if (this.isConnected) this.connectedCallback()
  }

  #load(): void {
    this.#observer?.disconnect()
    if (this.#frame !== null) return
    const frame = document.createElement('iframe')
    frame.title = this.#label()
    frame.src = this.#address()
    frame.allow = 'fullscreen'
    this.#frame = frame
    this.#link = new LabLink(frame, (told) => this.#hear(told))
    this.#root.append(frame)
    this.#subscribe()
  }

  #unload(): void {
    plays(this, false)
    this.#observer?.disconnect()
    this.#link?.close()
    this.#frame?.remove()
    this.#frame = this.#link = this.#state = null
  }

  #reload(): void {
    this.#unload()
    this.#load()
  }

  #address(): string {
    const said = Object.fromEntries(SAID.map((name) => [name, this.getAttribute(name)]))
    return labAddress(this.getAttribute('src') ?? NetsplitLab.page, { ...said, still: this.hasAttribute('still') })
  }

  #label(): string {
    return (
      this.getAttribute('label') ?? `Netsplit: ${this.#state?.title ?? this.getAttribute('scenario') ?? 'a laboratory'}`
    )
  }

  #subscribe(): void {
    const keys = (this.getAttribute('keys') ?? '').split(' ').filter((key) => key !== '')
    void this.#link?.request({ type: 'subscribe', to: ['state', 'event', 'verdict'], keys }).catch(() => undefined)
  }

  #hear(told: Told): void {
    if (told.type === 'ready') this.#begin()
    if (told.type === 'ready' || told.type === 'state') {
      this.#state = told
      plays(this, told.playing)
      if (this.#frame !== null) this.#frame.title = this.#label()
      this.#fire(`netsplit-${told.type}`, told)
    } else if (told.type === 'verdict') this.#fire('netsplit-verdict', told)
    else if (told.type === 'error') this.#fire('netsplit-error', told.text)
    else if ('key' in told) this.#fire('netsplit-key', told.key)
    else this.#fire('netsplit-story', told.story)
  }

  /** What was asked while the lab was on its way; only the last of each kind still matters. */
  #begin(): void {
    const { step, playing } = this.#asked
    if (step !== null) void this.toStep(step).catch(() => undefined)
    if (playing !== null) void (playing ? this.play() : this.pause()).catch(() => undefined)
  }

  #fire(name: keyof LabEvents, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }))
  }
}

let sheet: CSSStyleSheet | null = null

/** A sheet that is made, not written into the page: a page's policy has nothing against it. */
function styles(): CSSStyleSheet {
  if (sheet !== null) return sheet
  sheet = new CSSStyleSheet()
  sheet.replaceSync(`
    :host { display: block; position: relative; aspect-ratio: 16 / 10; min-width: min(320px, 100%); min-height: 240px; overflow: hidden; }
    :host([hidden]) { display: none; }
    iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; color-scheme: auto; }
  `)
  return sheet
}
