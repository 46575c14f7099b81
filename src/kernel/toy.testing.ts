import type { Micros } from '../base/units.ts'
import type { Command } from './command.ts'
import type { Engine } from './core.ts'
import type { Event } from './event.ts'
import { Simulation } from './simulation.ts'
import type { DiskSettings, Env, NetworkSettings, Process, ProcessId, Setup, TimedCommand, Workload } from './types.ts'

/**
 * A protocol for the kernel's tests: a process does what it is told, by an action, by a message, by a timer, by an
 * operation; so each test writes the very behaviour that it needs.
 */
export type Toy = {
  config: { boot: Readonly<Record<ProcessId, readonly Instruction[]>>; colour: string }
  state: ToyState
  durable: { readonly value: string }
  message: { readonly type: 'told'; readonly text: string; readonly then: readonly Instruction[] }
  timer: string
  operation: readonly Instruction[]
  outcome: string
  action: { readonly type: 'do'; readonly then: readonly Instruction[] }
  note: { readonly type: 'said'; readonly text: string }
  view: null
}

export type Instruction =
  | { do: 'send'; to: ProcessId; text: string; then?: readonly Instruction[]; stream?: true; beforeSync?: true }
  | { do: 'timer'; name: string; after: Micros; then?: readonly Instruction[] }
  | { do: 'cancel'; name: string }
  | { do: 'persist'; value: string }
  | { do: 'busy'; time: Micros }
  | { do: 'note'; text: string }
  /** Notes a draw, both clocks, the configuration. */
  | { do: 'draw' | 'clocks' | 'colour' | 'peers' }
  | { do: 'complete'; outcome: string }

interface ToyState {
  restored: string | null
  operation: string
  plans: Record<string, readonly Instruction[]>
}

const node: Process<Toy> = {
  start(durable, env) {
    const self: ToyState = { restored: durable?.value ?? null, operation: '', plans: {} }
    if (durable !== null) env.note({ type: 'said', text: `restored ${durable.value}` })
    follow(self, env.config.boot[env.self] ?? [], '', env)
    return self
  },
  receive: (self, from, message, env) => follow(self, message.then, from, env),
  expire: (self, timer, env) => follow(self, self.plans[timer] ?? [], '', env),
  synced: (self, _write, env) => follow(self, self.plans['synced'] ?? [], '', env),
  act: (self, action, env) => follow(self, action.then, '', env),
  refusal: (_self, action) => (action.then.length === 0 ? 'there is nothing to do' : null),
  unreachable: (self, peer, env) => follow(self, self.plans['unreachable'] ?? [], peer, env),
  copy: (self) => ({ ...self, plans: { ...self.plans } }),
}

const client: Process<Toy> = {
  ...node,
  invoke(self, operation, env) {
    self.operation = operation.id
    follow(self, operation.what, '', env)
  },
}

/** An empty `to` stands for whoever sent the message. */
function follow(self: ToyState, instructions: readonly Instruction[], sender: ProcessId, env: Env<Toy>): void {
  for (const step of instructions) follow1(self, step, sender, env)
}

function follow1(self: ToyState, step: Instruction, sender: ProcessId, env: Env<Toy>): void {
  const say = (text: string): void => env.note({ type: 'said', text })
  switch (step.do) {
    case 'send': {
      const { text, then = [], stream, beforeSync = false } = step
      const channel = stream === true ? 'stream' : 'datagram'
      return env.send(step.to || sender, { type: 'told', text, then }, { channel, beforeSync })
    }
    case 'timer':
      self.plans[step.name] = step.then ?? []
      return env.setTimer(step.name, step.after)
    case 'cancel':
      return env.cancelTimer(step.name)
    case 'persist':
      env.persist({ value: step.value })
      return
    case 'busy':
      return env.busy(step.time)
    case 'note':
      return say(step.text)
    case 'draw':
      return say(`drew ${env.random()}`)
    case 'clocks':
      return say(`now ${env.now()}, elapsed ${env.elapsed()}`)
    case 'colour':
      return say(env.config.colour)
    case 'peers':
      return say(env.peers('node').join(' '))
    case 'complete':
      return env.complete(self.operation, step.outcome)
  }
}

