import { describe, expect, it } from 'vitest'
import { MAX_STEPS_PER_INSTANT } from './execution.ts'
import { constant, ToyRun, type Instruction } from './toy.testing.ts'

const send = (to: string, text: string, ...then: Instruction[]): Instruction => ({ do: 'send', to, text, then })
const note = (text: string): Instruction => ({ do: 'note', text })
const timer = (name: string, after: number, ...then: Instruction[]): Instruction => ({ do: 'timer', name, after, then })
const persist = (value: string): Instruction => ({ do: 'persist', value })
const busy = (time: number): Instruction => ({ do: 'busy', time })

const SLOW_DISK = { disk: { sync: constant(20) } }

describe('a crash', () => {
  it('loses what a process knew, and its timers', () => {
    const run = new ToyRun().tell('n1', timer('t', 50)).to(10).apply({ type: 'crash', process: 'n1' })
    expect([run.sim.status('n1'), run.sim.state('n1'), run.sim.timers('n1')]).toEqual(['down', null, []])
    expect(run.apply({ type: 'restart', process: 'n1' }).to(500).story('expired')).toEqual([])
  })

  it('loses the writes that are not synced, and the words that wait for them', () => {
    const run = new ToyRun(SLOW_DISK).tell('n1', persist('x'), send('n2', 'I have x')).to(10)
    expect(run.sim.unsynced('n1')).toBe(1)
    run.apply({ type: 'crash', process: 'n1' }).to(15).apply({ type: 'restart', process: 'n1' }).to(500)
    expect(run.story()).toEqual(['0 wrote n1 1', '10 crashed n1, 1 unsynced', '15 started n1'])
  })

  it('silences those words for good: a later sync does not let them out', () => {
    const run = new ToyRun(SLOW_DISK).tell('n1', persist('x'), send('n2', 'I have x')).to(10)
    run.apply({ type: 'crash', process: 'n1' }).apply({ type: 'restart', process: 'n1' })
    run.tell('n1', persist('y'), send('n2', 'I have y')).to(500)
    expect(run.story('delivered')).toEqual(['40 delivered n1>n2#1 I have y'])
  })

  it('leaves what was synced, and a restart begins from it', () => {
    const run = new ToyRun(SLOW_DISK).tell('n1', persist('x')).to(15).tell('n1', persist('y')).to(30)
    run.apply({ type: 'crash', process: 'n1' })
    expect(run.sim.durable('n1')).toEqual({ value: 'x' })
    run.apply({ type: 'restart', process: 'n1' })
    expect(run.story('noted')).toEqual(['30 n1: restored x'])
    expect(run.sim.state('n1')?.restored).toBe('x')
  })

  it('does not take back words that are already under way', () => {
    const run = new ToyRun().tell('n1', send('n2', 'last words')).to(1).apply({ type: 'crash', process: 'n1' }).to(100)
    expect(run.story('delivered')).toEqual(['10 delivered n1>n2#1 last words'])
  })

  it('of a paused process loses what waited for it, visibly', () => {
    const run = new ToyRun().apply({ type: 'pause', process: 'n2' }).tell('n1', send('n2', 'a')).to(20)
    run.apply({ type: 'crash', process: 'n2' }).apply({ type: 'restart', process: 'n2' }).to(100)
    expect(run.story('lost', 'delivered')).toEqual(['20 lost n1>n2#1 a: down'])
  })

  it('of a busy process loses what waited for it, visibly', () => {
    const run = new ToyRun().tell('n2', busy(50)).tell('n1', send('n2', 'a')).to(20)
    run.apply({ type: 'crash', process: 'n2' }).apply({ type: 'restart', process: 'n2' }).to(100)
    expect(run.story('lost', 'delivered')).toEqual(['20 lost n1>n2#1 a: down'])
  })

  it('leaves nothing if the disk is wiped as well', () => {
    const run = new ToyRun().tell('n1', persist('x')).apply({ type: 'crash', process: 'n1' })
    run.apply({ type: 'wipe', process: 'n1' }).apply({ type: 'restart', process: 'n1' })
    expect(run.sim.state('n1')?.restored).toBeNull()
  })
})

