import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, formatInstant, ms, parseDuration, seconds, toMs } from './units.ts'

describe('units', () => {
  it.each([
    ['300us', 300],
    ['300 µs', 300],
    ['20 ms', 20_000],
    ['1.5s', 1_500_000],
    [' 2 min ', 120_000_000],
    ['0.25ms', 250],
    ['0s', 0],
  ])('reads “%s” as %i µs', (text, t) => {
    expect(parseDuration(text)).toBe(t)
  })

  it.each(['20', '', 'ms', '-5 ms', '1e3 ms', '5 h', '5 ms 3', '.5 s', '1,5 s'])(
    'reads “%s” as no length of time',
    (text) => {
      expect(parseDuration(text)).toBeNull()
    },
  )

  it.each([
    [0, '0 µs'],
    [999, '999 µs'],
    [1_000, '1 ms'],
    [25_500, '25.5 ms'],
    [1_500_000, '1.5 s'],
    [60_000_000, '60 s'],
  ])('writes %i µs as “%s”', (t, text) => {
    expect(formatDuration(t)).toBe(text)
  })

  it('writes an instant to the millisecond', () => {
    expect([formatInstant(0), formatInstant(4_236_000), formatInstant(61_000_499)]).toEqual([
      '0.000 s',
      '4.236 s',
      '61.000 s',
    ])
  })

  it('reads back what it writes, to the hundredth of its unit', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), (t) => {
        const back = parseDuration(formatDuration(t)) as number
        return Math.abs(back - t) <= (t < 1_000 ? 0 : t < 1_000_000 ? 5 : 5_000)
      }),
      { seed: 21, numRuns: 500 },
    )
  })

  it('turns milliseconds and seconds into whole microseconds', () => {
    expect([ms(0.1), ms(1.0004), seconds(0.3), toMs(1_500)]).toEqual([100, 1_000, 300_000, 1.5])
  })
})