export const toy: Engine<Toy> = {
  protocol: { roles: { node, client }, size: (message) => message.text.length },
  workload: (_random, n) => [{ do: 'complete', outcome: `done ${n}` }],
}

export interface ToyOptions {
  seed?: number
  nodes?: number
  clients?: number
  boot?: Toy['config']['boot']
  network?: Partial<NetworkSettings>
  disk?: Partial<DiskSettings>
  workload?: Workload
}

function toySetup(options: ToyOptions = {}): Setup<Toy> {
  const { seed = 1, nodes = 3, clients = 0, boot = {}, network, disk, workload = null } = options
  const named = (letter: string, role: string, n: number) =>
    Array.from({ length: n }, (_, i) => ({ id: `${letter}${i + 1}`, role }))
  return {
    seed,
    processes: [...named('n', 'node', nodes), ...named('c', 'client', clients)],
    config: { boot, colour: 'red' },
    network: { latency: constant(10), loss: 0, duplication: 0, fifo: false, bandwidth: 0, ...network },
    disk: { sync: constant(0), lying: false, ...disk },
    workload,
  }
}

/** A run of the toy that keeps all events. Times of a toy are small numbers: they are microseconds. */
export class ToyRun {
  readonly events: Event<Toy>[] = []
  readonly sim: Simulation<Toy>

  constructor(options: ToyOptions = {}, commands: readonly TimedCommand<Toy>[] = []) {
    const observer = { wants: -1, observe: (event: Event<Toy>) => void this.events.push(event) }
    this.sim = new Simulation(toy, { setup: toySetup(options), commands }, undefined, observer)
  }

  to(at: Micros): this {
    this.sim.advanceTo(at)
    return this
  }

  apply(command: Command<Toy>): this {
    this.sim.apply(command)
    return this
  }

  /** Has a process do something now. */
  tell(process: ProcessId, ...then: Instruction[]): this {
    return this.apply({ type: 'act', process, action: { type: 'do', then } })
  }

  /** The events in short, by default all but commands, actions and the first starts. */
  story(...types: Event<Toy>['type'][]): string[] {
    const dull: Event<Toy>['type'][] = ['commanded', 'acted', 'adjusted', 'changed']
    return this.events
      .filter((event) => (types.length > 0 ? types.includes(event.type) : !dull.includes(event.type)))
      .filter((event) => event.type !== 'started' || event.restarted || event.at > 0)
      .map((event) => `${event.at} ${brief(event)}`)
  }
}

export const constant = (value: Micros) => ({ type: 'constant', value }) as const

function brief(event: Event<Toy>): string {
  switch (event.type) {
    case 'sent':
    case 'delivered':
    case 'doubled':
    case 'delayed':
    case 'replaced':
    case 'held':
      return `${event.type} ${event.id} ${event.message.text}`
    case 'lost':
      return `lost ${event.id} ${event.message.text}: ${event.why}`
    case 'expired':
      return `expired ${event.process} ${event.timer}`
    case 'wrote':
    case 'synced':
      return `${event.type} ${event.process} ${event.write}`
    case 'noted':
      return `${event.process}: ${event.note.text}`
    case 'refused':
      return `refused: ${event.why}`
    case 'completed':
      return `completed ${event.operation}: ${event.outcome}`
    case 'invoked':
      return `invoked ${event.operation}`
    case 'broke':
      return `broke ${event.process} to ${event.peer}`
    case 'crashed':
      return `crashed ${event.process}, ${event.unsynced} unsynced`
    case 'cut':
    case 'mended':
      return `${event.type} ${event.links.map(({ from, to }) => `${from}>${to}`).join(' ')}`
    case 'changed':
      return `changed ${event.what}`
    case 'commanded':
      return `commanded ${event.command.type}`
    default:
      return `${event.type} ${event.process}`
  }
}
