import { describe, expect, it } from 'vitest'
import { SECOND } from '../base/units.ts'
import { constant, ToyRun, type Instruction } from './toy.testing.ts'
import type { Link } from './types.ts'

const send = (to: string, text: string, how: { stream?: true; then?: Instruction[] } = {}): Instruction => ({
  do: 'send',
  to,
  text,
  ...how,
})
const both = (a: string, b: string): Link[] => [
  { from: a, to: b },
  { from: b, to: a },
]
const texts = (run: ToyRun, type: 'delivered' | 'lost'): string[] =>
  run.events.flatMap((event) => (event.type === type ? [event.message.text] : []))

describe('a message', () => {
  it('comes after the latency of its link', () => {
    const run = new ToyRun().to(5).tell('n1', send('n2', 'hello')).to(100)
    expect(run.story()).toEqual(['5 sent n1>n2#1 hello', '15 delivered n1>n2#1 hello'])
  })

  it('to oneself travels like any other', () => {
    const run = new ToyRun().tell('n1', send('n1', 'me')).to(100)
    expect(run.story('delivered')).toEqual(['10 delivered n1>n1#1 me'])
  })

  it('to a process that is down is lost on arrival', () => {
    const run = new ToyRun().tell('n1', send('n2', 'hello')).apply({ type: 'crash', process: 'n2' }).to(100)
    expect(run.story('lost')).toEqual(['10 lost n1>n2#1 hello: down'])
  })

  it('as a datagram reaches the next life of its receiver', () => {
    const run = new ToyRun().tell('n1', send('n2', 'hello'))
    run.to(3).apply({ type: 'crash', process: 'n2' }).to(6).apply({ type: 'restart', process: 'n2' }).to(100)
    expect(run.story('delivered')).toEqual(['10 delivered n1>n2#1 hello'])
  })
})

describe('a cut', () => {
  it('kills what is in flight on its links, at once', () => {
    const run = new ToyRun().tell('n1', send('n2', 'a')).tell('n2', send('n1', 'b')).to(4)
    run.apply({ type: 'cut', links: both('n1', 'n2') }).to(100)
    expect(run.story('cut', 'lost', 'delivered')).toEqual([
      '4 cut n1>n2 n2>n1',
      '4 lost n1>n2#1 a: cut',
      '4 lost n2>n1#1 b: cut',
    ])
  })

  it('kills what is sent on it later half-way', () => {
    const run = new ToyRun()
      .apply({ type: 'cut', links: both('n1', 'n2') })
      .tell('n1', send('n2', 'a'))
      .to(100)
    expect(run.story('lost', 'delivered')).toEqual(['5 lost n1>n2#1 a: cut'])
  })

  it('in one direction lets the other through', () => {
    const run = new ToyRun().apply({ type: 'cut', links: [{ from: 'n1', to: 'n2' }] })
    run.tell('n1', send('n2', 'there')).tell('n2', send('n1', 'back')).to(100)
    expect([texts(run, 'lost'), texts(run, 'delivered')]).toEqual([['there'], ['back']])
    expect([run.sim.isCut('n1', 'n2'), run.sim.isCut('n2', 'n1')]).toEqual([true, false])
  })

  it('need not be transitive: n1 and n3 may both reach n2 and not each other', () => {
    const run = new ToyRun().apply({ type: 'cut', links: both('n1', 'n3') })
    run.tell('n1', send('n2', 'a'), send('n3', 'b')).tell('n3', send('n2', 'c'), send('n1', 'd')).to(100)
    expect(texts(run, 'delivered')).toEqual(['a', 'c'])
  })

  it('dooms a message for good: mending the link before it dies does not save it', () => {
    const run = new ToyRun().apply({ type: 'cut', links: both('n1', 'n2') }).tell('n1', send('n2', 'a'))
    run
      .to(2)
      .apply({ type: 'mend', links: both('n1', 'n2') })
      .tell('n1', send('n2', 'b'))
      .to(100)
    expect([texts(run, 'lost'), texts(run, 'delivered')]).toEqual([['a'], ['b']])
  })

  it('also ends a copy that a hand makes of a message which it has doomed', () => {
    const run = new ToyRun().apply({ type: 'cut', links: both('n1', 'n2') }).tell('n1', send('n2', 'a'))
    run.to(2).apply({ type: 'message', id: 'n1>n2#1', do: 'duplicate' }).to(100)
    expect(run.story('lost', 'delivered')).toEqual(['5 lost n1>n2#1 a: cut', '5 lost n1>n2#1+1 a: cut'])
  })

  it('that is named twice or partly there cuts the rest', () => {
    const run = new ToyRun().apply({ type: 'cut', links: [{ from: 'n1', to: 'n2' }] })
    run.apply({ type: 'cut', links: both('n1', 'n2') })
    expect(run.sim.cuts()).toEqual(both('n1', 'n2'))
    expect(run.story('refused')).toEqual([])
  })
})

