import type { ProcessId, World } from '../../kernel/types.ts'
import type { Reason, Subject, WhyNot } from '../../lab/explain.ts'
import { between, names } from '../../lab/why-not.ts'
import { currentLeader, serverState } from './observe.ts'
import type { Raft } from './types.ts'
import { whyNotLeader, whyNobodyLeads } from './why-no-leader.ts'
import { uncommitted, whyNotCommitted } from './why-not-committed.ts'

/** What is awaited and has not come. */
export function whyNot(world: World<Raft>, subject: Subject): readonly WhyNot[] {
  switch (subject.type) {
    case 'process':
      if (!world.has(subject.process)) return []
      return world.ids('client').includes(subject.process)
        ? waiting(world, subject.process)
        : ofServer(world, subject.process)
    case 'item':
      return whyNotCommitted(world, subject.process, subject.name)
    case 'operation': {
      const client = subject.id.slice(0, subject.id.lastIndexOf('#'))
      return world.has(client) ? waiting(world, client, subject.id) : []
    }
    default:
      return []
  }
}

function ofServer(world: World<Raft>, id: ProcessId): readonly WhyNot[] {
  const leader = currentLeader(world)
  if (leader === null) return [whyNobodyLeads(world)]
  if (leader === id) return []
  const state = serverState(world, id)
  return state === null || state.role === 'leader' ? [] : [whyNotLeader(world, id, leader)]
}

/** Why a client has no answer yet. */
function waiting(world: World<Raft>, client: ProcessId, id?: string): WhyNot[] {
  const state = world.state(client)
  if (state === null || state.kind !== 'client' || state.current === null) return []
  const { current } = state
  if (id !== undefined && current.id !== id) {
    if (!state.waiting.some((it) => it.id === id)) return []
    const text = `${client} does one thing at a time, and still waits for ${current.id}.`
    return [{ question: `Why has ${id} not begun?`, reasons: [{ text, about: [client] }] }]
  }
  return [
    {
      question: `Why does ${client} wait for ${current.id}?`,
      reasons: standsBetween(world, client, current.asked, current.serial),
    },
  ]
}

function standsBetween(world: World<Raft>, client: ProcessId, asked: ProcessId, serial: number): Reason[] {
  const first: Reason = { text: `It has asked ${asked}, and has no answer.`, about: [client, asked] }
  const blocked = between(world, client, asked)
  if (blocked !== null) return [first, blocked]
  const server = serverState(world, asked)
  if (server === null) return [first]
  const parked = server.parked.find((read) => read.client === client && read.serial === serial)
  if (parked !== undefined) return [first, ofParkedRead(asked, parked.index, server.lastApplied)]
  if (server.role !== 'leader') {
    const known = server.leaderId === null ? 'knows no leader' : `takes ${server.leaderId} for the leader`
    return [first, { text: `${asked} does not lead: it ${known}.`, about: [asked] }, ...noLeader(world)]
  }
  const read = server.reads.find((it) => it.client === client && it.serial === serial)
  if (read !== undefined) return [first, ...ofRead(world, asked, read)]
  const entry = server.log.slice().findLast((it) => it.client === client && it.serial === serial)
  if (entry === undefined) return [first, { text: `The request has not come to ${asked} yet.`, about: [asked] }]
  return [first, ...uncommitted(world, asked, entry)]
}

const noLeader = (world: World<Raft>): readonly Reason[] =>
  currentLeader(world) === null ? whyNobodyLeads(world).reasons : []

function ofParkedRead(id: ProcessId, index: number | null, applied: number): Reason {
  const text =
    index === null
      ? `${id} has asked the leader how far it must have applied, and has no answer.`
      : `${id} answers when it has applied entry ${index}; it has come to ${applied}.`
  return { text, about: [id] }
}

/** A leader confirms that it still leads before it answers a read (thesis §6.4). */
function ofRead(world: World<Raft>, id: ProcessId, read: { index: number | null; round: number }): Reason[] {
  const server = serverState(world, id)
  if (server === null) return []
  if (read.index === null) {
    const text = `${id} has committed nothing in its own term yet, so it does not know what is committed (thesis §6.4).`
    return [{ text, about: [id] }]
  }
  const silent = server.config.voters.filter((it) => it !== id && (server.answered[it] ?? 0) < read.round)
  return [
    {
      text: `${id} may answer once a majority has confirmed that it still leads (thesis §6.4); ${names(silent)} have not.`,
      about: [id, ...silent],
    },
    ...silent.flatMap((it) => between(world, id, it) ?? []),
  ]
}
