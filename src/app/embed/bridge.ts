import { fail, ok, type Result } from '../../base/result.ts'
import { PROTOCOL, type FromLab, type LabState, type Request, type Told, type Topic } from '../../embed/protocol.ts'
import { readMessage } from './requests.ts'

/** What a message event says, as far as it matters here. */
export interface Posted {
  data: unknown
  origin: string
  source: unknown
}

/** The lab as the page around it may use it. */
export interface Lab {
  /** Does what is asked; resolves when the picture stands, or with what was wrong. */
  act(request: Exclude<Request, { type: 'subscribe' }>): Promise<Result<LabState>>
  state(): LabState
  /** Which keys it leaves to the page. */
  leaveKeys(keys: readonly string[]): void
}

/** So many requests may wait; a page that asks faster than pictures come is refused the rest. */
const MOST_WAITING = 100

/**
 * The lab's end of the protocol. Only the page that holds the frame is heard, and only from an origin that was allowed: to
 * anybody else it is silent. Requests are taken strictly in order.
 */
export class Bridge {
  readonly #host: unknown
  readonly #origins: ReadonlySet<string>
  readonly #lab: Lab
  readonly #post: (message: FromLab, origin: string) => void
  #topics: ReadonlySet<Topic> = new Set()
  #origin: string | null = null
  #last: Promise<void> = Promise.resolve()
  #waiting = 0

  constructor(host: unknown, origins: ReadonlySet<string>, lab: Lab, post: (message: FromLab, origin: string) => void) {
    this.#host = host
    this.#origins = origins
    this.#lab = lab
    this.#post = post
  }

  /** The first picture stands. Nobody has spoken yet: every origin that was allowed may be the page's. */
  ready(): void {
    for (const origin of this.#origins) this.#post({ netsplit: PROTOCOL, type: 'ready', ...this.#lab.state() }, origin)
  }

  /** Whatever was posted to the window. */
  hear({ data, origin, source }: Posted): void {
    if (source !== this.#host || !this.#origins.has(origin)) return
    const heard = readMessage(data)
    if (heard === null) return
    this.#origin = origin
    const { id, request } = heard
    if (!request.ok) this.#say({ type: 'error', text: request.error }, id)
    else if (this.#waiting >= MOST_WAITING)
      this.#say({ type: 'error', text: `${request.value.type}: ${MOST_WAITING} requests are waiting already` }, id)
    else this.#enqueue(request.value, id)
  }

  /** Tells what was subscribed to. Keys are asked for by name, and always told. */
  tell(told: Exclude<Told, { type: 'ready' | 'error' }>): void {
    if ('key' in told || this.#topics.has(told.type)) this.#say(told, null)
  }

  #enqueue(request: Request, id: string | null): void {
    this.#waiting++
    this.#last = this.#last.then(async () => {
      const answer = await this.#do(request).catch((error: unknown) => fail(String(error)))
      this.#waiting--
      if (!answer.ok) this.#say({ type: 'error', text: answer.error }, id)
      else if (id !== null) this.#say({ type: 'state', ...answer.value }, id)
    })
  }

  async #do(request: Request): Promise<Result<LabState>> {
    if (request.type !== 'subscribe') return await this.#lab.act(request)
    this.#topics = new Set(request.to ?? [])
    this.#lab.leaveKeys(request.keys ?? [])
    return ok(this.#lab.state())
  }

  #say(told: Told, re: string | null): void {
    if (this.#origin === null) return
    this.#post({ netsplit: PROTOCOL, ...(re !== null && { re }), ...told }, this.#origin)
  }
}