/** Sends `n` numbered messages at once over one link. */
const burst = (n: number, how: { stream?: true } = {}): Instruction[] =>
  Array.from({ length: n }, (_, i) => send('n2', String(i), how))
const UNEVEN = { type: 'uniform', min: 1, max: 1000 } as const
const inOrder = (run: ToyRun): boolean => {
  const order = texts(run, 'delivered').map(Number)
  return order.every((x, i) => i === 0 || x >= (order[i - 1] as number))
}

describe('a datagram', () => {
  it('is lost as often as the link’s loss says, half-way', () => {
    const run = new ToyRun({ network: { loss: 0.3 } }).tell('n1', ...burst(4000)).to(100)
    expect(texts(run, 'lost').length / 4000).toBeCloseTo(0.3, 1)
    expect(texts(run, 'lost').length + texts(run, 'delivered').length).toBe(4000)
    expect(run.events.every((event) => event.type !== 'lost' || (event.at === 5 && event.why === 'loss'))).toBe(true)
  })

  it('is lost or not whatever its latency would be: the two are drawn apart', () => {
    const run = new ToyRun({ network: { latency: UNEVEN, loss: 0.5 } }).tell('n1', ...burst(4000)).to(1000)
    const latencies = run.events.flatMap((event) => (event.type === 'delivered' ? [event.at] : []))
    const mean = latencies.reduce((sum, x) => sum + x, 0) / latencies.length
    // Of 1 to 1000: the mean is 500.5, its standard error with 2000 of them 6.5.
    expect(Math.abs(mean - 500.5)).toBeLessThan(4 * 6.5)
  })

  it('always comes without loss, and never with certain loss', () => {
    expect(texts(new ToyRun({ network: { loss: 0 } }).tell('n1', ...burst(500)).to(100), 'lost')).toEqual([])
    expect(texts(new ToyRun({ network: { loss: 1 } }).tell('n1', ...burst(500)).to(100), 'delivered')).toEqual([])
  })

  it('comes twice as often as the link’s duplication says', () => {
    const run = new ToyRun({ network: { duplication: 0.2 } }).tell('n1', ...burst(4000)).to(100)
    expect((texts(run, 'delivered').length - 4000) / 4000).toBeCloseTo(0.2, 1)
    expect(new Set(texts(run, 'delivered')).size).toBe(4000)
  })

  it('may be overtaken, since each draws its own latency', () => {
    expect(inOrder(new ToyRun({ network: { latency: UNEVEN } }).tell('n1', ...burst(50)).to(2000))).toBe(false)
  })

  it('keeps its place on a link that is FIFO, and so does its double', () => {
    const network = { latency: UNEVEN, fifo: true, duplication: 0.5 }
    for (let seed = 0; seed < 20; seed++) {
      const run = new ToyRun({ seed, network })
      for (let at = 0; at < 3000; at += 100) run.to(at).tell('n1', send('n2', String(at)))
      expect(inOrder(run.to(9000))).toBe(true)
    }
  })
})

