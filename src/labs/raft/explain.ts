import type { Event } from '../../kernel/event.ts'
import type { ProcessId, World } from '../../kernel/types.ts'
import { causeOf, earlier, type Explainer, headOf, type Origin, type Past } from '../../lab/explain.ts'
import type { Entry } from './entry.ts'
import { serverState } from './observe.ts'
import { commandText } from './store.ts'
import type { Raft } from './types.ts'
import { ruleOfRefusal } from './why-refused.ts'
import { whyNot } from './why-not.ts'
import { entryOf } from './why-not-committed.ts'

/** *Why?* in the words of Raft. */
export const explainer: Explainer<Raft> = { standing, item, beside, onward, rule: ruleOfRefusal, whyNot }

/** Why a server is leader, candidate or follower. */
function standing(world: World<Raft>, id: ProcessId): Origin<Raft> | null {
  const state = serverState(world, id)
  if (state === null) return null
  const { role, currentTerm: term, leaderId } = state
  if (role === 'leader') {
    return {
      question: `Why does ${id} lead in term ${term}?`,
      turn: (event) => event.type === 'noted' && event.note.type === 'becameLeader' && event.note.term === term,
    }
  }
  if (role === 'candidate' || role === 'preCandidate') {
    return {
      question: `Why is ${id} a ${role === 'candidate' ? 'candidate' : 'pre-candidate'}?`,
      turn: (event) => event.type === 'noted' && CAMPAIGN.has(event.note.type),
    }
  }
  if (leaderId === null) return null
  return {
    question: `Why does ${id} follow ${leaderId} in term ${term}?`,
    turn: (event) =>
      event.type === 'noted'
        ? event.note.type === 'voted' && event.note.candidate === leaderId && event.note.term === term
        : event.type === 'delivered' && event.message.type === 'AppendEntries' && event.message.term === term,
  }
}

/** How an entry came into a log: its leader took it from a client, or made it itself; the others had it sent. */
function item(world: World<Raft>, id: ProcessId, name: string): Origin<Raft> | null {
  const entry = entryOf(world, id, name)
  if (entry === null) return null
  const { index, term, client, serial, command } = entry
  return {
    question: `How did entry ${index} (${commandText(command)}) of term ${term} come to ${id}?`,
    turn: (event) => bringsEntry(event, entry),
    ...(client !== '' && { after: `${client}#${serial}` }),
  }
}

function bringsEntry(event: Event<Raft>, { index, term, client, serial }: Entry): boolean {
  if (event.type === 'noted') {
    const { note } = event
    if (note.type === 'becameLeader') return client === '' && note.term === term
    return note.type === 'configProposed' && note.index === index && note.term === term
  }
  if (event.type === 'acted') return event.action.type === 'propose' && event.action.serial === serial
  if (event.type !== 'delivered') return false
  const { message } = event
  if (message.type === 'ClientRequest') return message.client === client && message.serial === serial
  if (message.type === 'InstallSnapshot') return message.lastIncludedIndex >= index
  return message.type === 'AppendEntries' && message.entries.some((it) => it.index === index && it.term === term)
}

/** A leader's votes, beside the one that made the majority. */
function beside(event: Event<Raft>, past: Past<Raft>): readonly number[] {
  if (event.type !== 'noted' || event.note.type !== 'becameLeader') return []
  const { term } = event.note
  const votes: number[] = []
  let last = true
  for (let now = past.before(event); now !== null; now = past.before(now)) {
    if (now.type === 'noted' && now.note.type === 'becameCandidate') break
    if (now.type !== 'delivered' || now.message.type !== 'RequestVoteReply') continue
    if (!now.message.voteGranted || now.message.term !== term) continue
    // The one that made the majority leads on, and needs no line beside.
    if (!last) votes.push(now.seq)
    last = false
  }
  return votes.toReversed()
}

/** A server steps down because another is in a later term: how did that one come to be there? */
function onward(event: Event<Raft>, past: Past<Raft>): number | null {
  if (event.type !== 'noted' || event.note.type !== 'steppedDown' || event.note.because === null) return null
  const { term } = event.note
  const head = headOf(past, event)
  const sent = past.event(head?.type === 'delivered' ? (causeOf(head, 'message') ?? 0) : 0)
  if (sent?.type !== 'sent' || sent.message.type === 'RequestVote' || sent.message.type === 'PreVote') return null
  const isThere = (it: Event<Raft>): boolean =>
    it.type === 'noted' && REACHES.has(it.note.type) && 'term' in it.note && it.note.term === term
  return earlier(past, sent, isThere)?.seq ?? null
}

const REACHES = new Set(['voted', 'refusedVote', 'becameCandidate', 'becameLeader'])
const CAMPAIGN = new Set(['becameCandidate', 'becamePreCandidate'])
