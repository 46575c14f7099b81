import type { Operation } from './operation.ts'
import { type Fact, sessionFacts } from './session-facts.ts'

/** What a client may be promised about its own session, and about what others do, from weak to strong. */
export const SESSION_LEVELS = [
  'eventual',
  'read-your-writes',
  'monotonic-reads',
  'monotonic-writes',
  'writes-follow-reads',
  'causal',
] as const
export type SessionLevel = (typeof SESSION_LEVELS)[number]

/** What breaks a guarantee. Operations are named by their place in the history. */
export interface Break {
  /** The pair that cannot both be: what should have been seen, or was seen before, and the read that misses it. */
  pair: readonly [number, number] | readonly [number]
  /** How the reader came to know of it, from hand to hand; empty where it is the client's own doing. */
  through: readonly number[]
}

export interface SessionVerdict {
  /** The first thing that breaks each level; null where nothing does. */
  broken: Record<SessionLevel, Break | null>
  /** Two clients that do not agree at the end, though nobody writes any more: the last read of each. */
  unsettled: Break | null
  /** Reads that could not be told apart by value, and so were not held against anybody. */
  leftOut: number
}

/**
 * Which guarantees of sessions a history keeps: read your writes, monotonic reads, monotonic writes and writes follow reads
 * (Terry et al. 1994), and causal consistency; the sessions are its clients. It looks at answers alone. A read misses a
 * write if all that it may have read from had taken effect before that write was asked for (docs/HISTORY.md); a client must
 * not miss what its guarantee says that it should know. For a history of a store.
 */
export function checkSessions(operations: readonly Operation[]): SessionVerdict {
  const facts = sessionFacts(operations)
  const check = new SessionCheck()
  for (const { fact, returns } of events(facts.all)) {
    if (returns) check.end(fact)
    else check.begin(fact)
  }
  const [unwritten] = facts.unwritten.toSorted((a, b) => a.end - b.end)
  if (unwritten !== undefined) check.broken.eventual = { pair: [unwritten.place], through: [] }
  return { broken: check.broken, unsettled: unsettled(facts.all), leftOut: facts.leftOut }
}

/** By time; at an equal time calls come first, so that touching operations are concurrent. */
function events(facts: readonly Fact[]): { at: number; fact: Fact; returns: boolean }[] {
  const calls = facts.map((fact) => ({ at: fact.call, fact, returns: false }))
  const ends = facts.flatMap((fact) => (Number.isFinite(fact.end) ? [{ at: fact.end, fact, returns: true }] : []))
  return [...calls, ...ends].toSorted((a, b) => a.at - b.at || Number(a.returns) - Number(b.returns))
}

/** A write that somebody must not miss, and how they know of it. Of one key the latest call is the one that counts. */
interface Known {
  write: Fact
  by: readonly Fact[]
}
type Knowledge = ReadonlyMap<string, Known>

/** What a client knows, key by key. */
interface Session {
  /** What it wrote itself. */
  own: Knowledge
  /** What it read. */
  seen: Knowledge
  /** What the writer of something it read had written before that. */
  written: Knowledge
  /** What the writer of something it read had read before that. */
  followed: Knowledge
  /** All of this, from hand to hand. */
  past: Knowledge
}

const NOTHING: Knowledge = new Map()
const FRESH: Session = { own: NOTHING, seen: NOTHING, written: NOTHING, followed: NOTHING, past: NOTHING }

class SessionCheck {
  readonly broken = Object.fromEntries(SESSION_LEVELS.map((level) => [level, null])) as SessionVerdict['broken']
  readonly #sessions = new Map<string | number, Session>()
  /** What the client knew as it asked. */
  readonly #knew = new Map<Fact, Session>()
  readonly #shown = new Map<string, Shown>()

  begin(fact: Fact): void {
    this.#knew.set(fact, this.#sessions.get(fact.client) ?? FRESH)
  }