describe('a stream', () => {
  it('keeps order and loses nothing, whatever the link does to datagrams', () => {
    const network = { latency: UNEVEN, loss: 0.9, duplication: 0.9 }
    const run = new ToyRun({ network }).tell('n1', ...burst(200, { stream: true })).to(5000)
    expect(texts(run, 'delivered')).toEqual(Array.from({ length: 200 }, (_, i) => String(i)))
  })

  it('breaks at a cut, and its sender hears of it', () => {
    const run = new ToyRun().tell('n1', {
      do: 'timer',
      name: 'unreachable',
      after: 1000,
      then: [{ do: 'note', text: 'gone' }],
    })
    run
      .tell('n1', send('n2', 'a', { stream: true }))
      .to(4)
      .apply({ type: 'cut', links: both('n1', 'n2') })
      .to(100)
    expect(run.story('lost', 'broke', 'noted')).toEqual(['4 lost n1>n2#1 a: cut', '4 broke n1 to n2', '4 n1: gone'])
  })

  it('does not reach a later life of its receiver', () => {
    const run = new ToyRun().tell('n1', send('n2', 'a', { stream: true }))
    run.to(3).apply({ type: 'crash', process: 'n2' }).to(6).apply({ type: 'restart', process: 'n2' }).to(100)
    expect(run.story('lost', 'broke', 'delivered')).toEqual(['10 lost n1>n2#1 a: down', '10 broke n1 to n2'])
  })

  it('keeps order at a receiver that is busy, stalled and resumed', () => {
    for (const pauseAt of [12, 15, 20, 25, 30]) {
      const run = new ToyRun()
      const slow: Instruction[] = [{ do: 'busy', time: 10 }]
      for (let i = 0; i < 8; i++) run.to(i * 5).tell('n1', send('n2', String(i), { stream: true, then: slow }))
      run.to(pauseAt + 40).apply({ type: 'stall', process: 'n2' })
      run
        .to(pauseAt + 55)
        .apply({ type: 'resume', process: 'n2' })
        .to(500)
      expect(texts(run, 'delivered')).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
    }
  })
})

describe('bandwidth', () => {
  it('lets messages leave one after the other, by their size', () => {
    const run = new ToyRun({ network: { bandwidth: SECOND / 10 } })
      .tell('n1', send('n2', 'abc'), send('n2', 'de'))
      .to(1000)
    expect(run.story('delivered')).toEqual(['40 delivered n1>n2#1 abc', '60 delivered n1>n2#2 de'])
  })

  it('of one link leaves the others alone', () => {
    const run = new ToyRun({ network: { bandwidth: SECOND / 10 } })
      .tell('n1', send('n2', 'abc'), send('n3', 'de'))
      .to(1000)
    expect(run.story('delivered')).toEqual(['30 delivered n1>n3#1 de', '40 delivered n1>n2#1 abc'])
  })
})

describe('a link of its own settings', () => {
  it('differs from all others', () => {
    const run = new ToyRun().apply({
      type: 'link',
      link: { from: 'n1', to: 'n2' },
      settings: { latency: constant(50) },
    })
    run.tell('n1', send('n2', 'slow'), send('n3', 'usual')).to(100)
    expect(run.story('delivered')).toEqual(['10 delivered n1>n3#1 usual', '50 delivered n1>n2#1 slow'])
  })

  it('changes what is sent from now on, not what is under way', () => {
    const run = new ToyRun().tell('n1', send('n2', 'before'))
    run
      .to(1)
      .apply({ type: 'network', settings: { latency: constant(3) } })
      .tell('n1', send('n2', 'after'))
      .to(100)
    expect(run.story('delivered')).toEqual(['4 delivered n1>n2#2 after', '10 delivered n1>n2#1 before'])
  })
})

