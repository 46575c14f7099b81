import { describe, expect, it } from 'vitest'
import { ms } from '../base/units.ts'
import { lab } from '../labs/raft/lab.ts'
import { resumed, stormyRun, straight, Trace } from './raft.testing.ts'
import { type Checkpoint, Simulation } from './simulation.ts'
import type { Raft } from '../labs/raft/types.ts'
import { type Instruction, toy, ToyRun } from './toy.testing.ts'

const send = (to: string, text: string, how: { stream?: true; then?: Instruction[] } = {}): Instruction => ({
  do: 'send',
  to,
  text,
  ...how,
})
/** n1 has sent a and b to n2, n3 has sent c; all three have come at 10 and are held. */
const held = (how: { stream?: true } = {}): ToyRun =>
  new ToyRun({ network: { hold: true } })
    .tell('n1', send('n2', 'a', how), send('n2', 'b', how))
    .tell('n3', send('n2', 'c'))
    .to(20)
const trayOf = (run: ToyRun): string[] => run.sim.flights().flatMap((f) => (f.held ? [f.message.text] : []))

function refusalOf(run: ToyRun): string | undefined {
  const last = run.events.at(-1)
  return last?.type === 'refused' ? last.why : undefined
}

describe('a link that holds', () => {
  it('keeps what has come at its receiver, for as long as nobody lets it in', () => {
    const run = held().to(1_000_000)
    expect(run.story()).toEqual([
      '0 sent n1>n2#1 a',
      '0 sent n1>n2#2 b',
      '0 sent n3>n2#1 c',
      '10 held n1>n2#1 a',
      '10 held n1>n2#2 b',
      '10 held n3>n2#1 c',
    ])
    expect(trayOf(run)).toEqual(['a', 'b', 'c'])
    expect(run.sim.nextAt()).toBe(Number.POSITIVE_INFINITY)
  })

  it('lets timers run, and takes commands for them and for processes', () => {
    const run = new ToyRun({ network: { hold: true } }).tell('n1', { do: 'timer', name: 't', after: 30 }).to(20)
    run.apply({ type: 'fire', process: 'n1', timer: 't' }).tell('n2', { do: 'note', text: 'still here' }).to(100)
    expect(run.story()).toEqual(['20 expired n1 t', '20 n2: still here'])
  })

  it('shows what it holds, with no end in sight', () => {
    expect(held().sim.flights()[0]).toMatchObject({
      id: 'n1>n2#1',
      held: true,
      sentAt: 0,
      arrivesAt: 10,
      endsAt: Number.POSITIVE_INFINITY,
    })
  })

  it('may be a single one', () => {
    const run = new ToyRun().apply({ type: 'link', link: { from: 'n1', to: 'n2' }, settings: { hold: true } })
    run.tell('n1', send('n2', 'a'), send('n3', 'b')).to(100)
    expect(run.story('held', 'delivered')).toEqual(['10 held n1>n2#1 a', '10 delivered n1>n3#1 b'])
  })

  it('may be all but one', () => {
    const run = new ToyRun({ network: { hold: true } })
    run.apply({ type: 'link', link: { from: 'n1', to: 'n2' }, settings: { hold: false } })
    run.tell('n1', send('n2', 'a'), send('n3', 'b')).to(100)
    expect(run.story('held', 'delivered')).toEqual(['10 delivered n1>n2#1 a', '10 held n1>n3#1 b'])
  })

  it('keeps what was under way when it was told to hold', () => {
    const run = new ToyRun()
      .tell('n1', send('n2', 'a'))
      .to(4)
      .apply({ type: 'network', settings: { hold: true } })
    expect(run.to(100).story('held', 'delivered')).toEqual(['10 held n1>n2#1 a'])
  })

  it('does not keep what has been taken up and waits for a busy process', () => {
    const run = new ToyRun().tell('n2', { do: 'busy', time: 50 }).tell('n1', send('n2', 'a')).to(20)
    run.apply({ type: 'network', settings: { hold: true } }).to(100)
    expect(run.story('held', 'delivered')).toEqual(['50 delivered n1>n2#1 a'])
  })
})

