import { ms, SECOND } from '../src/base/units.ts'
import type { Engine } from '../src/kernel/core.ts'
import { Simulation } from '../src/kernel/simulation.ts'
import type { Env, Process, Setup } from '../src/kernel/types.ts'
import { cpuSeconds, type Figure, median } from './figures.ts'

const SERVERS = 10_000
const SECONDS = 20
const ROUNDS = 5

/**
 * What ten thousand servers cost the engine when each pings another one every second, at random, and waits for the answer:
 * CPU per simulated second, and CPU until all have started.
 */
export function crowdFigures(): Figure[] {
  const starts: number[] = []
  const runs: number[] = []
  let kept: Simulation<Crowd> | null = null
  for (let round = 0; round <= ROUNDS; round++) {
    let simulation: Simulation<Crowd> | undefined
    starts.push(cpuSeconds(() => (simulation = new Simulation(crowd, { setup, commands: [] }))))
    // By now the probes are spread over the second, and most timers have been armed once.
    simulation?.advanceTo(2 * SECOND)
    runs.push(cpuSeconds(() => simulation?.advanceTo((2 + SECONDS) * SECOND)))
    kept = simulation ?? kept
  }
  const events = (kept?.seq ?? 0) / (2 + SECONDS)
  return [
    { name: 'engine.crowd', value: round2((median(runs.slice(1)) / SECONDS) * 1000), unit: 'cpu-ms/sim-s' },
    { name: 'engine.crowd.events', value: Math.round(events), unit: 'events/sim-s' },
    { name: 'engine.crowd.start', value: round2(median(starts.slice(1)) * 1000), unit: 'cpu-ms' },
  ]
}

type Crowd = {
  config: object
  state: { period: number; heard: number }
  durable: object
  message: { readonly type: 'ping' | 'ack'; readonly period: number }
  timer: 'probe' | 'timeout'
  operation: null
  outcome: null
  action: { readonly type: never }
  note: { readonly type: never }
  view: null
}

const server: Process<Crowd> = {
  start(_durable, env) {
    env.setTimer('probe', Math.floor(env.random() * SECOND))
    return { period: 0, heard: 0 }
  },
  receive(self, from, message, env) {
    if (message.type === 'ping') env.send(from, { type: 'ack', period: message.period })
    else if (message.period === self.period) {
      self.heard++
      env.cancelTimer('timeout')
    }
  },
  expire(self, timer, env) {
    if (timer === 'probe') probe(self, env)
  },
  copy: (self) => ({ ...self }),
}

function probe(self: Crowd['state'], env: Env<Crowd>): void {
  const peers = env.peers('server')
  const target = peers[Math.floor(env.random() * peers.length)] as string
  self.period++
  env.setTimer('probe', SECOND)
  env.setTimer('timeout', ms(500))
  env.send(target, { type: 'ping', period: self.period })
}

const crowd: Engine<Crowd> = {
  protocol: {
    roles: { server },
    size: () => 32,
    digest: (message) => (message.type === 'ping' ? 1 : 2) ^ Math.imul(message.period, 0x9e3779b1),
  },
  workload: () => null,
}

const setup: Setup<Crowd> = {
  seed: 1,
  processes: Array.from({ length: SERVERS }, (_, i) => ({ id: `s${i + 1}`, role: 'server' })),
  config: {},
  network: { latency: { type: 'uniform', min: ms(1), max: ms(5) }, loss: 0, duplication: 0, fifo: false, bandwidth: 0 },
  disk: { sync: { type: 'constant', value: 0 }, lying: false },
  workload: null,
}

const round2 = (x: number): number => Math.round(x * 100) / 100
