import { assert, must } from '../base/assert.ts'
import { mix } from '../base/hash.ts'
import { Agenda } from '../base/agenda.ts'
import type { Entries } from '../base/heap.ts'
import { linkStream, LinkStreams, type Random, type Stream, stream } from '../base/random.ts'
import type { Micros } from '../base/units.ts'
import type { Due, Flight, HeldFlight } from './due.ts'
import { messageId } from './due.ts'
import type { CrowdCare } from './crowd.ts'
import type { Cause, Event } from './event.ts'
import { copyMachine, type Machine, makeLink, makeTurn, newMachine, type OutLink, type Turn } from './machine.ts'
import type { ReadAhead } from './read-ahead.ts'
import type {
  DiskSettings,
  LabTypes,
  MessageId,
  NetworkSettings,
  ProcessId,
  ProcessSetup,
  Protocol,
  Setup,
  Workload,
} from './types.ts'

/** What a simulation needs of a lab. */
export interface Engine<T extends LabTypes> {
  readonly protocol: Protocol<T>
  /** The n-th operation of a workload. */
  workload(random: Random, n: number, settings: Workload): T['operation']
}

/**
 * The data of a running simulation and the few operations that all parts of the kernel share: owning a machine, numbering
 * and fingerprinting an event, putting something on the agenda. Within the kernel only; the world sees `Simulation`.
 */
export class Core<T extends LabTypes> {
  readonly engine: Engine<T>
  readonly seed: number
  now: Micros = 0
  seq = 0
  steps = 0
  stepsHere = 0
  order = 0
  commandsDone = 0
  hash1 = 0x6a09e667 | 0
  hash2 = 0xbb67ae85 | 0
  /** The processes of each role that the run began with. */
  readonly founders: ReadonlyMap<string, readonly ProcessId[]>
  config: T['config']
  network: NetworkSettings
  disk: DiskSettings
  workload: Workload | null = null
  workGeneration = 0
  workCount = 0
  agenda: Agenda<Due<T>>
  /** Messages that are held, in the order in which they came. */
  tray: HeldFlight<T>[] = []
  /** How many links say for themselves whether they hold. */
  ownHolds = 0
  machines: Machine<T>[] = []
  indexOf = new Map<ProcessId, number>()
  /** The name at each place: in a crowd, asking a machine for it costs what fetching the machine costs. */
  ids: ProcessId[] = []
  roleIds = new Map<string, ProcessId[]>()
  /** Bits of the event types that somebody listens to; the rest is numbered and hashed, and not made. */
  wanted = 0
  /** Whether somebody wants to know what an event came of. */
  causal = false
  /** Whether somebody wants to know the ids of messages. */
  named = false
  fresh: Event<T>[] = []
  /** Who may change a machine in place. A new one after every checkpoint. */
  owner: object = {}
  directoryOwner: object = this.owner
  trayOwner: object = this.owner
  readonly #crowds: CrowdCare | null
  readonly #ahead: ReadAhead<T> | null
  #sender: ProcessId = ''
  #senderIndex = -1
  readonly #farStreams: LinkStreams
  readonly #streams: (Stream | undefined)[] = Array.from({ length: FEW * FEW }, () => undefined)

  /** @param crowds For a run that may have thousands of processes. */
  constructor(engine: Engine<T>, setup: Setup<T>, crowds: CrowdCare | null) {
    this.engine = engine
    this.#crowds = crowds
    this.#ahead = crowds === null ? null : new crowds.ReadAhead<T>()
    this.seed = setup.seed
    this.#farStreams = new LinkStreams(setup.seed)
    this.config = setup.config
    this.network = setup.network
    this.disk = setup.disk
    this.founders = byRole(setup.processes)
    this.agenda = this.#agendaOf()
  }

  addMachine(setup: ProcessSetup): Machine<T> {
    assert(!this.indexOf.has(setup.id), `two processes are called ${setup.id}`)
    const process = must(this.engine.protocol.roles[setup.role], `role ${setup.role}`)
    const machine = newMachine(setup, this.machines.length, process, stream(this.seed, setup.id), this.owner)
    this.machines.push(machine)
    this.register(machine)
    return machine
  }

