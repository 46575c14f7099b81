import type { Cause, Event, EventOf } from '../kernel/event.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { AnyLab } from '../lab/definition.ts'
import { causeOf, type Explainer, headOf, type Hop, type Line, type Root, type Spot } from '../lab/explain.ts'
import { reasonText } from '../lab/why-words.ts'
import type { RunPast } from './past.ts'

/** Most sentences of one chain: beyond it nobody reads. */
const MOST_LINES = 40

/**
 * Follows the causes of an event back to a timer or to somebody's own action, one sentence for each that says something.
 * Within a process the way leads to what set its handler off; from there to the sending, the command, what kept the awaited
 * word away, or the write that the words waited for.
 */
export class WhyChain {
  readonly lines: Line[] = []
  readonly hops: Hop[] = []
  readonly #lab: AnyLab
  readonly #past: RunPast
  readonly #explainer: Explainer<LabTypes>
  readonly #seen = new Set<number>()

  constructor(lab: AnyLab, past: RunPast, explainer: Explainer<LabTypes>) {
    this.#lab = lab
    this.#past = past
    this.#explainer = explainer
  }

  follow(start: Event<LabTypes>): void {
    let now: Event<LabTypes> | null = start
    let via: Cause['kind'] | null = null
    while (now !== null && !this.#seen.has(now.seq) && this.lines.length < MOST_LINES) {
      this.#seen.add(now.seq)
      this.#tell(now, via)
      const beside = this.#explainer.beside?.(now, this.#past) ?? []
      for (const seq of beside) this.#tellBeside(now, seq)
      const next = this.#next(now, via)
      if (next === null) break
      const others = now.causes.filter(({ kind, seq }) => kind === 'omission' && seq !== next.seq)
      const cause: Event<LabTypes> | null = this.#past.event(next.seq)
      if (cause !== null) this.#hop(next.kind, cause, now)
      for (const other of others) this.#branch(other, now)
      now = cause
      via = next.kind
    }
  }

  #branch({ kind, seq }: Cause, of: Event<LabTypes>): void {
    const cause = this.#past.event(seq)
    if (cause === null) return
    this.#hop(kind, cause, of)
    this.follow(cause)
  }

  #tellBeside(of: Event<LabTypes>, seq: number): void {
    const event = this.#past.event(seq)
    if (event === null || this.#seen.has(seq)) return
    this.#seen.add(seq)
    this.#hop('process', event, of)
    const sent = this.#past.event(causeOf(event, 'message') ?? 0)
    if (sent !== null) this.#hop('message', sent, event)
    this.#say(event)
  }

  #tell(event: Event<LabTypes>, via: Cause['kind'] | null): void {
    if (isSilent(event, via)) return
    this.#say(event)
  }

  #say(event: Event<LabTypes>): void {
    const said = reasonText(this.#lab, event, this.#past)
    if (said === null || this.lines.at(-1)?.text === said.text) return
    const { seq, at } = event
    this.lines.push({ ...said, event: { seq, at }, root: this.#rootOf(event) })
  }

  #hop(kind: Cause['kind'], from: Event<LabTypes>, to: Event<LabTypes>): void {
    const begin = spotOf(from)
    const end = spotOf(to)
    if (begin !== null && end !== null) this.hops.push({ kind, from: begin, to: end })
  }

  /** The one cause that explains an event; null where a chain ends. */
  #next(event: Event<LabTypes>, via: Cause['kind'] | null): Cause | null {
    const cause = (kind: Cause['kind']): Cause | null => event.causes.find((it) => it.kind === kind) ?? null
    const onward = this.#explainer.onward?.(event, this.#past) ?? null
    if (onward !== null) return { seq: onward, kind: 'process' }
    switch (event.type) {
      case 'commanded':
        return null
      case 'expired':
        return cause('command') ?? cause('omission') ?? (this.#goesOn(event) ? cause('timer') : null)
      case 'delivered':
      case 'held':
      case 'doubled':
      case 'delayed':
      case 'replaced':
      case 'broke':
        return cause('message')
      case 'lost':
        return cause('command') ?? cause('omission')
      case 'sent':
      case 'completed':
        // Reached from within its handler, it only stands in between; asked about, it may have waited for the disk.
        return cause('command') ?? (via === 'process' ? null : cause('disk')) ?? cause('process')
      case 'synced':
        return cause('disk')
      case 'noted':
      case 'wrote':
        return cause('process')
      default:
        return cause('command')
    }
  }

  /** A timer that is the next stage of the same wait, such as a probe's second one. */
  #goesOn(event: EventOf<LabTypes, 'expired'>): boolean {
    if (event.awaits === null) return false
    const setter = this.#past.event(causeOf(event, 'timer') ?? 0)
    const set = setter === null ? null : headOf(this.#past, setter)
    return set?.type === 'expired' && set.awaits !== null
  }

  #rootOf(event: Event<LabTypes>): Root | null {
    switch (event.type) {
      case 'commanded':
        return event.scripted ? 'scenario' : 'user'
      case 'invoked':
        return causeOf(event, 'command') === null ? 'workload' : null
      case 'started':
        return causeOf(event, 'command') === null ? 'start' : null
      case 'lost':
        return this.#next(event, null) === null ? 'chance' : null
      case 'expired':
        return this.#next(event, null) === null ? 'timer' : null
      default:
        return null
    }
  }
}

/** What the next sentence says better, and what only leads on. */
function isSilent(event: Event<LabTypes>, via: Cause['kind'] | null): boolean {
  switch (event.type) {
    case 'crashed':
    case 'paused':
    case 'stalled':
    case 'cut':
    case 'acted':
      return causeOf(event, 'command') !== null
    case 'started':
      return event.restarted && causeOf(event, 'command') !== null
    case 'sent':
      return via !== null
    default:
      return false
  }
}

/** Where it stands on the diagram; null for what happens to no process. */
function spotOf(event: Event<LabTypes>): Spot | null {
  if (event.type === 'lost' || event.type === 'held') return { process: event.to, at: event.at }
  return 'process' in event ? { process: event.process, at: event.at } : null
}