describe('a hand on a message that is held', () => {
  it('delivers it, in any order', () => {
    const run = held()
    for (const id of ['n3>n2#1', 'n1>n2#2', 'n1>n2#1']) run.apply({ type: 'message', id, do: 'deliver' })
    expect(run.story('delivered')).toEqual([
      '20 delivered n3>n2#1 c',
      '20 delivered n1>n2#2 b',
      '20 delivered n1>n2#1 a',
    ])
    expect(trayOf(run)).toEqual([])
  })

  it('names itself as a cause of the delivery', () => {
    const run = held().apply({ type: 'message', id: 'n1>n2#2', do: 'deliver' })
    const command = run.sim.seq - 1
    expect(run.events.at(-1)).toMatchObject({
      type: 'delivered',
      causes: expect.arrayContaining([{ seq: command, kind: 'command' }]) as unknown,
    })
  })

  it('puts it before another, or behind all: they are let go in that order', () => {
    const run = held()
    run.apply({ type: 'message', id: 'n3>n2#1', do: { before: 'n1>n2#1' } })
    run.apply({ type: 'message', id: 'n1>n2#1', do: { before: null } })
    expect(run.sim.flights().map(({ id, turn }) => [id, turn])).toEqual([
      ['n1>n2#1', 2],
      ['n1>n2#2', 1],
      ['n3>n2#1', 0],
    ])
    run.apply({ type: 'network', settings: { hold: false } }).to(30)
    expect(run.story('delivered')).toEqual([
      '20 delivered n3>n2#1 c',
      '20 delivered n1>n2#2 b',
      '20 delivered n1>n2#1 a',
    ])
  })

  it('has a place only where it waits, and within a stream none but its own', () => {
    const stream = held({ stream: true })
    const why = (run: ToyRun, id: string, before: string | null): string =>
      String(run.apply({ type: 'message', id, do: { before } }).events.at(-1)?.type === 'refused' && refusalOf(run))
    expect(why(stream, 'n1>n2#2', 'n1>n2#1')).toMatch('a stream keeps its order')
    expect(why(stream, 'n1>n2#1', null)).toMatch('a stream keeps its order')
    expect(why(stream, 'n3>n2#1', 'n1>n2#2')).toBe('false')
    expect(why(held(), 'n1>n2#1', 'n9>n2#1')).toBe('message n9>n2#1 does not wait anywhere')
    const elsewhere = held().tell('n1', send('n3', 'd')).to(40)
    expect(why(elsewhere, 'n1>n2#1', 'n1>n3#1')).toBe('message n1>n3#1 waits at n3, not at n2')
    const flying = new ToyRun().tell('n1', send('n2', 'a'))
    expect(why(flying, 'n1>n2#1', null)).toMatch('is still under way')
  })

  it('drops it', () => {
    const run = held().apply({ type: 'message', id: 'n1>n2#1', do: 'drop' })
    expect(run.story('lost')).toEqual(['20 lost n1>n2#1 a: dropped'])
    expect(trayOf(run)).toEqual(['b', 'c'])
  })

  it('duplicates it, and the copy is held, too', () => {
    const run = held().apply({ type: 'message', id: 'n1>n2#1', do: 'duplicate' })
    run.apply({ type: 'message', id: 'n1>n2#1+1', do: 'duplicate' })
    expect(run.sim.flights().map(({ id, held: waits }) => [id, waits])).toEqual([
      ['n1>n2#1', true],
      ['n1>n2#1+1', true],
      ['n1>n2#1+2', true],
      ['n1>n2#2', true],
      ['n3>n2#1', true],
    ])
    run.apply({ type: 'message', id: 'n1>n2#1+2', do: 'deliver' })
    expect(run.story('delivered')).toEqual(['20 delivered n1>n2#1+2 a'])
  })

  it('lets it in so long from now, and nothing holds it again', () => {
    const run = held().apply({ type: 'message', id: 'n1>n2#1', do: { delay: 7 } })
    expect(run.sim.flights()[0]).toMatchObject({ held: false, arrivesAt: 27, endsAt: 27 })
    expect(run.to(100).story('delivered')).toEqual(['27 delivered n1>n2#1 a'])
  })

  it('replaces what it says', () => {
    const replace = { type: 'told', text: 'forged', then: [] } as const
    const run = held().apply({ type: 'message', id: 'n1>n2#1', do: { replace } })
    expect(trayOf(run)).toEqual(['forged', 'b', 'c'])
    run.apply({ type: 'message', id: 'n1>n2#1', do: 'deliver' })
    expect(run.story('delivered')).toEqual(['20 delivered n1>n2#1 forged'])
  })

  it('cannot bring it into the past', () => {
    const run = held().apply({ type: 'message', id: 'n1>n2#1', do: { delay: -1 } })
    expect(run.story('refused')).toEqual(['20 refused: a delay of -1 µs would bring message n1>n2#1 into the past'])
  })

  it('keeps the order of a stream', () => {
    const run = held({ stream: true }).apply({ type: 'message', id: 'n1>n2#2', do: 'deliver' })
    run.apply({ type: 'message', id: 'n1>n2#1', do: 'deliver' })
    run.apply({ type: 'message', id: 'n1>n2#2', do: 'deliver' })
    expect(run.story('refused', 'delivered')).toEqual([
      '20 refused: a stream keeps its order, and message n1>n2#1 comes before it',
      '20 delivered n1>n2#1 a',
      '20 delivered n1>n2#2 b',
    ])
  })
})

