import { describe, expect, it } from 'vitest'
import { ms } from '../base/units.ts'
import { type Entry, makeEntry } from '../labs/raft/entry.ts'
import type { Conflict } from '../labs/raft/backtracking.ts'
import { lab } from '../labs/raft/lab.ts'
import { digest, type Message } from '../labs/raft/messages.ts'
import type { Command } from '../labs/raft/store.ts'
import { defaultSetup } from '../lab/setup.ts'
import { Simulation } from './simulation.ts'
import { ToyRun } from './toy.testing.ts'

const commands: Command[] = [
  { type: 'put', key: 'x', value: '5' },
  { type: 'get', key: 'x' },
  { type: 'delete', key: 'y' },
  { type: 'cas', key: 'x', expected: '5', value: '6' },
  { type: 'cas', key: 'x', expected: null, value: '6' },
  { type: 'append', key: 'x', value: '5' },
]
const entries = commands.map((command, i) => makeEntry(7 + i, 3, command, 'c1', 4))

const served = { mode: 'readIndex', index: 6, term: 3 } as const

const MESSAGES: Message[] = [
  { type: 'RequestVote', term: 3, candidateId: 'n2', lastLogIndex: 6, lastLogTerm: 2, transfer: false },
  { type: 'RequestVoteReply', term: 3, voteGranted: true },
  {
    type: 'AppendEntries',
    term: 3,
    leaderId: 'n1',
    prevLogIndex: 6,
    prevLogTerm: 2,
    entries,
    leaderCommit: 5,
    round: 9,
  },
  { type: 'AppendEntriesReply', term: 3, success: true, matchIndex: 6, conflict: null, round: 9 },
  refused({ type: 'decrement', rejected: 6 }),
  refused({ type: 'conflict-term', rejected: 6, xTerm: 2, xIndex: 5, xLen: 6 }),
  refused({ type: 'hint', rejected: 6, hintIndex: 5, hintTerm: 2 }),
  { type: 'PreVote', nextTerm: 4, candidateId: 'n2', lastLogIndex: 6, lastLogTerm: 2, round: 9 },
  { type: 'PreVoteReply', term: 3, voteGranted: true, round: 9 },
  { type: 'TimeoutNow', term: 3 },
  { type: 'ReadIndex', term: 3, client: 'c1', serial: 4, lease: false },
  { type: 'ReadIndexReply', term: 3, client: 'c1', serial: 4, index: 6 },
  { type: 'ClientRequest', operation: 'c1#4', client: 'c1', serial: 4, command: commands[3] as Command, read: null },
  { type: 'ClientRequest', operation: 'c1#4', client: 'c1', serial: 4, command: commands[1] as Command, read: 'lease' },
  { type: 'ClientReply', serial: 4, result: { type: 'value', value: '5' }, served },
  { type: 'ClientReply', serial: 4, result: { type: 'value', value: null }, served },
  { type: 'ClientReply', serial: 4, result: { type: 'swapped', swapped: true }, served },
  { type: 'NotLeader', serial: 4, leaderHint: 'n2' },
  { type: 'NotLeader', serial: 4, leaderHint: null },
  { type: 'JoinRequest', as: 'voter' },
  { type: 'JoinReply', accepted: true, leaderHint: 'n2' },
  { type: 'JoinReply', accepted: false, leaderHint: null },
  snapshotChunk(),
  { type: 'InstallSnapshotReply', term: 3, lastIncludedIndex: 40, offset: 16, matchIndex: 0, round: 900 },
]

function refused(conflict: Conflict): Message {
  return { type: 'AppendEntriesReply', term: 3, success: false, matchIndex: 0, conflict, round: 9 }
}

function snapshotChunk(): Message {
  const last = { lastIncludedIndex: 40, lastIncludedTerm: 2 }
  return { type: 'InstallSnapshot', term: 3, leaderId: 'n1', ...last, offset: 16, data: '"x"', done: false, round: 900 }
}

/** What an entry works out from the rest; and its client, which its digest leaves out. */
const DERIVED = ['bytes', 'digest', 'client']

interface Variant {
  path: string
  message: Message
}

/** The message with any one of its leaves altered; what an entry works out from the rest is worked out anew. */
function variants(value: unknown, path: string): { path: string; value: unknown }[] {
  if (Array.isArray(value)) {
    const shorter = { path: `${path} without its last`, value: value.slice(0, -1) }
    return [
      shorter,
      ...value.flatMap((item, i) =>
        variants(item, `${path}[${i}]`).map((v) => ({ ...v, value: value.with(i, v.value) })),
      ),
    ]
  }
  if (value === null || typeof value !== 'object')
    return altered(value).map((other) => ({ path: `${path} = ${String(other)}`, value: other }))
  const fields = Object.entries(value).filter(
    ([key]) => key !== 'type' && !('digest' in value && DERIVED.includes(key)),
  )
  return fields.flatMap(([key, item]) =>
    variants(item, `${path}.${key}`).map((v) => ({ ...v, value: rebuilt({ ...value, [key]: v.value }) })),
  )
}

