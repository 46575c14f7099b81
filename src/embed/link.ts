import { PROTOCOL, type FromLab, type LabState, type Request, type Told } from './protocol.ts'

/** How a page speaks to a lab in a frame on it, wherever the frame came from. */
export class LabLink {
  readonly #frame: HTMLIFrameElement
  readonly #hear: (told: Told) => void
  readonly #answers = new Map<string, { done(state: LabState): void; failed(error: Error): void }>()
  /** What was asked before the lab was there. */
  #early: Sent[] = []
  #asked = 0
  #subscription: Extract<Request, { type: 'subscribe' }> | null = null
  #ready = false

  constructor(frame: HTMLIFrameElement, hear: (told: Told) => void) {
    this.#frame = frame
    this.#hear = hear
    window.addEventListener('message', this.#onMessage)
  }

  get ready(): boolean {
    return this.#ready
  }

  /** Resolves once the picture stands; rejects with what was wrong. What is asked before the lab is there waits for it. */
  request(request: Request): Promise<LabState> {
    const id = String(++this.#asked)
    const answer = new Promise<LabState>((done, failed) => this.#answers.set(id, { done, failed }))
    if (request.type === 'subscribe') this.#subscription = request
    if (this.#ready) this.#post({ id, ...request })
    else if (request.type !== 'subscribe') this.#early.push({ id, ...request })
    return answer
  }

  close(): void {
    window.removeEventListener('message', this.#onMessage)
    for (const { failed } of this.#answers.values()) failed(new Error('the lab was taken off the page'))
    this.#answers.clear()
  }

  readonly #onMessage = ({ data, origin, source }: MessageEvent<unknown>): void => {
    if (source !== this.#frame.contentWindow || origin !== originOf(this.#frame) || !isTold(data)) return
    const { re, ...told } = data
    if (told.type === 'ready') this.#begin()
    const waiting = re === undefined ? undefined : this.#answers.get(re)
    if (re !== undefined) this.#answers.delete(re)
    if (told.type === 'error') waiting?.failed(new Error(told.text))
    else if (told.type === 'state') waiting?.done(told)
    this.#hear(told)
  }

  /** Of a frame that was loaded again, too. */
  #begin(): void {
    this.#ready = true
    if (this.#subscription !== null) this.#post(this.#subscription)
    for (const request of this.#early.splice(0)) this.#post(request)
  }

  #post(request: Sent): void {
    const origin = originOf(this.#frame)
    // A page from disk has no origin to name.
    this.#frame.contentWindow?.postMessage({ netsplit: PROTOCOL, ...request }, origin === 'null' ? '*' : origin)
  }
}

type Sent = Request & { id?: string }

/** The origin of this page as a lab in it must allow it. */
export const ownOrigin = (): string => (location.protocol === 'file:' ? 'null' : location.origin)

/** As message events name it: pages from disk have none. */
function originOf(frame: HTMLIFrameElement): string {
  const { protocol, origin } = new URL(frame.src, document.baseURI)
  return protocol === 'file:' ? 'null' : origin
}

const TOLD: readonly string[] = ['ready', 'state', 'event', 'verdict', 'error']

/** The frame is the lab's own page: its messages are taken as what they say they are, once they say so. */
function isTold(data: unknown): data is FromLab {
  if (typeof data !== 'object' || data === null) return false
  const { netsplit, type } = data as Partial<Record<string, unknown>>
  return netsplit === PROTOCOL && typeof type === 'string' && TOLD.includes(type)
}