describe('a disk', () => {
  it('syncs after its latency and in order, and only then do the words go out', () => {
    const run = new ToyRun(SLOW_DISK)
      .tell('n1', persist('x'), send('n2', 'x'))
      .to(5)
      .tell('n1', persist('y'), send('n2', 'y'))
      .to(100)
    expect(run.story('synced', 'sent')).toEqual([
      '20 synced n1 1',
      '20 sent n1>n2#1 x',
      '25 synced n1 2',
      '25 sent n1>n2#2 y',
    ])
  })

  it('lets a word out before the sync if it says so', () => {
    const early: Instruction = { do: 'send', to: 'n2', text: 'early', beforeSync: true }
    const run = new ToyRun(SLOW_DISK).tell('n1', persist('x'), send('n2', 'late'), early).to(100)
    expect(run.story('sent')).toEqual(['0 sent n1>n2#1 early', '20 sent n1>n2#2 late'])
  })

  it('holds back the end of an operation as well', () => {
    const run = new ToyRun({ clients: 1, ...SLOW_DISK })
    run.apply({ type: 'invoke', client: 'c1', operation: [persist('x'), { do: 'complete', outcome: 'ok' }] }).to(100)
    expect(run.story('completed')).toEqual(['20 completed c1#1: ok'])
  })

  it('never lets a quick write overtake a slow one', () => {
    const run = new ToyRun(SLOW_DISK).tell('n1', persist('x')).to(1)
    run
      .apply({ type: 'disk', sync: constant(2) })
      .tell('n1', persist('y'))
      .to(100)
    expect(run.story('synced')).toEqual(['20 synced n1 1', '20 synced n1 2'])
  })

  it('without latency syncs within the handler, and the process hears of it after', () => {
    const run = new ToyRun().tell('n1', timer('synced', 1e6, note('heard')), persist('x'), note('handler ends'))
    expect(run.story('synced', 'noted')).toEqual(['0 synced n1 1', '0 n1: handler ends', '0 n1: heard'])
  })

  it('tells of a write that a `synced` handler makes, even if that write needs no time', () => {
    const again = timer('synced', 1e6, note('second'))
    const run = new ToyRun(SLOW_DISK).tell('n1', timer('synced', 1e6, again, persist('y')), persist('x'))
    run.apply({ type: 'disk', sync: constant(0) }).to(100)
    expect(run.story('synced', 'noted')).toEqual(['20 synced n1 1', '20 synced n1 2', '20 n1: second'])
  })

  it('that lies says that it synced, and a crash shows that it has not', () => {
    const run = new ToyRun({ disk: { lying: true } }).tell('n1', persist('x'), send('n2', 'x is safe'))
    expect(run.story('synced', 'sent')).toEqual(['0 synced n1 1', '0 sent n1>n2#1 x is safe'])
    run.apply({ type: 'crash', process: 'n1' }).apply({ type: 'restart', process: 'n1' })
    expect(run.sim.state('n1')?.restored).toBeNull()
  })

  it('may be the only one that lies', () => {
    const run = new ToyRun()
      .apply({ type: 'disk', process: 'n1', lying: true })
      .tell('n1', persist('x'))
      .tell('n2', persist('x'))
    expect([run.sim.durable('n1'), run.sim.durable('n2')]).toEqual([null, { value: 'x' }])
  })
})