function rebuilt(value: object): object {
  if (!('digest' in value)) return value
  const { index, term, command, client, serial } = value as Entry
  return makeEntry(index, term, command, client, serial)
}

function altered(leaf: unknown): unknown[] {
  if (typeof leaf === 'number') return [leaf + 1, leaf + 65536]
  if (typeof leaf === 'string')
    return [`${leaf}x`, '', ...(leaf === '' ? [] : [leaf.slice(1) + leaf[0]].filter((it) => it !== leaf))]
  return typeof leaf === 'boolean' ? [!leaf] : ['', 'x']
}

const all = (message: Message): Variant[] =>
  variants(message, message.type).map((v) => ({ path: v.path, message: v.value as Message }))

describe('a message’s digest', () => {
  it.each(MESSAGES)('changes with any one field of $type', (message) => {
    const same = all(message)
      .filter((variant) => digest(variant.message) === digest(message))
      .map((variant) => variant.path)
    expect(same).toEqual([])
  })

  it('tells all types apart', () => {
    expect(new Set(MESSAGES.map(digest)).size).toBe(MESSAGES.length)
  })
})

describe('a run’s fingerprint', () => {
  const setup = { ...defaultSetup(lab, 1), processes: lab.processes(2) }
  /** Of a run into which somebody puts this message; n2 is down, so it makes no difference but itself. */
  function injected(message: Message): string {
    const sim = new Simulation(lab, { setup, commands: [] })
    sim.apply({ type: 'crash', process: 'n2' })
    sim.apply({ type: 'inject', from: 'n1', to: 'n2', message })
    sim.advanceTo(ms(100))
    return sim.fingerprint()
  }

  it.each(MESSAGES)('changes with any one field of a $type that is injected', (message) => {
    const usual = injected(message)
    expect(
      all(message)
        .filter((variant) => injected(variant.message) === usual)
        .map((variant) => variant.path),
    ).toEqual([])
  })

  it('changes when a message in flight is replaced by one that differs in one field', () => {
    const replaced = (term: number): string => {
      const sim = new Simulation(lab, { setup, commands: [] })
      sim.apply({
        type: 'inject',
        from: 'n1',
        to: 'n2',
        message: { type: 'RequestVoteReply', term: 0, voteGranted: true },
      })
      sim.apply({
        type: 'message',
        id: 'n1>n2#1',
        do: { replace: { type: 'RequestVoteReply', term, voteGranted: true } },
      })
      sim.advanceTo(ms(100))
      return sim.fingerprint()
    }
    expect(replaced(0)).not.toBe(replaced(1))
  })

  const toyPrint = (act: (run: ToyRun) => void): string => {
    const run = new ToyRun({ clients: 1 })
    act(run)
    return run.to(100).sim.fingerprint()
  }
  it.each<[string, (run: ToyRun) => void, (run: ToyRun) => void]>([
    [
      'what a process notes',
      (r) => r.tell('n1', { do: 'note', text: 'a' }),
      (r) => r.tell('n1', { do: 'note', text: 'b' }),
    ],
    [
      'which process acts',
      (r) => r.tell('n1', { do: 'note', text: 'a' }),
      (r) => r.tell('n2', { do: 'note', text: 'a' }),
    ],
    ['when it acts', (r) => r.to(3).tell('n1', { do: 'draw' }), (r) => r.to(4).tell('n1', { do: 'draw' })],
    [
      'the name of a timer',
      (r) => r.apply({ type: 'fire', process: 'n1', timer: 's' }),
      (r) => r.apply({ type: 'fire', process: 'n1', timer: 't' }),
    ],
    [
      'an outcome',
      (r) => r.apply({ type: 'invoke', client: 'c1', operation: [{ do: 'complete', outcome: 'a' }] }),
      (r) => r.apply({ type: 'invoke', client: 'c1', operation: [{ do: 'complete', outcome: 'b' }] }),
    ],
    [
      'which links are cut',
      (r) => r.apply({ type: 'cut', links: [{ from: 'n1', to: 'n2' }] }),
      (r) => r.apply({ type: 'cut', links: [{ from: 'n2', to: 'n1' }] }),
    ],
  ])('changes with %s', (_what, one, other) => {
    expect(toyPrint(one)).toBe(toyPrint(one))
    expect(toyPrint(one)).not.toBe(toyPrint(other))
  })

  it('is 16 hex digits', () => {
    expect(new ToyRun().sim.fingerprint()).toMatch(/^[0-9a-f]{16}$/)
  })
})