describe('letting go', () => {
  it('of all brings what waited now, in the order in which it came', () => {
    const run = held()
      .apply({ type: 'network', settings: { hold: false } })
      .to(100)
    expect(run.story('delivered')).toEqual([
      '20 delivered n1>n2#1 a',
      '20 delivered n1>n2#2 b',
      '20 delivered n3>n2#1 c',
    ])
  })

  it('of all takes back what single links had said', () => {
    const run = new ToyRun().apply({ type: 'link', link: { from: 'n1', to: 'n2' }, settings: { hold: true } })
    run
      .tell('n1', send('n2', 'a'))
      .to(20)
      .apply({ type: 'network', settings: { hold: false } })
    run.tell('n1', send('n2', 'b')).to(100)
    expect(run.story('delivered')).toEqual(['20 delivered n1>n2#1 a', '30 delivered n1>n2#2 b'])
  })

  it('of one link leaves the others', () => {
    const run = held()
      .apply({ type: 'link', link: { from: 'n1', to: 'n2' }, settings: { hold: false } })
      .to(100)
    expect(run.story('delivered')).toEqual(['20 delivered n1>n2#1 a', '20 delivered n1>n2#2 b'])
    expect(trayOf(run)).toEqual(['c'])
  })

  it('is not done by another change of the network', () => {
    const run = held()
      .apply({ type: 'network', settings: { loss: 0.5 } })
      .to(100)
    expect(trayOf(run)).toEqual(['a', 'b', 'c'])
  })

  it('to a process that is paused lets it wait there', () => {
    const run = held()
      .apply({ type: 'pause', process: 'n2' })
      .apply({ type: 'network', settings: { hold: false } })
    run.to(50).apply({ type: 'resume', process: 'n2' }).to(100)
    expect(run.story('delivered')).toEqual([
      '50 delivered n1>n2#1 a',
      '50 delivered n1>n2#2 b',
      '50 delivered n3>n2#1 c',
    ])
  })
})

describe('faults and what is held', () => {
  it('a cut kills it on its links, at once', () => {
    const run = held().apply({ type: 'cut', links: [{ from: 'n1', to: 'n2' }] })
    expect(run.story('lost')).toEqual(['20 lost n1>n2#1 a: cut', '20 lost n1>n2#2 b: cut'])
    expect(trayOf(run)).toEqual(['c'])
  })

  it('a crash of the receiver leaves it for the next life, and nobody can deliver it meanwhile', () => {
    const run = held().apply({ type: 'crash', process: 'n2' })
    run.apply({ type: 'message', id: 'n1>n2#1', do: 'deliver' })
    run.apply({ type: 'restart', process: 'n2' }).apply({ type: 'message', id: 'n1>n2#1', do: 'deliver' })
    expect(run.story('refused', 'delivered', 'lost')).toEqual(['20 refused: n2 is down', '20 delivered n1>n2#1 a'])
  })

  it('a crash of the receiver ends a stream, and the sender hears of it', () => {
    const run = held({ stream: true }).apply({ type: 'crash', process: 'n2' }).to(100)
    expect(run.story('lost', 'broke')).toEqual([
      '20 lost n1>n2#1 a: down',
      '20 lost n1>n2#2 b: down',
      '20 broke n1 to n2',
      '20 broke n1 to n2',
    ])
    expect(trayOf(run)).toEqual(['c'])
  })

  it('a crash of the sender takes nothing back', () => {
    expect(trayOf(held().apply({ type: 'crash', process: 'n1' }))).toEqual(['a', 'b', 'c'])
  })
})

describe('a run with messages held', () => {
  const END = ms(2000)
  /** Storms in which the network holds and lets go again and again. */
  function run(seed: number) {
    const { setup, commands } = stormyRun(seed, END)
    const holds = Array.from({ length: 12 }, (_, i) => ({
      at: ms(300 + 137 * i),
      command: { type: 'network' as const, settings: { hold: i % 2 === 0 } },
    }))
    return { setup, commands: [...commands, ...holds].toSorted((x, y) => x.at - y.at) }
  }

  it.each([1, 2, 3])('goes on from any checkpoint as if nothing had been (seed %i)', (seed) => {
    const { events, fingerprint } = straight(run(seed), END)
    expect(events.filter((event) => event.type === 'held').length).toBeGreaterThan(50)
    const trace = new Trace()
    const sim = new Simulation(lab, run(seed), undefined, trace)
    const marks: { checkpoint: Checkpoint<Raft>; seq: number }[] = []
    while (sim.step(END)) marks.push({ checkpoint: sim.checkpoint(), seq: sim.seq })
    expect(sim.fingerprint()).toBe(fingerprint)
    for (let i = 0; i < marks.length; i += 61) {
      const { checkpoint, seq } = marks[i] as (typeof marks)[number]
      const again = resumed(checkpoint)
      again.sim.advanceTo(END)
      expect(again.events).toEqual(events.slice(seq))
      expect(again.sim.fingerprint()).toBe(fingerprint)
    }
  })

  it('leaves a checkpoint as it was, whatever is done to the tray after it', () => {
    const first = held()
    const mark = first.sim.checkpoint()
    first.apply({ type: 'message', id: 'n1>n2#1', do: 'drop' }).apply({ type: 'network', settings: { hold: false } })
    expect(
      Simulation.from(toy, mark)
        .flights()
        .map(({ message, held: waits }) => [message.text, waits]),
    ).toEqual([
      ['a', true],
      ['b', true],
      ['c', true],
    ])
  })

  it('has another fingerprint than one in which nothing was held', () => {
    const print = (hold: boolean): string => {
      const run = new ToyRun({ network: { hold } }).tell('n1', send('n2', 'a')).to(20)
      return run.sim.fingerprint()
    }
    expect(print(true)).not.toBe(print(false))
  })
})