describe('a paused process', () => {
  it('gets what came meanwhile when it resumes, messages and timers in the order in which they were due', () => {
    const run = new ToyRun().tell('n2', timer('early', 5), timer('late', 15)).apply({ type: 'pause', process: 'n2' })
    run.tell('n1', send('n2', 'between')).to(50).apply({ type: 'resume', process: 'n2' }).to(100)
    expect(run.story('expired', 'delivered')).toEqual([
      '50 expired n2 early',
      '50 delivered n1>n2#1 between',
      '50 expired n2 late',
    ])
  })

  it('whose waiting message moves a timer does not see that timer expire', () => {
    const run = new ToyRun().tell('n2', timer('t', 15)).apply({ type: 'pause', process: 'n2' })
    run
      .tell('n1', send('n2', 'alive', timer('t', 100)))
      .to(50)
      .apply({ type: 'resume', process: 'n2' })
      .to(500)
    expect(run.story('expired', 'delivered')).toEqual(['50 delivered n1>n2#1 alive', '150 expired n2 t'])
  })

  it('keeps a working disk, but speaks only when it resumes', () => {
    const run = new ToyRun(SLOW_DISK)
      .tell('n1', persist('x'), send('n2', 'x'))
      .apply({ type: 'pause', process: 'n1' })
      .to(30)
    expect(run.sim.durable('n1')).toEqual({ value: 'x' })
    run.to(50).apply({ type: 'resume', process: 'n1' }).to(100)
    expect(run.story('synced', 'sent')).toEqual(['20 synced n1 1', '50 sent n1>n2#1 x'])
  })

  it('takes up what waited before what comes at the instant of its resuming', () => {
    const run = new ToyRun().apply({ type: 'pause', process: 'n2' }).tell('n1', send('n2', 'first'))
    run.to(20).tell('n1', send('n2', 'second')).to(29)
    run.sim.step(29)
    run.apply({ type: 'resume', process: 'n2' }).to(100)
    expect(run.story('delivered')).toEqual(['29 delivered n1>n2#1 first', '30 delivered n1>n2#2 second'])
  })
})

describe('a stalled process', () => {
  it('runs its timers while its messages wait', () => {
    const run = new ToyRun()
      .tell('n2', timer('t', 15))
      .apply({ type: 'stall', process: 'n2' })
      .tell('n1', send('n2', 'a'))
    run.to(50).apply({ type: 'resume', process: 'n2' }).to(100)
    expect(run.story('expired', 'delivered')).toEqual(['15 expired n2 t', '50 delivered n1>n2#1 a'])
  })
})

describe('a busy process', () => {
  it('takes up what came meanwhile when it is free, in order', () => {
    const run = new ToyRun()
      .tell('n2', busy(30), timer('t', 12))
      .tell('n1', send('n2', 'a', busy(5)))
      .to(5)
      .tell('n1', send('n2', 'b'))
    expect(run.to(100).story('delivered', 'expired')).toEqual([
      '30 delivered n1>n2#1 a',
      '35 expired n2 t',
      '35 delivered n1>n2#2 b',
    ])
  })

  it('that is slow takes longer by its factor', () => {
    const run = new ToyRun()
      .apply({ type: 'slow', process: 'n2', factor: 3 })
      .tell('n2', busy(30))
      .tell('n1', send('n2', 'a'))
    expect(run.to(200).story('delivered')).toEqual(['90 delivered n1>n2#1 a'])
  })

  it('takes what waited before what comes at the instant at which it is free', () => {
    const run = new ToyRun()
      .tell('n1', send('n2', 'work', busy(10)))
      .to(5)
      .tell('n1', send('n2', 'first'))
      .to(10)
      .tell('n1', send('n2', 'second'))
    expect(run.to(100).story('delivered')).toEqual([
      '10 delivered n1>n2#1 work',
      '20 delivered n1>n2#2 first',
      '20 delivered n1>n2#3 second',
    ])
  })
})

