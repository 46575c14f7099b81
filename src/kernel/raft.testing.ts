import { Random, stream } from '../base/random.ts'
import { ms } from '../base/units.ts'
import { lab } from '../labs/raft/lab.ts'
import { defaultSetup } from '../lab/setup.ts'
import type { Raft } from '../labs/raft/types.ts'
import type { Command } from './command.ts'
import type { Event } from './event.ts'
import { type Checkpoint, type Observer, type Commands, Simulation } from './simulation.ts'
import type { Run, TimedCommand } from './types.ts'

/** A run of a real protocol with a bad network, a workload and faults: what the kernel's tests of whole runs stand on. */
export function stormyRun(seed: number, until = ms(3000)): Pick<Run<Raft>, 'setup' | 'commands'> {
  const setup = {
    ...defaultSetup(lab, seed),
    network: { ...lab.defaults.network, fifo: false, loss: 0.05, duplication: 0.05 },
    workload: { ...lab.defaults.workload, rate: 30 },
  }
  const random = new Random(stream(seed, 'storm'))
  const commands: TimedCommand<Raft>[] = []
  for (let at = ms(400); at < until; at += ms(150)) commands.push({ at, command: storm(random) })
  return { setup, commands }
}

function storm(random: Random): Command<Raft> {
  const process = `n${1 + random.int(5)}`
  const links = [{ from: process, to: `n${1 + random.int(5)}` }]
  return random.pick<Command<Raft>>([
    { type: 'crash', process },
    ...(['restart', 'restart', 'pause', 'resume', 'resume', 'stall'] as const).map((type) => ({ type, process })),
    { type: 'cut', links },
    { type: 'mend', links },
    { type: 'slow', process, factor: 1 + random.int(3) },
    { type: 'clock', process, driftPpm: random.int(100_000) },
    { type: 'fire', process, timer: 'election' },
    { type: 'join', process: { id: `c${6 + random.int(3)}`, role: 'client' } },
  ])
}

/** Keeps all events. */
export class Trace implements Observer<Raft> {
  readonly wants = -1
  readonly events: Event<Raft>[] = []
  observe(event: Event<Raft>): void {
    this.events.push(event)
  }
}

/** The whole run straight through, with all its events. */
export function straight(run: Pick<Run<Raft>, 'setup' | 'commands'>, until = ms(3000)) {
  const trace = new Trace()
  const sim = new Simulation(lab, run, undefined, trace)
  sim.advanceTo(until)
  return { sim, events: trace.events, fingerprint: sim.fingerprint() }
}

/** The simulation at a checkpoint, and the events that it makes from there on. */
export function resumed(checkpoint: Checkpoint<Raft>, commands: Commands<Raft> = checkpoint.commands) {
  const trace = new Trace()
  const sim = Simulation.from(lab, checkpoint, commands)
  sim.observer = trace
  return { sim, events: trace.events }
}
