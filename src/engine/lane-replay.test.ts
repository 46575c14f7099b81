import { expect, test } from 'vitest'
import { ms, seconds } from '../base/units.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { Lanes } from '../lab/lanes.ts'
import { defaultSetup, freshRun } from '../lab/setup.ts'
import { lab } from '../labs/raft/lab.ts'
import { LaneReplay } from './lane-replay.ts'
import type { FromEngine } from './messages.ts'
import { Session } from './session.ts'
import { Timeline } from './timeline.ts'

const run = freshRun<LabTypes>(lab, { ...defaultSetup<LabTypes>(lab, 7), workload: lab.defaults.workload })

function replayed(steps: number): { lanes: Lanes; slices: number } {
  const line = new Timeline(lab, run)
  line.seek(seconds(4))
  const replay = new LaneReplay(line, ms(900), ms(3_500))
  for (let slices = 1; ; slices++) {
    const lanes = replay.goOn(steps)
    if (lanes !== null) return { lanes, slices }
  }
}

test('an interval that is executed again in slices is the same as in one go', () => {
  const whole = replayed(Number.POSITIVE_INFINITY)
  const sliced = replayed(7)
  expect(sliced.lanes).toEqual(whole.lanes)
  expect(whole).toMatchObject({ slices: 1, lanes: { from: ms(900), to: ms(3_500) } })
  expect(sliced.slices).toBeGreaterThan(100)
  expect(whole.lanes.messages.length).toBeGreaterThan(100)
})

test('pictures come while a long interval is executed again, and a fork ends the question', async () => {
  const said: FromEngine[] = []
  const session = new Session({ raft: () => Promise.resolve(lab) }, (message) => said.push(message))
  const until = async (wanted: (message: FromEngine) => boolean): Promise<number> => {
    for (let tries = 0; tries < 20_000; tries++) {
      const found = said.findIndex(wanted)
      if (found !== -1) return found
      if (session.busy) session.work()
      else await new Promise((resolve) => setTimeout(resolve, 1))
    }
    throw new Error('it never came')
  }
  const isAnswer = (id: number) => (message: FromEngine) => message.type === 'answer' && message.id === id
  const window = {}
  const open = { value: run, script: [], fired: [], expectations: [], at: seconds(20), window }
  session.receive({ type: 'open', run: 1, turn: 1, ...open })
  await until((message) => message.type === 'frame')
  session.receive({ type: 'ask', run: 1, id: 1, question: { type: 'lanes', from: 0, to: seconds(20) } })
  session.receive({ type: 'show', run: 1, turn: 2, at: seconds(20) + ms(50), window })
  expect(await until((message) => message.type === 'frame' && message.turn === 2)).toBeLessThan(
    await until(isAnswer(1)),
  )
  session.receive({ type: 'ask', run: 1, id: 2, question: { type: 'lanes', from: 0, to: seconds(20) } })
  session.receive({ type: 'command', run: 2, turn: 3, at: null, command: { type: 'crash', process: 'n1' }, window })
  expect(said[await until(isAnswer(2))]).toMatchObject({ answer: { type: 'error', text: 'the run has changed' } })
})