describe('a clock', () => {
  it('that is ahead shows so on the wall and not on the stopwatch', () => {
    const run = new ToyRun().to(100).apply({ type: 'clock', process: 'n1', offset: 7 }).tell('n1', { do: 'clocks' })
    expect(run.story('noted')).toEqual(['100 n1: now 107, elapsed 100'])
  })

  it('that runs fast lets timers expire early, and one that runs slow late', () => {
    const run = new ToyRun()
      .apply({ type: 'clock', process: 'n1', driftPpm: 250_000 })
      .apply({ type: 'clock', process: 'n2', driftPpm: -500_000 })
    for (const id of ['n1', 'n2', 'n3']) run.tell(id, timer('t', 1000, { do: 'clocks' }))
    expect(run.to(5000).story('noted')).toEqual([
      '800 n1: now 1000, elapsed 1000',
      '1000 n3: now 1000, elapsed 1000',
      '2000 n2: now 1000, elapsed 1000',
    ])
  })

  it('never jumps when its drift changes, and a running timer keeps its time on it', () => {
    const run = new ToyRun().tell('n1', timer('t', 1000, { do: 'clocks' })).to(500)
    run.apply({ type: 'clock', process: 'n1', driftPpm: 1_000_000 }).tell('n1', { do: 'clocks' }).to(5000)
    expect(run.story('noted')).toEqual(['500 n1: now 500, elapsed 500', '750 n1: now 1000, elapsed 1000'])
  })

  it('keeps what it gained when its drift ends', () => {
    const run = new ToyRun().apply({ type: 'clock', process: 'n1', driftPpm: 1_000_000 }).to(500)
    run.apply({ type: 'clock', process: 'n1', driftPpm: 0 }).to(600).tell('n1', { do: 'clocks' })
    expect(run.story('noted')).toEqual(['600 n1: now 1100, elapsed 1100'])
  })

  it('that slows down moves a running timer back', () => {
    const run = new ToyRun().tell('n1', timer('t', 1000, { do: 'clocks' })).to(500)
    run.apply({ type: 'clock', process: 'n1', driftPpm: -500_000 }).to(5000)
    expect(run.story('expired', 'noted')).toEqual(['1500 expired n1 t', '1500 n1: now 1000, elapsed 1000'])
  })
})

describe('a timer', () => {
  it('that is moved later expires once, at the later time', () => {
    const run = new ToyRun().tell('n1', timer('t', 10)).to(5).tell('n1', timer('t', 20)).to(500)
    expect(run.story('expired')).toEqual(['25 expired n1 t'])
  })

  it('that is moved earlier expires once, at the earlier time', () => {
    const run = new ToyRun().tell('n1', timer('t', 100)).to(5).tell('n1', timer('t', 20)).to(500)
    expect(run.story('expired')).toEqual(['25 expired n1 t'])
  })

  it('that is cancelled does not expire, unless it is set again', () => {
    const run = new ToyRun().tell('n1', timer('t', 10)).tell('n2', timer('t', 10)).to(5)
    run.tell('n1', { do: 'cancel', name: 't' }).tell('n2', { do: 'cancel', name: 't' }, timer('t', 2)).to(500)
    expect(run.story('expired')).toEqual(['7 expired n2 t'])
  })

  it('that was moved earlier and then to the old instant expires there once', () => {
    const run = new ToyRun()
      .tell('n1', timer('t', 30))
      .to(5)
      .tell('n1', timer('t', 10, timer('t', 15)))
      .to(500)
    expect(run.story('expired')).toEqual(['15 expired n1 t', '30 expired n1 t'])
  })

  it('shows when it is due, and nothing once it is cancelled', () => {
    const run = new ToyRun().to(5).tell('n1', timer('t', 10))
    expect(run.sim.timers('n1')).toEqual([{ timer: 't', setAt: 5, dueAt: 15 }])
    expect(run.tell('n1', { do: 'cancel', name: 't' }).sim.timers('n1')).toEqual([])
  })

  it('that somebody fires expires now and not again', () => {
    const run = new ToyRun()
      .tell('n1', timer('t', 10, note('ring')))
      .to(3)
      .apply({ type: 'fire', process: 'n1', timer: 't' })
      .to(500)
    expect(run.story('expired', 'noted')).toEqual(['3 expired n1 t', '3 n1: ring'])
  })

  it('that was moved away does not carry `advanceTo` beyond its instant', () => {
    const run = new ToyRun().tell('n1', timer('t', 10), timer('u', 400)).tell('n1', { do: 'cancel', name: 't' }).to(10)
    expect(run.sim.now).toBe(10)
    expect(run.story('expired')).toEqual([])
    expect(run.sim.step(300)).toBe(false)
    expect(run.sim.step()).toBe(true)
    expect(run.story('expired')).toEqual(['400 expired n1 u'])
  })
})

