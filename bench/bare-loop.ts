/**
 * The measuring stick of the engines: what Raft's messages alone cost in plain objects. Five servers and one leader, who
 * has been elected before the run begins; requests that come to the leader, AppendEntries and their answers over links of
 * 1 to 5 ms, heartbeats every 50 ms, election timers that are armed lazily, a ring of the last million events and a hash of
 * them all. There are no faults, elections, disks, clients or snapshots, and nothing can be wound back.
 */
export class BareLoop {
  /** Simulated µs. */
  now = 0
  hash = 0
  readonly servers: Server[]
  readonly #gap: number
  readonly #pending: Pending[] = []
  readonly #times = new Float64Array(KEPT)
  readonly #words = new Int32Array(4 * KEPT)
  #events = 0
  #order = 0
  #random = 0x2545f491

  /** @param rate requests a simulated second */
  constructor(rate: number) {
    this.#gap = Math.round(1e6 / rate)
    this.servers = Array.from({ length: SERVERS }, (_, id) => new Server(id))
    for (const server of this.servers) {
      this.#resetTimer(server)
      this.#push(server.deadline, message(ELECTION, server.id, server.id))
    }
    this.#push(0, message(HEARTBEAT, LEADER, LEADER))
    this.#push(this.#gap, message(REQUEST, LEADER, LEADER))
  }

  /** @param at simulated µs */
  advanceTo(at: number): void {
    for (let first = this.#pending[0]; first !== undefined && first.at <= at; first = this.#pending[0]) {
      this.#pop()
      this.now = first.at
      this.#handle(first.message)
      this.#record(first.message)
    }
  }

