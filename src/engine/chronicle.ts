import { History, type OperationRecord } from '../check/history.ts'
import type { Violation } from '../check/monitor.ts'
import { eventCode, eventSet, type Event } from '../kernel/event.ts'
import type { LabTypes, OperationId, World } from '../kernel/types.ts'
import type { AnyLab, Seen, Sentence } from '../lab/definition.ts'
import { type Settings, settingsOf } from '../lab/run-settings.ts'
import { trimStories } from '../lab/stories.ts'
import type { Accounts } from './accounts.ts'
import type { Story } from './messages.ts'

/** What a run is worth telling. Written once, when the run first gets there; cut off where it forks. */
export class RunChronicle implements Seen {
  readonly stories: Story[] = []
  readonly violations: Violation[] = []
  /** Monitors that can no longer say; whoever holds them tells. */
  undecided: () => readonly string[] = () => []
  readonly history = new History()
  /** The last event that is in here. */
  known = 0
  told = 0
  readonly #lab: AnyLab
  readonly #accounts: Accounts | null
  readonly #names = new Map<string, OperationId>()
  readonly #outcomes = new Map<OperationId, unknown>()

  /** As the last command left them. */
  #settings: Settings

  /** @param accounts Tells what every lab tells alike; without it, only the lab speaks. */
  constructor(lab: AnyLab, settings: Settings, accounts: Accounts | null) {
    this.#lab = lab
    this.#accounts = accounts
    this.#settings = settingsOf(settings)
  }

  add(event: Event<LabTypes>, steps: number, world: World<LabTypes>): void {
    const told = this.#accounts?.houseStory(this.#lab, event, world, this.#settings) ?? this.#lab.story(event, world)
    if (told !== null && !this.#joins(told, event)) {
      this.stories.push({ seq: event.seq, at: event.at, steps, ...told })
      const kept = trimStories(this.stories)
      if (kept !== this.stories) this.stories.splice(0, this.stories.length, ...kept)
    }
    if (event.type === 'commanded') this.#settings = settingsOf(world)
    if (event.type === 'completed') this.#outcomes.set(event.operation, event.outcome)
    this.history.add(event)
    this.known = event.seq
    if ((TELLING & (1 << eventCode(event.type))) !== 0) this.told++
  }

  /** Several commands at one instant that read alike are told as one: `You aligned the election timers`. */
  #joins(told: Sentence, event: Event<LabTypes>): boolean {
    const last = this.stories.at(-1)
    if (event.type !== 'commanded' || last === undefined || last.at !== event.at || last.text !== told.text)
      return false
    this.stories[this.stories.length - 1] = { ...last, about: [...new Set([...last.about, ...told.about])] }
    return true
  }

  /** The operation that was begun last. */
  lastOperation(): OperationId | null {
    return this.history.records.at(-1)?.id ?? null
  }

  /** Gives operations names, by which a scenario speaks of them. */
  name(names: Readonly<Record<string, OperationId>>): void {
    for (const [name, id] of Object.entries(names)) this.#names.set(name, id)
  }

  outcome(nameOrId: string): { done: boolean; outcome: unknown } {
    const operation = this.#names.get(nameOrId) ?? nameOrId
    return { done: this.#outcomes.has(operation), outcome: this.#outcomes.get(operation) ?? null }
  }

  /** Forgets what came after event number `seq`, at which the world has these settings. */
  truncate(seq: number, settings: Settings): void {
    this.#settings = settingsOf(settings)
    keepWhile(this.stories, (story) => story.seq <= seq)
    keepWhile(this.violations, (violation) => violation.seq <= seq)
    this.history.truncate(seq)
    this.#outcomes.clear()
    for (const record of this.history.records) if (record.return !== null) this.#outcomes.set(record.id, record.outcome)
    this.known = seq
    this.told++
  }

  /** Operations that began or ended after event number `seq`. */
  operationsSince(seq: number): OperationRecord[] {
    const { records } = this.history
    let first = records.length
    while (first > 0 && !isSettledBefore(records[first - 1] as OperationRecord, seq)) first--
    return records.slice(first).filter(({ callSeq, returnSeq }) => callSeq > seq || (returnSeq ?? 0) > seq)
  }
}

export const CHRONICLED = eventSet(['commanded', 'refused', 'crashed', 'noted', 'invoked', 'completed'])
const TELLING = eventSet(['commanded', 'noted', 'invoked', 'completed'])

/** Clients finish out of order, but never by much: whatever began this many events ago and is done was told before. */
function isSettledBefore(record: OperationRecord, seq: number): boolean {
  return record.returnSeq !== null && record.returnSeq <= seq && record.callSeq < seq - SETTLED
}
const SETTLED = 5_000

function keepWhile<T>(list: T[], keeps: (item: T) => boolean): void {
  let length = list.length
  while (length > 0 && !keeps(list[length - 1] as T)) length--
  list.length = length
}