describe('a process that joins', () => {
  it('starts at once and everybody can name it', () => {
    const run = new ToyRun().to(5).apply({ type: 'join', process: { id: 'n9', role: 'node' } })
    run.tell('n1', { do: 'peers' }, send('n9', 'welcome')).to(100)
    expect(run.story()).toEqual([
      '5 started n9',
      '5 n1: n1 n2 n3 n9',
      '5 sent n1>n9#1 welcome',
      '15 delivered n1>n9#1 welcome',
    ])
  })

  it('draws as it would have drawn from the beginning', () => {
    const late = new ToyRun({ nodes: 2 })
      .to(50)
      .apply({ type: 'join', process: { id: 'n3', role: 'node' } })
      .tell('n3', { do: 'draw' })
    const early = new ToyRun({ nodes: 3 }).to(50).tell('n3', { do: 'draw' })
    expect(late.story('noted')).toEqual(early.story('noted'))
  })
})

describe('a configuration', () => {
  it('changes for all, and for one', () => {
    const run = new ToyRun({ nodes: 2 }).apply({ type: 'configure', config: { colour: 'blue' }, process: 'n1' })
    run.tell('n1', { do: 'colour' }).tell('n2', { do: 'colour' })
    run
      .apply({ type: 'configure', config: { colour: 'green' } })
      .tell('n1', { do: 'colour' })
      .tell('n2', { do: 'colour' })
    expect(run.story('noted')).toEqual(['0 n1: blue', '0 n2: red', '0 n1: green', '0 n2: green'])
  })
})

describe('a workload', () => {
  const workload = { rate: 1000, readShare: 0, keys: 1, distribution: 'uniform' } as const

  it('invokes at about its rate, spread over the idle clients', () => {
    const run = new ToyRun({ clients: 3, workload }).to(2_000_000)
    const invoked = run.events.filter((event) => event.type === 'invoked')
    expect(Math.abs(invoked.length - 2000)).toBeLessThan(4 * Math.sqrt(2000))
    for (const id of ['c1', 'c2', 'c3']) {
      expect(invoked.filter((event) => event.process === id).length).toBeGreaterThan(500)
    }
  })

  it('stops when it is told to', () => {
    const run = new ToyRun({ clients: 1, workload }).to(100_000).apply({ type: 'workload', workload: null })
    const so = run.events.length
    expect(run.to(1_000_000).events.length).toBe(so)
  })

  it('asks nobody while all clients are down, and a step still ends', () => {
    const run = new ToyRun({ clients: 1, workload }).apply({ type: 'crash', process: 'c1' })
    for (let i = 0; i < 10; i++) run.sim.step()
    expect(run.story('invoked')).toEqual([])
    expect(
      run
        .apply({ type: 'restart', process: 'c1' })
        .to(run.sim.now + 100_000)
        .story('invoked').length,
    ).toBeGreaterThan(10)
  })
})

describe('timers without delay that chase each other', () => {
  it('are stopped by a bound on the steps of one instant', () => {
    // A timer that, when it expires, sets itself anew.
    const then: Instruction[] = []
    const forever = timer('t', 0)
    Object.assign(forever, { then })
    then.push(forever)
    const boot = { n9: [forever] }
    const run = new ToyRun({ boot })
    const join = { type: 'join', process: { id: 'n9', role: 'node' } } as const
    run.sim.observer = null
    run.apply(join)
    expect(() => run.to(1)).toThrow(`more than ${MAX_STEPS_PER_INSTANT} steps at 0 µs`)
  })
})
