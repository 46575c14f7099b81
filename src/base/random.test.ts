import { describe, expect, it } from 'vitest'
import { type Distribution, draw, drawUnit, linkStream, LinkStreams, Random, sample, stream } from './random.ts'

const N = 20_000
const many = (name: string, seed = 1): number[] => Array.from({ length: N }, (_, n) => drawUnit(stream(seed, name), n))

/** Chi-square over 64 equal bins: 63 degrees of freedom, mean 63, standard deviation 11.2. */
function chiSquare(units: readonly number[]): number {
  const bins = Array.from({ length: 64 }, () => 0)
  for (const u of units) bins[Math.floor(u * 64)] = (bins[Math.floor(u * 64)] as number) + 1
  const expected = units.length / 64
  return bins.reduce((sum, count) => sum + ((count - expected) * (count - expected)) / expected, 0)
}

const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length
function deviation(xs: readonly number[]): number {
  const centre = mean(xs)
  return Math.sqrt(mean(xs.map((x) => (x - centre) * (x - centre))))
}

describe('draws', () => {
  it('the n-th draw is the same whatever was drawn before it, on this stream or on another', () => {
    const straight = Array.from({ length: 50 }, (_, n) => draw(stream(5, 'n1'), n))
    const backwards = Array.from({ length: 50 }, (_, i) => {
      draw(stream(5, 'n2'), i)
      return draw(stream(5, 'n1'), 49 - i)
    })
    expect(backwards.toReversed()).toEqual(straight)
  })

  it('are the frozen ones', () => {
    expect([0, 1, 2, 1000].map((n) => draw(stream(42, 'n1>n2'), n))).toMatchInlineSnapshot(`
      [
        3650805503,
        2991368790,
        907330671,
        2545516624,
      ]
    `)
  })

  it.each(['n1', 'n2', 'n1>n2', 'n2>n1', 'arrivals', ''])('are spread evenly on stream “%s”', (name) => {
    expect(Math.abs(chiSquare(many(name)) - 63)).toBeLessThan(4 * 11.2)
  })

  it('are spread evenly over streams as well as along one', () => {
    const first = Array.from({ length: N }, (_, i) => drawUnit(stream(1, `n${i}`), 1))
    const seeds = Array.from({ length: N }, (_, i) => drawUnit(stream(i, 'n1'), 1))
    expect(Math.abs(chiSquare(first) - 63)).toBeLessThan(4 * 11.2)
    expect(Math.abs(chiSquare(seeds) - 63)).toBeLessThan(4 * 11.2)
  })

  it.each([
    ['neighbours on a stream', many('n1').slice(1), many('n1').slice(0, -1)],
    ['two streams', many('n1'), many('n2')],
    ['two seeds', many('n1', 1), many('n1', 2)],
    ['a link and its way back', many('n1>n2'), many('n2>n1')],
  ])('do not go together: %s', (_what, xs, ys) => {
    const together = mean(xs.map((x, i) => (x - 0.5) * ((ys[i] as number) - 0.5))) * 12
    expect(Math.abs(together)).toBeLessThan(4 / Math.sqrt(N))
  })

  it('a Random goes through its stream one by one and goes on from any place', () => {
    const random = new Random(stream(3, 'work'))
    const ten = Array.from({ length: 10 }, () => random.unit())
    expect(ten).toEqual(ten.map((_, n) => drawUnit(stream(3, 'work'), n)))
    expect(new Random(stream(3, 'work'), 4).unit()).toBe(ten[4])
    expect(random.position).toBe(10)
  })

  it('whole draws stay below their bound and reach every number', () => {
    const random = new Random(stream(3, 'dice'))
    const faces = new Set(Array.from({ length: 1000 }, () => random.int(6)))
    expect([...faces].toSorted((x, y) => x - y)).toEqual([0, 1, 2, 3, 4, 5])
  })
})

describe('samples', () => {
  const cases: [string, Distribution, { mean: number; deviation: number; least: number; most: number }][] = [
    ['constant', { type: 'constant', value: 500 }, { mean: 500, deviation: 0, least: 500, most: 500 }],
    ['uniform', { type: 'uniform', min: 100, max: 300 }, { mean: 200, deviation: 58, least: 100, most: 300 }],
    ['normal', { type: 'normal', mean: 5000, deviation: 700 }, { mean: 5000, deviation: 700, least: 0, most: 10_000 }],
    // The mean of exp(σZ) is exp(σ²/2), its deviation √(exp(σ²) − 1) times that.
    [
      'logNormal',
      { type: 'logNormal', median: 10_000, sigma: 0.5 },
      { mean: 11_331, deviation: 6_039, least: 0, most: 200_000 },
    ],
    [
      'exponential',
      { type: 'exponential', floor: 2000, mean: 1000 },
      { mean: 3000, deviation: 1000, least: 2000, most: 30_000 },
    ],
  ]

  it.each(cases)('%s: mean, spread and range are as they should be, and all are whole', (_name, of, expected) => {
    const samples = many('sample').map((u) => sample(of, u))
    expect(Math.abs(mean(samples) - expected.mean)).toBeLessThanOrEqual((5 * expected.deviation) / Math.sqrt(N) + 0.5)
    expect(Math.abs(deviation(samples) - expected.deviation)).toBeLessThanOrEqual(0.05 * expected.deviation)
    expect(Math.min(...samples)).toBeGreaterThanOrEqual(expected.least)
    expect(Math.max(...samples)).toBeLessThanOrEqual(expected.most)
    expect(samples.every(Number.isInteger)).toBe(true)
  })

  it.each(cases)('%s: even the outermost draws give a length of time', (_name, of) => {
    for (const u of [0, 1 / 4294967296, 0.5, 4294967295 / 4294967296]) {
      expect(sample(of, u)).toBeGreaterThanOrEqual(0)
      expect(Number.isFinite(sample(of, u))).toBe(true)
    }
  })

  it('a uniform sample reaches both of its ends', () => {
    const seen = new Set(many('ends').map((u) => sample({ type: 'uniform', min: 3, max: 5 }, u)))
    expect([...seen].toSorted((x, y) => x - y)).toEqual([3, 4, 5])
  })
})

describe('the stream of a link', () => {
  it.each([
    ['n1', 'n2'],
    ['s10000', 'c1'],
    ['', 'é'],
  ])('from %s to %s is the one of its name', (from, to) => {
    expect(linkStream(7, from, to)).toEqual(stream(7, `${from}>${to}`))
  })

  it('is the same from one who keeps them by places, whatever was asked for before', () => {
    const streams = new LinkStreams(7)
    const names = Array.from({ length: 40 }, (_, place) => `s${place * place * 11}`)
    for (let i = 0; i < 400; i++) {
      const place = (i * 7) % 40
      const [from, to] = [names[place] as string, names[(i * i) % 40] as string]
      expect(streams.of(place, from, to)).toEqual(stream(7, `${from}>${to}`))
    }
  })
})
