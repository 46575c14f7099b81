import { describe, expect, it } from 'vitest'
import { Random, stream } from '../base/random.ts'
import type { Command } from './command.ts'
import type { Event } from './event.ts'
import { Simulation } from './simulation.ts'
import { constant, type Instruction, type Toy, toy, ToyRun } from './toy.testing.ts'
import type { World } from './types.ts'

const send = (to: string, text: string, ...then: Instruction[]): Instruction => ({ do: 'send', to, text, then })

/** All that can be seen of a world. */
function snapshot(world: World<Toy>): unknown {
  return structuredClone({
    settings: [world.now, world.config, world.network, world.disk, world.workload],
    flights: world.flights(),
    cuts: world.cuts(),
    processes: world.processes.map((process) => [
      process,
      world.status(process.id),
      world.state(process.id),
      world.durable(process.id),
      world.unsynced(process.id),
      world.configOf(process.id),
      world.timers(process.id),
    ]),
  })
}

/** n1 is up, n2 paused, n3 down, n1>n3 cut; a message is under way to each of n1 and n2. */
function scene(): ToyRun {
  const run = new ToyRun({ clients: 1 }).tell('n1', send('n2', 'a'), send('n1', 'b'), {
    do: 'timer',
    name: 't',
    after: 30,
  })
  run.to(4).apply({ type: 'pause', process: 'n2' }).apply({ type: 'crash', process: 'n3' })
  return run.apply({ type: 'cut', links: [{ from: 'n1', to: 'n3' }] })
}

const told: Toy['message'] = { type: 'told', text: 'x', then: [] }
const act = (process: string, ...then: Instruction[]): Command<Toy> => ({
  type: 'act',
  process,
  action: { type: 'do', then },
})
const network = (settings: Extract<Command<Toy>, { type: 'network' }>['settings']): Command<Toy> => ({
  type: 'network',
  settings,
})

const REFUSED: [why: string, Command<Toy>][] = [
  ['n3 is already down', { type: 'crash', process: 'n3' }],
  ['n1 is running: crash it first', { type: 'restart', process: 'n1' }],
  ['n2 is running: crash it first', { type: 'restart', process: 'n2' }],
  ['n1 is running: crash it first', { type: 'wipe', process: 'n1' }],
  ['n2 is paused', { type: 'pause', process: 'n2' }],
  ['n2 is paused', { type: 'stall', process: 'n2' }],
  ['n3 is down', { type: 'pause', process: 'n3' }],
  ['n1 is running', { type: 'resume', process: 'n1' }],
  ['n3 is down', { type: 'resume', process: 'n3' }],
  ['there is no process called n9', { type: 'crash', process: 'n9' }],
  ['there is no process called n9', { type: 'slow', process: 'n9', factor: 2 }],
  ['a factor must be above 0, not 0', { type: 'slow', process: 'n1', factor: 0 }],
  ['a factor must be above 0, not NaN', { type: 'slow', process: 'n1', factor: Number.NaN }],
  ['a factor must be above 0, not Infinity', { type: 'slow', process: 'n1', factor: Number.POSITIVE_INFINITY }],
  ['a clock cannot run backwards', { type: 'clock', process: 'n1', driftPpm: -1_000_000 }],
  ['there is no process called n9', { type: 'clock', process: 'n9', offset: 1 }],
  ['there is no process called n9', { type: 'disk', process: 'n9', lying: true }],
  ['sync: value must be 0 or more, not -1', { type: 'disk', sync: constant(-1) }],
  [
    'there is no process called n9',
    {
      type: 'cut',
      links: [
        { from: 'n1', to: 'n2' },
        { from: 'n1', to: 'n9' },
      ],
    },
  ],
  ['these links are already cut', { type: 'cut', links: [{ from: 'n1', to: 'n3' }] }],
  ['none of these links is cut', { type: 'mend', links: [{ from: 'n3', to: 'n1' }] }],
  ['there is no process called n9', { type: 'link', link: { from: 'n9', to: 'n1' }, settings: {} }],
  ['there is no process called n9', { type: 'link', link: { from: 'n1', to: 'n9' }, settings: {} }],
  ['loss must be from 0 to 1, not 2', { type: 'link', link: { from: 'n1', to: 'n2' }, settings: { loss: 2 } }],
  ['loss must be from 0 to 1, not NaN', network({ loss: Number.NaN })],
  ['duplication must be from 0 to 1, not -0.1', network({ duplication: -0.1 })],
  ['hold must be true or false, not 1', network({ hold: 1 as unknown as boolean })],
  ['bandwidth must be 0 or more, not -5', network({ bandwidth: -5 })],
  ['latency: value must be 0 or more, not -1', network({ latency: constant(-1) })],
  ['latency: max must not be below min, 1 < 5', network({ latency: { type: 'uniform', min: 5, max: 1 } })],
  ['message n1>n2#7 is not in flight', { type: 'message', id: 'n1>n2#7', do: 'drop' }],
  ['n2 is paused', { type: 'message', id: 'n1>n2#1', do: 'deliver' }],
  [
    'a delay of -60 µs would bring message n1>n2#1 into the past',
    { type: 'message', id: 'n1>n2#1', do: { delay: -60 } },
  ],
  [
    'a delay of NaN µs would bring message n1>n2#1 into the past',
    { type: 'message', id: 'n1>n2#1', do: { delay: Number.NaN } },
  ],
  ['there is no process called n9', { type: 'inject', from: 'n9', to: 'n1', message: told }],
  ['there is no process called n9', { type: 'inject', from: 'n1', to: 'n9', message: told }],
  ['n3 is down', { type: 'fire', process: 'n3', timer: 't' }],
  ['n2 is paused', { type: 'fire', process: 'n2', timer: 't' }],
  ['n3 is down', act('n3', { do: 'draw' })],
  ['there is nothing to do', act('n1')],
  ['n1 is no client', { type: 'invoke', client: 'n1', operation: [] }],
  ['there is no process called c9', { type: 'invoke', client: 'c9', operation: [] }],
  ['there is already a process called n1', { type: 'join', process: { id: 'n1', role: 'node' } }],
  ['there is no role king', { type: 'join', process: { id: 'n9', role: 'king' } }],
  ['there is no process called n9', { type: 'configure', config: { colour: 'blue' }, process: 'n9' }],
]