  #handle(m: Message): void {
    const self = this.servers[m.to] as Server
    if (m.kind === APPEND) this.#onAppend(self, m)
    else if (m.kind === ANSWER) this.#onAnswer(self, m)
    else if (m.kind === ELECTION) this.#onTimer(self)
    else if (m.kind === HEARTBEAT) {
      this.#replicate(self)
      this.#push(this.now + 50_000, message(HEARTBEAT, LEADER, LEADER))
    } else if (m.kind === REFUSAL) {
      self.nextIndex[m.from] = Math.min(m.index, (self.nextIndex[m.from] as number) - 1) + 1
      this.#sendAppend(self, m.from)
    } else {
      self.log.push({ term: TERM, command: self.log.length })
      this.#replicate(self)
      this.#push(this.now + this.#gap, message(REQUEST, LEADER, LEADER))
    }
  }

  /** An expiry before the deadline that later messages have moved arms the timer anew. */
  #onTimer(self: Server): void {
    if (self.deadline <= this.now) this.#resetTimer(self)
    this.#push(self.deadline, message(ELECTION, self.id, self.id))
  }

  #replicate(leader: Server): void {
    for (const { id } of this.servers) if (id !== leader.id) this.#sendAppend(leader, id)
  }

  #sendAppend(leader: Server, to: number): void {
    const prevIndex = (leader.nextIndex[to] as number) - 1
    const entries = leader.log.slice(prevIndex + 1)
    const prevTerm = (leader.log[prevIndex] as Entry).term
    const m = {
      kind: APPEND,
      from: leader.id,
      to,
      term: TERM,
      index: prevIndex,
      prevTerm,
      entries,
      commit: leader.commit,
    }
    this.#send(m)
    leader.nextIndex[to] = leader.log.length
  }

  #onAppend(self: Server, m: Message): void {
    this.#resetTimer(self)
    const fits = self.log[m.index]?.term === m.prevTerm
    let index = fits ? m.index : Math.min(m.index, self.log.length) - 1
    if (fits)
      for (const entry of m.entries) {
        index++
        if (self.log[index]?.term === entry.term) continue
        self.log.length = index
        self.log.push(entry)
      }
    const commit = Math.min(m.commit, index)
    if (fits && commit > self.commit) apply(self, commit)
    this.#send(message(fits ? ANSWER : REFUSAL, self.id, m.from, index))
  }

  #onAnswer(leader: Server, m: Message): void {
    if (m.index <= (leader.matchIndex[m.from] as number)) return
    leader.matchIndex[m.from] = m.index
    if (m.index <= leader.commit) return
    let holders = 1
    for (const match of leader.matchIndex) if (match >= m.index) holders++
    if (2 * holders > SERVERS) apply(leader, m.index)
  }

  #resetTimer(server: Server): void {
    server.deadline = this.now + 150_000 + (this.#draw() % 150_000)
  }

  #send(m: Message): void {
    this.#push(this.now + 1_000 + (this.#draw() % 4_001), m)
  }

  #draw(): number {
    let x = this.#random
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#random = x
    return x >>> 0
  }

  #record(m: Message): void {
    const slot = this.#events++ % KEPT
    const ends = (m.from << 16) | m.to
    this.#times[slot] = this.now
    this.#words[4 * slot] = m.kind
    this.#words[4 * slot + 1] = ends
    this.#words[4 * slot + 2] = m.term
    this.#words[4 * slot + 3] = m.index
    let h = Math.imul(this.hash ^ this.now, PRIME)
    h = Math.imul(h ^ m.kind, PRIME)
    h = Math.imul(h ^ ends, PRIME)
    this.hash = Math.imul(Math.imul(h ^ m.term, PRIME) ^ m.index, PRIME)
  }

  #push(at: number, m: Message): void {
    const heap = this.#pending
    const item = { at, order: this.#order++, message: m }
    let i = heap.length
    heap.push(item)
    while (i > 0) {
      const parent = (i - 1) >> 1
      const above = heap[parent] as Pending
      if (above.at <= at) break
      heap[i] = above
      i = parent
    }
    heap[i] = item
  }

  #pop(): void {
    const heap = this.#pending
    const item = heap.pop() as Pending
    if (heap.length === 0) return
    let i = 0
    for (let child = 1; child < heap.length; child = 2 * i + 1) {
      if (child + 1 < heap.length && before(heap[child + 1] as Pending, heap[child] as Pending)) child++
      const below = heap[child] as Pending
      if (before(item, below)) break
      heap[i] = below
      i = child
    }
    heap[i] = item
  }
}

const SERVERS = 5
const LEADER = 0
const TERM = 1
const KEPT = 1 << 20
const PRIME = 0x01000193
const [ELECTION, HEARTBEAT, REQUEST, APPEND, ANSWER, REFUSAL] = [0, 1, 2, 3, 4, 5]

type Entry = { readonly term: number; readonly command: number }
type Message = {
  readonly kind: number
  readonly from: number
  readonly to: number
  readonly term: number
  readonly index: number
  readonly prevTerm: number
  readonly entries: readonly Entry[]
  readonly commit: number
}
type Pending = { readonly at: number; readonly order: number; readonly message: Message }

class Server {
  readonly id: number
  log: Entry[] = [{ term: 0, command: 0 }]
  commit = 0
  applied = 0
  deadline = 0
  nextIndex: number[] = Array.from({ length: SERVERS }, () => 1)
  matchIndex: number[] = Array.from({ length: SERVERS }, () => 0)

  constructor(id: number) {
    this.id = id
  }
}

const NOTHING: readonly Entry[] = []

const message = (kind: number, from: number, to: number, index = 0): Message => ({
  kind,
  from,
  to,
  term: TERM,
  index,
  prevTerm: 0,
  entries: NOTHING,
  commit: 0,
})

function apply(server: Server, commit: number): void {
  for (let i = server.commit + 1; i <= commit; i++)
    server.applied = (Math.imul(server.applied, 31) + (server.log[i] as Entry).command) | 0
  server.commit = commit
}

const before = (x: Pending, y: Pending): boolean => x.at < y.at || (x.at === y.at && x.order < y.order)