  /** The directories are shared with checkpoints like the machines, and copied before the first change after one. */
  register(machine: Machine<T>): void {
    if (this.directoryOwner !== this.owner) {
      this.indexOf = new Map(this.indexOf)
      this.ids = this.ids.slice()
      this.roleIds = new Map([...this.roleIds].map(([role, ids]) => [role, ids.slice()]))
      this.directoryOwner = this.owner
    }
    this.indexOf.set(machine.id, machine.index)
    this.ids[machine.index] = machine.id
    const ids = this.roleIds.get(machine.setup.role)
    if (ids === undefined) this.roleIds.set(machine.setup.role, [machine.id])
    else ids.push(machine.id)
  }

  /** The machine at this place, to be changed. */
  own(index: number): Machine<T> {
    const machine = this.machines[index] as Machine<T>
    if (machine.owner === this.owner) return machine
    const copy = copyMachine(machine, this.owner)
    this.machines[index] = copy
    return copy
  }

  /** The tray, to be put into: shared with checkpoints like the machines. */
  ownTray(): HeldFlight<T>[] {
    if (this.trayOwner !== this.owner) this.setTray(this.tray.slice())
    return this.tray
  }

  setTray(tray: HeldFlight<T>[]): void {
    this.tray = tray
    this.trayOwner = this.owner
  }

  /** Whether any link may hold what comes on it. */
  get holding(): boolean {
    return this.ownHolds > 0 || this.network.hold === true
  }