describe('a command that cannot be done is refused with its reason and changes nothing', () => {
  it.each(REFUSED)('%s: %j', (why, command) => {
    const run = scene()
    const before = snapshot(run.sim)
    const told = run.events.length
    run.apply(command)
    expect(run.events.slice(told).map((event) => event.type)).toEqual(['commanded', 'refused'])
    expect(run.events.at(-1)).toMatchObject({ why, causes: [{ kind: 'command', seq: run.sim.seq - 1 }] })
    expect(snapshot(run.sim)).toEqual(before)
    const untouched = scene().to(500).story()
    expect(
      run
        .to(500)
        .story()
        .filter((line) => !line.includes('refused')),
    ).toEqual(untouched)
  })
})

describe('a command takes effect', () => {
  const arrivals = (run: ToyRun): string[] => run.story('delivered', 'crashed', 'lost')
  const three = [send('n2', 'a'), send('n2', 'b'), send('n2', 'c')]

  it('after all that is due at its instant, if it says no more', () => {
    const commands = [
      { at: 0, command: act('n1', ...three) },
      { at: 10, command: { type: 'crash', process: 'n2' } as const },
    ]
    expect(arrivals(new ToyRun({}, commands).to(100)).at(-1)).toBe('10 crashed n2, 0 unsynced')
  })

  it.each([0, 1, 2, 3, 4])('after exactly %i of the steps of its instant, if it says so', (within) => {
    const commands = [
      { at: 0, command: act('n1', ...three) },
      { at: 10, within, command: { type: 'crash', process: 'n2' } as const },
    ]
    const delivered = ['a', 'b', 'c'].slice(0, within).map((text, i) => `10 delivered n1>n2#${i + 1} ${text}`)
    expect(arrivals(new ToyRun({}, commands).to(100)).slice(0, delivered.length + 1)).toEqual([
      ...delivered,
      '10 crashed n2, 0 unsynced',
    ])
  })

  it('in place of all that were to come, when it is given now', () => {
    const run = new ToyRun({}, [{ at: 50, command: { type: 'crash', process: 'n1' } }])
      .to(20)
      .apply({ type: 'crash', process: 'n2' })
    expect(run.to(100).story('crashed')).toEqual(['20 crashed n2, 0 unsynced'])
    expect(run.sim.run.commands).toHaveLength(1)
  })

  it('just where it was given when the run is repeated, though something void was due at that instant too', () => {
    const run = new ToyRun().apply({ type: 'pause', process: 'n2' }).tell('n1', send('n2', 'a')).to(10)
    run.apply({ type: 'message', id: 'n1>n2#1', do: 'drop' }).apply({ type: 'resume', process: 'n2' }).to(100)
    const again = new ToyRun({}, run.sim.run.commands).to(100)
    expect(again.story()).toEqual(run.story())
    expect(again.sim.fingerprint()).toBe(run.sim.fingerprint())
  })
})

