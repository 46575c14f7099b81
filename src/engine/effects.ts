import type { Event } from '../kernel/event.ts'
import type { LabTypes, MessageId, ProcessId, World } from '../kernel/types.ts'
import type { AnyLab } from '../lab/definition.ts'

/** More sentences than these of one delivery are not kept. */
const MOST = 3

interface Effect {
  receiver: ProcessId
  told: string[]
  /** What the receiver sent because of it: by type, to whom. */
  sent: Map<string, ProcessId[]>
}

/**
 * What came of each delivery: what its handler said of itself, sent and answered, also once the disk was done. Reads the
 * causes of events, so whoever feeds it must have asked for them.
 */
export class Effects {
  readonly #lab: AnyLab
  readonly #byMessage = new Map<MessageId, Effect>()
  /** Events that came of a delivery, by their numbers. */
  readonly #roots = new Map<number, Effect>()

  constructor(lab: AnyLab) {
    this.#lab = lab
  }

  add(event: Event<LabTypes>, world: World<LabTypes>): void {
    if (event.type === 'delivered') {
      const effect = { receiver: event.process, told: [], sent: new Map() }
      this.#byMessage.set(event.id, effect)
      this.#roots.set(event.seq, effect)
      return
    }
    if (!FOLLOWS.has(event.type)) return
    const root = this.#rootOf(event)
    if (root === undefined) return
    this.#roots.set(event.seq, root)
    if (event.type === 'sent') {
      const known = root.sent.get(event.message.type)
      if (known === undefined) root.sent.set(event.message.type, [event.to])
      else known.push(event.to)
    } else if (event.type === 'completed') {
      root.told.push(`${event.process} hears: ${this.#lab.outcomeText(event.outcome).text}.`)
    } else if (event.type === 'noted' && root.told.length < MOST) {
      const told = this.#lab.story(event, world)
      if (told !== null) root.told.push(told.text)
    }
  }

  /** In sentences; empty if nothing came of it. */
  of(id: MessageId): readonly string[] {
    const effect = this.#byMessage.get(id)
    if (effect === undefined) return []
    const sent = [...effect.sent].map(([type, to]) => `${effect.receiver} sends ${type} to ${list(to)}.`)
    return [...effect.told, ...sent].slice(0, MOST)
  }

  /** Words that waited for the disk belong to where they were said; others to the event before them in the same handler. */
  #rootOf({ causes }: Event<LabTypes>): Effect | undefined {
    const said = causes.find(({ kind }) => kind === 'disk') ?? causes.find(({ kind }) => kind === 'process')
    return said === undefined ? undefined : this.#roots.get(said.seq)
  }
}

/** What a handler does, in contrast to what begins a handler. */
const FOLLOWS = new Set<string>(['sent', 'noted', 'completed', 'wrote', 'synced'])

const list = (ids: readonly ProcessId[]): string => [...new Set(ids)].join(', ')
