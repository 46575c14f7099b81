import { eventSet, type Event } from '../../kernel/event.ts'
import { Simulation } from '../../kernel/simulation.ts'
import type { ProcessId, Setup } from '../../kernel/types.ts'
import { defaultSetup } from '../../lab/setup.ts'
import { ms } from '../../base/units.ts'
import { Watch } from '../../check/monitor.ts'
import { lab } from './lab.ts'
import { currentLeader, serverState } from './observe.ts'
import type { ServerState } from './state.ts'
import type { Note } from './notes.ts'
import type { Command } from './store.ts'
import type { Raft } from './types.ts'

/** A cluster for a test: a simulation, what it said, and words for what tests do with it. */
export class Cluster {
  readonly sim: Simulation<Raft>
  readonly events: Event<Raft>[] = []
  readonly watch = new Watch(lab.monitors)

  constructor(servers = 5, change: Partial<Setup<Raft>> = {}) {
    const setup = { ...defaultSetup(lab, 1, servers), ...change }
    this.sim = new Simulation<Raft>(lab, { setup, commands: [] }, undefined, {
      wants: this.watch.wants | eventSet(['noted', 'completed', 'invoked', 'sent', 'delivered', 'lost', 'refused']),
      observe: (event, world) => {
        this.watch.observe(event, world)
        this.events.push(event)
      },
    })
  }

  /** Runs on by so many simulated milliseconds. */
  run(milliseconds: number): this {
    this.sim.advanceTo(this.sim.now + ms(milliseconds))
    return this
  }

  /** Runs on until something holds, at most for ten simulated seconds. */
  until(holds: () => boolean, what: string): this {
    const limit = this.sim.now + ms(10_000)
    while (!holds()) if (this.sim.now > limit || !this.sim.step()) throw new Error(`never came: ${what}`)
    return this
  }

  /** Runs on until somebody leads. */
  elect(): ProcessId {
    this.until(() => this.leader !== null, 'a leader')
    return this.leader as ProcessId
  }

  get leader(): ProcessId | null {
    return currentLeader(this.sim)
  }
  get servers(): readonly ProcessId[] {
    return this.sim.ids('server')
  }
  server(id: ProcessId): ServerState {
    const state = serverState(this.sim, id)
    if (state === null) throw new Error(`${id} is down`)
    return state
  }
  terms(id: ProcessId): number[] {
    return this.server(id)
      .log.slice()
      .map((entry) => entry.term)
  }
  ask(client: ProcessId, command: Command, via?: ProcessId): this {
    this.sim.apply({ type: 'invoke', client, operation: via === undefined ? { command } : { command, via } })
    return this
  }
  /** What the last operation of this client came to. */
  outcome(client: ProcessId) {
    const done = this.events.findLast((event) => event.type === 'completed' && event.process === client)
    return done?.type === 'completed' ? done.outcome : null
  }
  notes(type: Note['type']) {
    return this.events.flatMap((event) =>
      event.type === 'noted' && event.note.type === type ? [{ process: event.process, note: event.note }] : [],
    )
  }
}