/** A user who looks, steps and acts at random. */
class Hand {
  readonly #random: Random
  readonly run: ToyRun
  #text = 0

  constructor(seed: number) {
    this.#random = new Random(stream(seed, 'hand'))
    this.run = new ToyRun({
      seed,
      nodes: 4,
      clients: 2,
      // Few different instants, so that much happens at one.
      network: { latency: { type: 'uniform', min: 1, max: 4 }, loss: 0.1, duplication: 0.1 },
      disk: { sync: { type: 'uniform', min: 0, max: 3 } },
      workload: { rate: 20_000, readShare: 0, keys: 1, distribution: 'uniform' },
    })
  }

  move(): void {
    const { run } = this
    if (this.#random.chance(0.3)) run.to(run.sim.now + this.#random.int(6))
    else if (this.#random.chance(0.5)) run.sim.step()
    else run.apply(this.#command())
  }

  #node(): string {
    return `n${1 + this.#random.int(4)}`
  }

  #command(): Command<Toy> {
    const process = this.#node()
    const link = { from: this.#node(), to: this.#node() }
    const flights = this.run.sim.flights()
    const id = flights.length > 0 ? this.#random.pick(flights).id : 'n1>n2#1'
    return this.#random.pick<Command<Toy>>([
      ...(['crash', 'restart', 'restart', 'pause', 'resume', 'resume', 'stall'] as const).map((type) => ({
        type,
        process,
      })),
      ...(['deliver', 'drop', 'duplicate', { delay: 2 }, { replace: told }] as const).map((it) => ({
        type: 'message' as const,
        id,
        do: it,
      })),
      { type: 'cut', links: [link] },
      { type: 'mend', links: [link] },
      { type: 'slow', process, factor: 1 + this.#random.int(3) },
      { type: 'clock', process, driftPpm: (this.#random.int(5) - 2) * 200_000 },
      { type: 'fire', process, timer: 't' },
      ...Array.from({ length: 12 }, () => act(process, ...this.#work(3))),
    ])
  }

  #work(depth: number): Instruction[] {
    const text = `${++this.#text}`
    const then = depth > 0 ? this.#work(depth - 1) : []
    return [
      this.#random.pick<Instruction>([
        { do: 'persist', value: text },
        { do: 'busy', time: this.#random.int(4) },
        { do: 'draw' },
        { do: 'clocks' },
      ]),
      this.#random.pick<Instruction>([
        { do: 'send', to: this.#node(), text, then },
        { do: 'send', to: this.#node(), text, then, stream: true },
        { do: 'send', to: this.#node(), text, then, beforeSync: true },
        { do: 'timer', name: 't', after: this.#random.int(8), then },
      ]),
    ]
  }
}

describe('a run that somebody made by hand', () => {
  it('is the same, event for event, when its commands are replayed', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const hand = new Hand(seed)
      for (let i = 0; i < 120; i++) hand.move()
      const { run } = hand
      const end = run.sim.now + 50
      run.to(end)
      const repeated: Event<Toy>[] = []
      const observer = { wants: -1, observe: (event: Event<Toy>) => void repeated.push(event) }
      const replay = new Simulation(toy, run.sim.run, undefined, observer)
      replay.advanceTo(end)
      expect(repeated).toEqual(run.events)
      expect(replay.fingerprint()).toBe(run.sim.fingerprint())
    }
  })
})