describe('a hand on a message', () => {
  const underWay = (): ToyRun => new ToyRun().tell('n1', send('n2', 'a')).to(4)

  it('delivers it now', () => {
    const run = underWay().apply({ type: 'message', id: 'n1>n2#1', do: 'deliver' }).to(100)
    expect(run.story('delivered', 'lost')).toEqual(['4 delivered n1>n2#1 a'])
  })

  it('drops it, and the loss names the command', () => {
    const run = underWay().apply({ type: 'message', id: 'n1>n2#1', do: 'drop' }).to(100)
    expect(run.story('delivered', 'lost')).toEqual(['4 lost n1>n2#1 a: dropped'])
    expect(run.events.find((event) => event.type === 'lost')?.causes.map((cause) => cause.kind)).toEqual([
      'message',
      'command',
    ])
  })

  it('duplicates it, again and again, each under a name of its own', () => {
    const run = underWay().apply({ type: 'message', id: 'n1>n2#1', do: 'duplicate' })
    run.apply({ type: 'message', id: 'n1>n2#1', do: 'duplicate' }).to(100)
    expect(run.story('delivered')).toEqual([
      '10 delivered n1>n2#1 a',
      '10 delivered n1>n2#1+1 a',
      '10 delivered n1>n2#1+2 a',
    ])
  })

  it('delays it, so that a later one overtakes', () => {
    const run = underWay()
      .apply({ type: 'message', id: 'n1>n2#1', do: { delay: 20 } })
      .tell('n1', send('n2', 'b'))
      .to(100)
    expect(run.story('delivered')).toEqual(['14 delivered n1>n2#2 b', '30 delivered n1>n2#1 a'])
  })

  it('hastens it by a negative delay, but not into the past', () => {
    const run = underWay().apply({ type: 'message', id: 'n1>n2#1', do: { delay: -7 } })
    run.apply({ type: 'message', id: 'n1>n2#1', do: { delay: -5 } }).to(100)
    expect(run.story('refused', 'delivered')).toEqual([
      '4 refused: a delay of -7 µs would bring message n1>n2#1 into the past',
      '5 delivered n1>n2#1 a',
    ])
  })

  it('replaces what it says and leaves when it comes', () => {
    const replace = { type: 'told', text: 'forged', then: [] } as const
    const run = underWay().apply({ type: 'message', id: 'n1>n2#1', do: { replace } }).to(100)
    expect(run.story('replaced', 'delivered')).toEqual(['4 replaced n1>n2#1 forged', '10 delivered n1>n2#1 forged'])
  })

  it('injects one that nobody sent, and the command is its cause', () => {
    const run = new ToyRun()
      .apply({ type: 'inject', from: 'n3', to: 'n2', message: { type: 'told', text: 'x', then: [] } })
      .to(100)
    expect(run.story()).toEqual(['0 sent n3>n2#1 x', '10 delivered n3>n2#1 x'])
    expect(run.events.find((event) => event.type === 'sent')?.causes.some((cause) => cause.kind === 'command')).toBe(
      true,
    )
  })
})

describe('randomness', () => {
  const lossy = { latency: UNEVEN, loss: 0.3, duplication: 0.2 }
  const others = (run: ToyRun): string[] => run.story('delivered', 'lost').filter((line) => !line.includes('n1>n2#'))

  it('of a link does not depend on what other links carry', () => {
    const run = (extra: number): ToyRun => {
      const r = new ToyRun({ network: lossy })
      for (let i = 0; i < 30; i++)
        r.to(i * 50)
          .tell('n1', ...burst(extra), send('n3', `n1 ${i}`))
          .tell('n2', send('n3', `n2 ${i}`))
      return r.to(5000)
    }
    expect(others(run(5))).toEqual(others(run(0)))
  })

  it('of a process does not depend on what others draw', () => {
    const drawn = (extra: number): string[] => {
      const run = new ToyRun()
      for (let i = 0; i < extra; i++) run.tell('n2', { do: 'draw' })
      run.tell('n1', { do: 'draw' }, { do: 'draw' })
      return run.story('noted').filter((line) => line.includes('n1:'))
    }
    expect(drawn(7)).toEqual(drawn(0))
    expect(new Set(drawn(0)).size).toBe(2)
  })

  it('changes with the seed', () => {
    const drawn = (seed: number): string[] => new ToyRun({ seed }).tell('n1', { do: 'draw' }).story('noted')
    expect(drawn(1)).not.toEqual(drawn(2))
  })
})