  /** The name at this place, which is the next to be asked for: most messages are answered at once. */
  senderAt(index: number): ProcessId {
    this.#senderIndex = index
    return (this.#sender = this.ids[index] as ProcessId)
  }

  /** Something is on its way there. In a crowd what its receiver will need is read ahead, unless it is an answer. */
  onItsWay(from: Machine<T>, to: number): void {
    if (this.machines.length < CROWD || to === this.#senderIndex || from.process.addresses !== undefined) return
    this.#ahead?.sent(from.index, to, this.machines)
  }

  placeOf(id: ProcessId): number | undefined {
    if (id === this.#sender) return this.#senderIndex
    const guess = numberIn(id) - 1
    return this.ids[guess] === id ? guess : this.indexOf.get(id)
  }

  find(id: ProcessId): Machine<T> | null {
    const index = this.indexOf.get(id)
    return index === undefined ? null : (this.machines[index] as Machine<T>)
  }

  linkTo(machine: Machine<T>, to: number): OutLink {
    machine.links ??= new Map()
    const known = machine.links.get(to)
    if (known !== undefined) return known
    const link = makeLink({ to, cut: false, cutSeq: 0, own: null })
    machine.links.set(to, link)
    return link
  }

  /** What a message has to wait for that goes there in its turn. */
  turnTo(machine: Machine<T>, to: number): Turn {
    machine.turns ??= new Map()
    const known = machine.turns.get(to)
    if (known !== undefined) return known
    const turn = makeTurn({ lastArrival: 0, freeAt: 0 })
    machine.turns.set(to, turn)
    return turn
  }

  /** The randomness of a link: a function of the seed and the two names, kept where few talk much, and elsewhere good until the next is asked for. */
  linkStream(from: Machine<T>, to: number): Stream {
    if (from.index >= FEW || to >= FEW) return this.#farStreams.of(from.index, from.id, this.ids[to] as ProcessId)
    const place = from.index * FEW + to
    return (this.#streams[place] ??= linkStream(this.seed, from.id, this.ids[to] as ProcessId))
  }

  /** Numbers an event and takes it into the fingerprint; `a`, `b`, `c` stand for all that it says. */
  record(code: number, a: number, b: number, c: number): number {
    const low = this.now | 0
    const high = (this.now / 4294967296) | 0
    const head = (code << 24) ^ a
    this.hash1 = mix(mix(mix(mix(this.hash1, low), head), b), c)
    let h = Math.imul(this.hash2 ^ c, 0x9e3779b1)
    h = Math.imul(h ^ (h >>> 15) ^ b, 0x27d4eb2f)
    h = Math.imul(h ^ (h >>> 13) ^ head, 0x165667b1)
    h = Math.imul(h ^ (h >>> 16) ^ low, 0x7feb352d) ^ high
    this.hash2 = h ^ (h >>> 14)
    return ++this.seq
  }

  /** Whether anybody listens to the event type of this number. */
  wants(code: number): boolean {
    return (this.wanted & (1 << code)) !== 0
  }

  emit(event: Event<T>): void {
    this.fresh.push(event)
  }

  /** The event before this one in the same process. */
  causesAt(machine: Machine<T>, seq = 0, kind: Cause['kind'] = 'process'): readonly Cause[] {
    if (!this.causal) return NO_CAUSES
    const causes: Cause[] = machine.lastSeq === 0 ? [] : [{ seq: machine.lastSeq, kind: 'process' }]
    if (seq !== 0) causes.push({ seq, kind })
    return causes
  }

  /** An agenda with these things on it, in place of the one there is. */
  refill(entries: Entries<Due<T>>): void {
    this.agenda = this.#agendaOf(entries)
  }

  nextOrder(): number {
    return this.order++
  }

  /** Comes before all that is due at the same instant: it was there first and had to wait. */
  waitedOrder(): number {
    return this.order++ - AHEAD
  }

  #agendaOf(entries?: Entries<Due<T>>): Agenda<Due<T>> {
    const crowds = this.#crowds
    if (crowds === null) return new Agenda<Due<T>>(entries)
    const placeOf = (id: ProcessId): number | undefined => this.placeOf(id)
    const soon = (items: readonly (Due<T> | undefined)[], count: number): void =>
      this.#ahead?.soon(items, count, this.machines, placeOf)
    return new Agenda<Due<T>>(entries, (first) => new crowds.Many(first, soon))
  }

  /** What an event calls a message: nothing if nobody wants to know. */
  nameOf(flight: Flight<T>): MessageId {
    return this.named ? this.flightId(flight) : ''
  }

  flightId(flight: Flight<T>): MessageId {
    const from = this.machines[flight.from] as Machine<T>
    const to = this.machines[flight.to] as Machine<T>
    return messageId(from.id, to.id, flight.n, flight.course.copy)
  }
}

/** The number at the end of a name, for a guess at its place: the processes of most runs are counted through. */
function numberIn(id: ProcessId): number {
  let number = 0
  for (let i = 1; i < id.length; i++) number = number * 10 + id.charCodeAt(i) - ZERO
  return number > 0 && number <= MOST ? number : 1
}

const ZERO = 48
/** Beyond this no place is guessed. */
const MOST = 1_000_000

function byRole(processes: readonly ProcessSetup[]): Map<string, ProcessId[]> {
  const roles = new Map<string, ProcessId[]>()
  for (const { id, role } of processes) {
    const ids = roles.get(role)
    if (ids === undefined) roles.set(role, [id])
    else ids.push(id)
  }
  return roles
}

const FEW = 16
const CROWD = 1_000
const AHEAD = 1_099_511_627_776

/** The plain fields, which a checkpoint takes over as they are. */
export function coreData<T extends LabTypes>(core: Core<T>) {
  const { now, seq, steps, stepsHere, order, commandsDone, hash1, hash2 } = core
  const { config, network, disk, workload, workGeneration, workCount, indexOf, ids, roleIds } = core
  const counters = { now, seq, steps, stepsHere, order, commandsDone, hash1, hash2 }
  const settings = { config, network, disk, workload, workGeneration, workCount, indexOf, ids, roleIds }
  return { ...counters, ...settings, tray: core.tray, ownHolds: core.ownHolds }
}
export type CoreData<T extends LabTypes> = ReturnType<typeof coreData<T>>

const NO_CAUSES: readonly Cause[] = Object.freeze([])
