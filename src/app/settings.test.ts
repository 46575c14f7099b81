import { describe, expect, test } from 'vitest'
import { ms } from '../base/units.ts'
import type { LabTypes } from '../kernel/types.ts'
import { hasMistake, readConfig, withMistake } from '../lab/config.ts'
import type { AnyLab } from '../lab/definition.ts'
import { converted } from './settings-distribution.ts'
import { fromSlider, type NumberField, readNumber, toSlider } from './settings-field.ts'
import { fieldsOf, isPreset, presetCommands } from './settings.ts'
import { lab } from '../labs/raft/lab.ts'
import type { WorldView } from '../lab/world-view.ts'

const raft: AnyLab = lab
const { config, network, disk } = lab.defaults
const world = { config, network, disk, workload: null, processes: [], flights: [], lost: [], cuts: [] } as WorldView
const fields = fieldsOf(raft, world, { servers: 5, seed: 1 })
const field = (id: string): NumberField =>
  [...fields.atHand, ...fields.rest.flatMap((group) => group.fields)]
    .flatMap((one) => (one.kind === 'distribution' ? one.parts : one.kind === 'number' ? [one] : []))
    .find((one) => one.id === id) as NumberField

describe('settings', () => {
  test('six are at hand, and every setting of the lab is somewhere', () => {
    expect(fields.atHand.map(({ label }) => label)).toEqual([
      'Election timeout, at least',
      'Election timeout, at most',
      'Heartbeat every',
      'Network latency',
      'Message loss',
      'Disk sync',
    ])
    const all = [...fields.atHand, ...fields.rest.flatMap((group) => group.fields)].map(({ id }) => id)
    for (const { key } of lab.settings) expect(all).toContain(`config-${key}`)
  })

  test('a number is read in its unit, and out of its range it gets one sentence', () => {
    const timeout = field('config-electionTimeoutMin')
    expect(readNumber(timeout, '120')).toEqual({ ok: true, value: 120 })
    expect(readNumber(timeout, '0')).toMatchObject({ ok: false, error: 'It must be from 1 ms to 60 s, not 0 ms.' })
    expect(readNumber(timeout, '')).toMatchObject({ ok: false, error: 'Type a number from 1 ms to 60 s.' })
    expect(readNumber(field('servers'), '2.5')).toMatchObject({ ok: false })
    expect(timeout.change(120)).toMatchObject({
      value: { command: { type: 'configure', config: { electionTimeoutMin: ms(120) } } },
    })
  })

  test('two bounds that cross are refused in a sentence', () => {
    expect(field('config-electionTimeoutMin').change(400)).toMatchObject({ ok: false })
    expect(field('latency-to').change(5)).toMatchObject({
      error: 'The least, 20 ms, must not be above the most, 5 ms.',
    })
    expect(readConfig(raft, { electionTimeoutMin: '400ms' }, [])).toMatchObject({ ok: false })
  })

  test('a slider leads there and back', () => {
    const slider = { min: 1, max: 60_000, byRatio: true }
    for (const value of [1, 60, 150, 300, 60_000])
      expect(fromSlider(slider, toSlider(slider, value))).toBeCloseTo(value, -1)
  })

  test('another kind of distribution keeps its middle', () => {
    for (const type of ['constant', 'uniform', 'normal', 'logNormal', 'exponential'] as const) {
      const there = converted({ type: 'uniform', min: ms(20), max: ms(30) }, type)
      expect(converted(there, 'constant')).toEqual({ type: 'constant', value: ms(25) })
    }
  })

  test('the lab opens with one of its presets, and the others differ from it', () => {
    const like = (lab.presets ?? []).filter((preset) => isPreset(preset as never, world)).map(({ name }) => name)
    expect(like).toEqual(['lecture'])
    for (const preset of lab.presets ?? []) expect(presetCommands(preset as never)).toHaveLength(3)
  })

  test('mistakes are switched one by one', () => {
    const [first, second] = raft.mistakes as [never, never]
    const one: LabTypes['config'] = { ...config, ...withMistake(raft, config, first, true) }
    const two: LabTypes['config'] = { ...one, ...withMistake(raft, one, second, true) }
    expect([hasMistake(raft, two, first), hasMistake(raft, two, second)]).toEqual([true, true])
    const back = { ...two, ...withMistake(raft, two, first, false) }
    expect([hasMistake(raft, back, first), hasMistake(raft, back, second)]).toEqual([false, true])
    expect({ ...back, ...withMistake(raft, back, second, false) }).toEqual(config)
  })
})
