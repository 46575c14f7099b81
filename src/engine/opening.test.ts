import { expect, test } from 'vitest'
import { ms } from '../base/units.ts'
import { Simulation } from '../kernel/simulation.ts'
import type { LabTypes } from '../kernel/types.ts'
import { defaultSetup, freshRun } from '../lab/setup.ts'
import { core } from '../labs/raft/core.ts'
import { lab } from '../labs/raft/lab.ts'
import type { Frame, FromEngine, ToEngine } from './messages.ts'
import { Opening } from './opening.ts'

const value = freshRun<LabTypes>(lab, defaultSetup<LabTypes>(lab, 108))
const OPEN = { type: 'open', run: 1, turn: 1, value, script: [], fired: [], expectations: [], window: {} } as const
const show = (turn: number, at: number): ToEngine => ({ type: 'show', run: 1, turn, at: ms(at), window: {} })

/** An engine whose whole lab comes when it is let in. */
function host() {
  const said: FromEngine[] = []
  let letIn: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (letIn = resolve))
  const engine = new Opening(
    { raft: () => gate.then(() => lab) },
    { raft: () => Promise.resolve(core) },
    (message) => said.push(message),
    () => 0,
  )
  const frames = (): Frame[] => said.filter((message) => message.type === 'frame')
  const work = (): void => {
    while (engine.busy) engine.work()
  }
  return {
    said,
    letIn: () => letIn(),
    post: (message: ToEngine) => engine.receive(message),
    /** Works until there is a picture that it wants. */
    async frame(wanted: (frame: Frame) => boolean = () => true): Promise<Frame> {
      for (let tries = 0; tries < 300; tries++) {
        work()
        const frame = frames().at(-1)
        if (frame !== undefined && wanted(frame)) return frame
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
      throw new Error('no such picture came')
    },
  }
}

const isWhole = ({ watched }: Frame): boolean => watched.length > 0

/** What a session says that had the whole lab from the beginning, asked for the same instants. */
async function whole(...messages: ToEngine[]): Promise<{ frame: Frame; told: unknown }> {
  const one = host()
  one.letIn()
  one.post({ ...OPEN, at: ms(450) })
  for (const message of messages) one.post(message)
  const last = messages.at(-1)
  const frame = await one.frame(({ turn }) => last === undefined || !('turn' in last) || turn === last.turn)
  return { frame, told: storiesOf(one.said) }
}

const storiesOf = (said: readonly FromEngine[]): unknown[] => {
  let stories: { seq: number }[] = []
  for (const message of said)
    if (message.type === 'chronicle')
      stories = [...stories.filter(({ seq }) => seq <= message.after), ...message.stories]
  return stories
}

test('the first pictures need the core alone; the rest, once there, shows the same run watched and told', async () => {
  const page = host()
  page.post({ ...OPEN, at: ms(450), coreOnly: true })
  const first = await page.frame()
  expect(first.watched).toEqual([])
  page.post({ type: 'whole', run: 1 })
  page.post(show(2, 900))
  const meanwhile = await page.frame(({ turn }) => turn === 2)
  expect(meanwhile.watched).toEqual([])
  page.letIn()
  const after = await page.frame(isWhole)
  const expected = await whole(show(2, 900))
  expect(after).toEqual(expected.frame)
  expect(after.world).toEqual(meanwhile.world)
  expect(storiesOf(page.said)).toEqual(expected.told)
  expect(storiesOf(page.said).length).toBeGreaterThan(2)
})

test('a command waits for the rest, and is told and done at its own moment', async () => {
  const page = host()
  page.post({ ...OPEN, at: ms(450), coreOnly: true })
  const { moment } = await page.frame()
  const command = { type: 'crash', process: 'n1' } as const
  const crash: ToEngine = { type: 'command', run: 2, turn: 2, at: moment, command, window: {} }
  page.post(crash)
  await expect(page.frame(({ run }) => run === 2)).rejects.toThrow('no such picture')
  page.letIn()
  const done = await page.frame(({ run }) => run === 2)
  expect(done).toEqual((await whole(crash)).frame)
  expect(storiesOf(page.said).at(-1)).toMatchObject({ text: 'You crashed n1' })
})

test('what is asked of the instant on show is answered for it, though the whole engine has yet to come there', async () => {
  const expected = new Simulation<LabTypes>(lab, value)
  expected.advanceTo(ms(450))
  const page = host()
  page.post({ ...OPEN, at: ms(450), coreOnly: true })
  const { moment } = await page.frame()
  page.post({ type: 'ask', run: 1, id: 7, question: { type: 'fingerprint' } })
  page.post({ type: 'step', run: 1, turn: 2, by: 1, window: {} })
  page.letIn()
  const next = await page.frame(({ turn }) => turn === 2)
  expect(page.said).toContainEqual({
    type: 'answer',
    id: 7,
    answer: { type: 'fingerprint', fingerprint: expected.fingerprint() },
  })
  expect(next.moment.steps).toBe(moment.steps + 1)
})

test('an earlier instant than the one on show is shown by the whole engine', async () => {
  const page = host()
  page.post({ ...OPEN, at: ms(450), coreOnly: true })
  await page.frame()
  page.post(show(2, 100))
  page.letIn()
  const back = await page.frame(({ turn }) => turn === 2)
  expect(isWhole(back)).toBe(true)
  expect(back.world).toEqual((await whole(show(2, 100))).frame.world)
})

test('if the rest cannot be had, the pictures go on, and who needs it hears that the engine has stopped', async () => {
  const said: FromEngine[] = []
  const gone = () => Promise.reject(new Error('the network is gone'))
  const engine = new Opening(
    { raft: gone },
    { raft: () => Promise.resolve(core) },
    (message) => said.push(message),
    () => 0,
  )
  const last = () => {
    while (engine.busy) engine.work()
    return said.at(-1)
  }
  engine.receive({ ...OPEN, at: ms(450), coreOnly: true })
  await expect.poll(last).toMatchObject({ type: 'frame', turn: 1 })
  engine.receive({ type: 'whole', run: 1 })
  last()
  await new Promise((resolve) => setTimeout(resolve, 5))
  engine.receive(show(2, 900))
  expect(last()).toMatchObject({ type: 'frame', turn: 2, moment: { at: ms(900) } })
  engine.receive({ type: 'undo', run: 2, turn: 3, window: {} })
  await expect
    .poll(last)
    .toMatchObject({ type: 'broken', run: 2, text: 'the engine failed: the network is gone', at: ms(900) })
})

test('what is opened meanwhile is not disturbed by the rest of a lab that came too late', async () => {
  const page = host()
  page.post({ ...OPEN, at: ms(450), coreOnly: true })
  await page.frame()
  page.post({ type: 'whole', run: 1 })
  page.post({ ...OPEN, run: 2, turn: 2, at: ms(100) })
  page.letIn()
  const frame = await page.frame(({ run }) => run === 2)
  expect(frame).toMatchObject({ moment: { at: ms(100) } })
  expect(isWhole(frame)).toBe(true)
})
