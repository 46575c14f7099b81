import { describe, expect, it } from 'vitest'
import { ms } from '../base/units.ts'
import { accounts } from '../engine/accounts.ts'
import { Timeline } from '../engine/timeline.ts'
import type { Command } from '../kernel/command.ts'
import type { LabTypes } from '../kernel/types.ts'
import { lab as raft } from '../labs/raft/lab.ts'
import { withMistake } from './config.ts'
import type { AnyLab } from './definition.ts'
import { defaultSetup, freshRun } from './setup.ts'

const lab: AnyLab = raft

/** What a Raft of five tells of these commands, given one after the other when half a second has passed. */
function told(...commands: Command<LabTypes>[]): string[] {
  const timeline = new Timeline(lab, freshRun<LabTypes>(lab, defaultSetup<LabTypes>(lab, 1)), { accounts })
  timeline.seek(ms(500))
  const before = timeline.chronicle.stories.length
  for (const command of commands) timeline.act(command)
  return timeline.chronicle.stories.slice(before).map(({ text }) => text)
}

const slow = { type: 'uniform', min: ms(30), max: ms(40) } as const

describe('what was changed', () => {
  it.each<[string, Command<LabTypes>]>([
    ['You changed “Heartbeat every” from 60 ms to 45 ms', { type: 'configure', config: { heartbeatInterval: ms(45) } }],
    [
      'You changed “Election timeout, at least” from 150 ms to 300 ms, “Election timeout, at most” from 300 ms to 1.2 s',
      { type: 'configure', config: { electionTimeoutMin: ms(300), electionTimeoutMax: ms(1_200) } },
    ],
    ['You left the settings as they were', { type: 'configure', config: { heartbeatInterval: ms(60) } }],
    ['You changed the latency from 20–30 ms to 30–40 ms', { type: 'network', settings: { latency: slow } }],
    [
      'You changed the message loss from 0 % to 12.5 %, the bandwidth from no limit to 8 kB/s',
      { type: 'network', settings: { loss: 0.125, bandwidth: 8_000 } },
    ],
    ['You changed the order from kept to not kept', { type: 'network', settings: { fifo: false } }],
    ['You changed the disk from honest to lying', { type: 'disk', lying: true }],
    [
      'You changed the disk sync from 2–6 ms to 900 µs to 1.5 ms',
      { type: 'disk', sync: { type: 'uniform', min: 900, max: ms(1.5) } },
    ],
    ['You left the network as it was', { type: 'network', settings: { loss: 0 } }],
  ])('%s', (text, command) => {
    expect(told(command)).toEqual([text])
  })

  it('names a mistake that is switched on, and off', () => {
    const [mistake] = raft.mistakes
    if (mistake === undefined) throw new Error('Raft has no mistakes')
    const to = (on: boolean): Command<LabTypes> => ({
      type: 'configure',
      config: withMistake(lab, raft.defaults.config, mistake, on),
    })
    expect(told(to(true), to(false))).toEqual([
      `You switched the mistake “${mistake.label}” on`,
      `You switched the mistake “${mistake.label}” off`,
    ])
  })

  it('tells of a workload what is new about it', () => {
    const mix = { rate: 5, readShare: 0.5, keys: 3, distribution: 'uniform' } as const
    expect(
      told(
        { type: 'workload', workload: mix },
        { type: 'workload', workload: { ...mix, rate: 20, distribution: 'zipf' } },
        { type: 'workload', workload: null },
      ).filter((text) => text.startsWith('You')),
    ).toEqual([
      'You started a workload of 5 operations a second',
      'You changed the rate of the workload from 5 operations a second to 20 operations a second, the distribution of its keys from uniform to zipf',
      'You stopped the workload',
    ])
  })

  it('says that the network is healed when no cut is left, and else which', () => {
    const link = (from: string, to: string) => ({ from, to })
    const two = [link('n1', 'n2'), link('n1', 'n3')]
    expect(
      told(
        { type: 'cut', links: two },
        { type: 'mend', links: two.slice(0, 1) },
        { type: 'mend', links: two.slice(1) },
      ),
    ).toEqual(['You cut 2 links', 'You healed the way from n1 to n2', 'You healed the network'])
  })
})
