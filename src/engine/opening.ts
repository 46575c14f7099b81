import type { CoreLoaders, LabLoaders } from '../lab/definition.ts'
import { brokenBy } from './broken.ts'
import type { FromEngine, ToEngine } from './messages.ts'
import { Pictures } from './pictures.ts'
import type { Session } from './session.ts'

type Open = Extract<ToEngine, { type: 'open' }>

/**
 * The engine while a page opens, with no more code than its first pictures need: a lab's core, and a cluster that is left to
 * itself. Whatever else is asked is the session's. It comes with the whole lab, at the latest when the page asks for it by
 * `whole`, takes the run up where it stands, and has the pipe from then on.
 */
export class Opening {
  readonly #labs: LabLoaders
  readonly #cores: CoreLoaders
  readonly #post: (message: FromEngine) => void
  readonly #clock: () => number
  readonly #inbox: ToEngine[] = []
  /** The next message has to wait for code. */
  #waiting = false
  #pictures: Pictures | null = null
  /** Of the message that was taken last. */
  #run = 0
  #session: Session | null = null
  /** The session stands where the pictures stood: it has the pipe. */
  #handedOver = false
  #coming: Promise<void> | null = null

  /** @param clock The host's, in microseconds. No run ever sees it; studies measure their own work by it. */
  constructor(labs: LabLoaders, cores: CoreLoaders, post: (message: FromEngine) => void, clock: () => number) {
    this.#labs = labs
    this.#cores = cores
    this.#post = post
    this.#clock = clock
  }

  receive(message: ToEngine): void {
    if (this.#session !== null && this.#handedOver) this.#session.receive(message)
    else this.#inbox.push(message)
  }

  /** Whether there is anything to do. While code is being loaded there is not: `ready` tells when. */
  get busy(): boolean {
    if (this.#session !== null) return this.#session.busy || (!this.#handedOver && this.#session.stands)
    return !this.#waiting && (this.#inbox.length > 0 || this.#pictures?.busy === true)
  }

  /** Called when code has come and work may go on. */
  ready: () => void = () => {}

  /** Does a little. */
  work(): void {
    if (this.#session !== null) {
      if (!this.#handedOver && this.#session.stands) this.#letIn(this.#session)
      else this.#session.work()
      return
    }
    try {
      const message = this.#inbox[0]
      if (message !== undefined && 'run' in message) this.#run = message.run
      if (message === undefined) this.#pictures?.goOn()
      else if (this.#take(message)) this.#inbox.shift()
      else this.#await(this.#complete(message))
    } catch (error) {
      this.#break(error)
    }
  }

  /** False if the message is the session's. */
  #take(message: ToEngine): boolean {
    const pictures = this.#pictures
    if (message.type === 'open') return this.#open(message)
    if (pictures === null) return false
    if (message.type === 'whole') {
      // If it cannot be had, the pictures go on without it, and the next who needs it asks again.
      void this.#complete(message).catch(() => undefined)
      return true
    }
    return pictures.take(message)
  }

  #open(message: Open): boolean {
    const load = this.#cores[message.value.lab]
    if (load === undefined || this.#coming !== null || !isFresh(message)) return false
    this.#await(load().then((core) => void (this.#pictures = new Pictures(core, message, this.#post))))
    return true
  }

  /** Loads the session and the rest of the lab. The pictures go on meanwhile, if nothing waits. */
  #complete(next: ToEngine): Promise<void> {
    // A session that opens another run has no use for the lab of this one.
    const lab = next.type === 'open' ? next.value.lab : (this.#pictures?.opened.value.lab ?? '')
    this.#coming ??= Promise.all([loadSession(), this.#labs[lab]?.()])
      .then(([Loaded]) => this.#handOver(Loaded))
      .finally(() => (this.#coming = null))
    return this.#coming
  }

  #handOver(Loaded: typeof Session): void {
    const session = new Loaded(this.#labs, this.#post, this.#clock)
    session.ready = () => this.ready()
    const opened = this.#inbox[0]?.type === 'open' ? this.#inbox.shift() : this.#pictures?.asOpened()
    if (opened !== undefined) session.receive(opened)
    this.#session = session
    this.#pictures = null
    this.ready()
  }

  /** What has come meanwhile was meant for the instant on show: a session on its way there would answer for another. */
  #letIn(session: Session): void {
    this.#handedOver = true
    for (const message of this.#inbox.splice(0)) session.receive(message)
  }

  /** Takes no further message until something has come. */
  #await(coming: Promise<void>): void {
    this.#waiting = true
    coming
      .catch((error: unknown) => this.#break(error))
      .finally(() => {
        this.#waiting = false
        this.ready()
      })
  }

  #break(error: unknown): void {
    const at = this.#pictures?.now ?? 0
    this.#pictures = null
    this.#inbox.length = 0
    this.#post(brokenBy(error, this.#run, at))
  }
}

/** Nothing was done in it, and nothing is planned: the core of its lab will do for a picture. */
const isFresh = ({ coreOnly, value, script, expectations, tree, steps, stopAtPart }: Open): boolean =>
  coreOnly === true &&
  value.commands.length + script.length + expectations.length === 0 &&
  (tree ?? steps ?? stopAtPart) === undefined

const loadSession = async () => (await import('./session.ts')).Session