  end(fact: Fact): void {
    const knew = this.#knew.get(fact) ?? FRESH
    const past = join(knew.past, ...fact.from.map((write) => this.#pastOf(write, fact)))
    if (fact.read !== null) this.#judge(fact, { ...knew, past })
    const now = this.#sessions.get(fact.client) ?? FRESH
    const next: Session = { ...now, past: join(now.past, past) }
    for (const write of fact.from) {
      const before = this.#knew.get(write) ?? FRESH
      const by = [write, fact]
      next.seen = join(next.seen, new Map([[write.key, { write, by: [fact] }]]))
      next.written = join(next.written, through(elsewhere(before.own, write), by))
      next.followed = join(next.followed, through(elsewhere(before.seen, write), by))
    }
    if (fact.writes) {
      const itself = new Map([[fact.key, { write: fact, by: [] }]])
      next.own = join(next.own, itself)
      next.past = join(next.past, itself)
    }
    this.#sessions.set(fact.client, next)
  }

  /** The write, and all that its client knew as it asked. */
  #pastOf(write: Fact, reader: Fact): Knowledge {
    const by = [write, reader]
    const knew = through(this.#knew.get(write)?.past ?? NOTHING, by)
    // A compare-and-swap has read, too.
    const read = write.from.map((other): Knowledge => new Map([[other.key, { write: other, by }]]))
    return join(knew, ...read, new Map([[write.key, { write, by: [reader] }]]))
  }

  #judge(read: Fact, knew: Session): void {
    this.#demand('read-your-writes', read, knew.own.get(read.key))
    this.#demand('monotonic-reads', read, knew.seen.get(read.key))
    this.#demand('monotonic-writes', read, knew.written.get(read.key))
    this.#demand('writes-follow-reads', read, knew.followed.get(read.key))
    this.#demand('causal', read, knew.past.get(read.key))
    this.#comesBack(read)
  }

  #demand(level: SessionLevel, read: Fact, known: Known | undefined): void {
    if (known === undefined || known.write.call <= read.horizon || this.broken[level] !== null) return
    const [first] = known.by
    const pair = level === 'monotonic-reads' && first !== undefined ? first.place : known.write.place
    const way = level === 'monotonic-reads' ? [known.write] : known.by
    this.broken[level] = { pair: [pair, read.place], through: way.map(({ place }) => place) }
  }

  /** Who saw a value give way to another never sees it again. */
  #comesBack(read: Fact): void {
    if (read.from.length === 0) return
    const name = `${JSON.stringify(read.client)} ${read.key}`
    const shown = this.#shown.get(name) ?? { last: null, gone: new Map<Fact, Fact>() }
    for (const write of read.from) {
      const by = shown.gone.get(write)
      if (by !== undefined && by.end < read.call)
        this.broken['monotonic-reads'] ??= { pair: [by.place, read.place], through: [write.place] }
    }
    const { last } = shown
    if (last !== null && last.end < read.call) {
      for (const write of last.from)
        if (!read.from.includes(write) && !shown.gone.has(write)) shown.gone.set(write, read)
    }
    shown.last = read
    this.#shown.set(name, shown)
  }
}

interface Shown {
  last: Fact | null
  /** Each write that gave way, and the first read that showed so. */
  gone: Map<Fact, Fact>
}

/** Of each key the write that was asked for last: who misses an earlier one misses this, too. */
function join(first: Knowledge, ...others: readonly Knowledge[]): Knowledge {
  let joined: Map<string, Known> | null = null
  for (const other of others) {
    for (const [key, known] of other) {
      const mine = (joined ?? first).get(key)
      if (mine !== undefined && mine.write.call >= known.write.call) continue
      joined ??= new Map(first)
      joined.set(key, known)
    }
  }
  return joined ?? first
}

/** The same, known from a write and its reader. */
function through(known: Knowledge, by: readonly Fact[]): Knowledge {
  return known.size === 0 ? known : new Map([...known].map(([key, { write }]) => [key, { write, by }]))
}

/** Who misses an earlier write of the same key misses this one, too: that is a matter of monotonic reads. */
function elsewhere(known: Knowledge, { key }: Fact): Knowledge {
  if (!known.has(key)) return known
  return new Map([...known].filter(([other]) => other !== key))
}

function unsettled(facts: readonly Fact[]): Break | null {
  const lastWrite = new Map<string, number>()
  for (const { key, writes, end } of facts)
    if (writes) lastWrite.set(key, Math.max(lastWrite.get(key) ?? Number.NEGATIVE_INFINITY, end))
  const last = new Map<string, Map<string | number, Fact>>()
  for (const fact of facts) {
    if (fact.read === null || fact.call <= (lastWrite.get(fact.key) ?? Number.NEGATIVE_INFINITY)) continue
    const readers = last.get(fact.key) ?? new Map<string | number, Fact>()
    last.set(fact.key, readers)
    const before = readers.get(fact.client)
    if (before === undefined || before.end < fact.end) readers.set(fact.client, fact)
  }
  for (const readers of last.values()) {
    const [first, ...others] = [...readers.values()].toSorted((a, b) => a.end - b.end)
    const other = others.findLast((one) => textOf(one) !== textOf(first as Fact))
    if (first !== undefined && other !== undefined) return { pair: [first.place, other.place], through: [] }
  }
  return null
}

const textOf = ({ read }: Fact): string => (read ?? []).toSorted().join()
