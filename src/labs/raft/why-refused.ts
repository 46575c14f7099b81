import { formatDuration } from '../../base/units.ts'
import type { Event } from '../../kernel/event.ts'
import type { World } from '../../kernel/types.ts'
import { headOf, type Past, type Reason, type WhyNot } from '../../lab/explain.ts'
import { lastIndex, lastTerm } from './entry.ts'
import type { Note } from './notes.ts'
import { serverState } from './observe.ts'
import type { Raft } from './types.ts'

type Refused = Extract<Note, { type: 'refusedVote' }>

/** By which rule a vote was refused, and the values on both sides. */
export function ruleOfRefusal(event: Event<Raft>, world: World<Raft>, past: Past<Raft>): WhyNot | null {
  if (event.type !== 'noted' || event.note.type !== 'refusedVote') return null
  const { note, process } = event
  const reasons = [{ text: RULES[note.why] }, ...values(note, process, requestOf(headOf(past, event)), world)]
  return { question: `Why did ${process} refuse ${note.candidate} its ${note.pre ? 'pre-vote' : 'vote'}?`, reasons }
}

const RULES: Record<Refused['why'], string> = {
  alreadyVoted: 'A server votes for at most one candidate in a term, first come, first served (§5.2).',
  notUpToDate:
    'A vote goes only to a candidate whose log is at least as up-to-date: a later last term, or the same and no shorter (§5.4.1).',
  oldTerm: 'A request of an earlier term is refused (§5.1).',
  leaderCurrent:
    'Whoever has heard from a leader within the least election timeout votes for nobody, and adopts no term (thesis §4.2.3).',
}

type Request = { term: number; lastLogIndex: number; lastLogTerm: number }

function values(note: Refused, id: string, request: Request | null, world: World<Raft>): Reason[] {
  const { candidate, term, votedFor } = note
  const state = serverState(world, id)
  const about = [id, candidate]
  switch (note.why) {
    case 'alreadyVoted':
      return [{ text: `In term ${term}, ${id} had voted for ${votedFor ?? 'nobody'}.`, about }]
    case 'oldTerm':
      return [{ text: `${candidate} asked for term ${request?.term ?? '?'}; ${id} is in term ${term}.`, about }]
    case 'notUpToDate': {
      if (request === null || state === null) return []
      const theirs = `${candidate}’s last entry is ${request.lastLogIndex} of term ${request.lastLogTerm}`
      return [{ text: `${theirs}; ${id}’s is ${lastIndex(state.log)} of term ${lastTerm(state.log)}.`, about }]
    }
    case 'leaderCurrent': {
      if (state?.role === 'leader') return [{ text: `${id} leads itself, in term ${term}.`, about }]
      const least = world.configOf(id).electionTimeoutMin
      return [
        {
          text: `${id} had heard from ${state?.leaderId ?? 'a leader'} less than ${formatDuration(least)} ago.`,
          about,
        },
      ]
    }
  }
}

/** The request that was refused: what came to the server just before. */
function requestOf(event: Event<Raft> | null): Request | null {
  if (event?.type !== 'delivered') return null
  const { message } = event
  if (message.type === 'RequestVote') return message
  return message.type === 'PreVote' ? { ...message, term: message.nextTerm } : null
}
