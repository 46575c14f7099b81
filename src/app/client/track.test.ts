import { describe, expect, it } from 'vitest'
import { readHistoryFile } from '../../check/history-file.ts'
import type { OperationRecord } from '../../check/history.ts'
import { lab as raft } from '../../labs/raft/lab.ts'
import { faultSpans } from './faults.ts'
import { toldByFile, toldByRun, tracks } from './track.ts'

const record = (id: string, call: number, end: number | null, outcome: unknown = null): OperationRecord => ({
  id,
  client: id.slice(0, 2),
  what: { command: { type: 'put', key: 'x', value: id } },
  call,
  callSeq: call,
  return: end,
  returnSeq: end,
  outcome,
})
const done = { type: 'ok', result: { type: 'done' }, from: 'n1' }

describe('what a run’s clients were told', () => {
  it('is as it stood at the moment: what comes later is not there, what returns later waits', () => {
    const records = [record('c1#1', 10, 50, done), record('c1#2', 60, 90, done), record('c2#1', 80, null)]
    const { bars, operations, model } = toldByRun(raft, records, 70)
    expect(bars.map(({ id, end, verdict }) => [id, end, verdict])).toEqual([
      ['c1#1', 50, 'ok'],
      ['c1#2', null, 'waiting'],
    ])
    expect(operations.map(({ call, return: end }) => [call, end])).toEqual([
      [10, 50],
      [60, null],
    ])
    expect(model).toBe('key-value')
  })

  it('gives the very same operation for the same record, so that it is sent to the judge once', () => {
    const records = [record('c1#1', 10, 50, done)]
    expect(toldByRun(raft, records, 70).operations[0]).toBe(toldByRun(raft, records, 99).operations[0])
  })

  it('puts operations of one client that overlap into rows of their own', () => {
    const records = [record('c1#1', 10, 50, done), record('c1#2', 20, 90, done), record('c1#3', 50, 70, done)]
    const [first, second] = tracks(toldByRun(raft, records, 100).bars, ['c1', 'c2'])
    expect(first?.bars.map(({ row }) => row)).toEqual([0, 1, 0])
    expect(second).toMatchObject({ client: 'c2', rows: 1, bars: [] })
  })
})

it('a history from a file is drawn by its times, or by its order where it has none', () => {
  const read = (text: string) => {
    const found = readHistoryFile(text, 'h')
    if (!found.ok) throw new Error(found.error)
    return toldByFile(found.value).bars.map(({ client, call, end, text: said, told }) => [
      client,
      call,
      end,
      said,
      told,
    ])
  }
  const event = (type: string, time: string) => `{:type ${type}, :f :write, :process 3, ${time} :value 5}`
  expect(read(event(':invoke', ':time 7000000,') + event(':ok', ':time 9000000,'))).toEqual([
    ['p3', 0, 2000, 'write 5', 'ok'],
  ])
  expect(read(event(':invoke', '') + event(':info', ''))).toEqual([['p3', 0, null, 'write 5', 'unknown']])
})

it('faults last from the command that makes them to the one that ends them', () => {
  const link = (from: string, to: string) => ({ from, to })
  const command = (at: number, said: object) => ({ at, command: said as never })
  const run = {
    commands: [
      command(1, { type: 'crash', process: 'n1' }),
      command(2, { type: 'cut', links: [link('n1', 'n2'), link('n2', 'n1')] }),
      command(3, { type: 'mend', links: [link('n1', 'n2')] }),
      command(4, { type: 'restart', process: 'n1' }),
      command(5, { type: 'mend', links: [link('n2', 'n1')] }),
      command(6, { type: 'pause', process: 'n2' }),
    ],
  }
  expect(faultSpans(run as never, 6)).toEqual([
    { text: 'n1 down', from: 1, to: 4 },
    { text: 'network cut', from: 2, to: 5 },
    { text: 'n2 paused', from: 6, to: null },
  ])
  expect(faultSpans(run as never, 2)).toMatchObject([{ to: null }, { to: null }])
})
