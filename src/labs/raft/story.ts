import type { Event } from '../../kernel/event.ts'
import type { ProcessId, World } from '../../kernel/types.ts'
import type { Sentence, Tone } from '../../lab/definition.ts'
import type { Operation, Outcome } from './client.ts'
import { changeText, configWords, requestText } from './config-entry.ts'
import type { ReadMode } from './messages.ts'
import type { Note } from './notes.ts'
import { commandText, resultText } from './store.ts'
import type { Action, Raft } from './types.ts'

/** The sentences of this lab. Commands, crashes and cuts are told by the house, alike for every lab. */
export function story(event: Event<Raft>, world: World<Raft>): Sentence | null {
  switch (event.type) {
    case 'noted':
      return event.note.type === 'truncated'
        ? say(truncatedText(event.process, event.note, world), [event.process, event.note.leader], 'bad')
        : tellNote(event.process, event.note)
    case 'invoked':
      return say(`${event.process} asks${via(event.what)}: ${commandText(event.what.command)}`, [event.process])
    case 'completed':
      return tellOutcome(event.process, event.operation, event.outcome)
    default:
      return null
  }
}

/** What a hand on a server does, behind “You”. */
export function actionText(action: Action, on: ProcessId): string {
  if (action.type === 'propose') return `proposed ${commandText(action.command)} to ${on}`
  if (action.type === 'campaign') return `let ${on} campaign`
  if (action.type === 'transfer') return `asked ${on} to hand over to ${action.to}`
  if (action.type === 'askToJoin') return `let ${on} ask to be taken in as a ${action.as}`
  if (action.type === 'changeConfig') return `asked ${on} for a change of the configuration: ${requestText(action)}`
  return action.so === 'aligned' ? 'aligned the election timers' : 'spread the election timers'
}

function tellNote(id: ProcessId, note: Exclude<Note, Truncated>): Sentence | null {
  switch (note.type) {
    case 'becamePreCandidate':
      return say(`${id} timed out and asks whether it could win term ${note.term} (pre-vote)`, [id])
    case 'becameCandidate':
      return say(`${id} ${CAMPAIGNS[note.after]} for term ${note.term}`, [id])
    case 'transferBegun':
      return say(`${id} hands its leadership over to ${note.to}, and takes no requests meanwhile`, [id, note.to])
    case 'transferAborted':
      return say(`${id} leads on: ${note.to} has not taken over within an election timeout`, [id, note.to], 'bad')
    case 'forwarded':
      return say(`${id} forwards the request of ${note.client} to ${note.to}`, [id, note.client, note.to])
    case 'becameLeader':
      return say(`${id} wins term ${note.term}${withVotes(id, note.votes)}`, [id, ...note.votes], 'good')
    case 'steppedDown':
      if (note.because === id)
        return say(`${id} steps down: no majority has answered it for an election timeout`, [id], 'bad')
      if (note.because === null) return say(`${id} is no longer in the configuration and steps down`, [id])
      return note.was === 'leader'
        ? say(`${id} steps down: ${note.because} is in term ${note.term}`, [id, note.because])
        : say(`${id} gives up its candidacy: ${note.because} is ahead`, [id, note.because])
    case 'voted':
      return say(`${id} votes for ${note.candidate} in term ${note.term}`, [id, note.candidate])
    case 'refusedVote':
      return say(`${id} refuses ${note.candidate} its ${note.pre ? 'pre-vote' : 'vote'}: ${refusalText(note)}`, [
        id,
        note.candidate,
      ])
    case 'tookSnapshot':
      return say(`${id} takes a snapshot of entries 1 to ${note.index}`, [id])
    case 'sendsSnapshot':
      return say(`${id} sends ${note.to} its snapshot up to entry ${note.index}: the entries that it lacks are gone`, [
        id,
        note.to,
      ])
    case 'installedSnapshot':
      return say(`${id} goes on from the snapshot of ${note.from}, up to entry ${note.index}`, [id, note.from], 'good')
    case 'restored':
      if (note.snapshot > 0)
        return say(
          `${id} is back with a snapshot up to entry ${note.snapshot}, a log up to entry ${note.entries} and term ${note.term} from its disk`,
          [id],
        )
      return say(`${id} is back with ${entries(note.entries)} and term ${note.term} from its disk`, [id])
    case 'askedAgain':
      return say(`${id} has no answer from ${note.from} and asks ${note.to} again: ${note.text}`, [
        id,
        note.from,
        note.to,
      ])
    case 'redirected':
      return note.to === null
        ? say(`${note.from} tells ${id} that it knows no leader`, [id, note.from])
        : say(`${note.from} sends ${id} on to ${note.to}, the leader`, [id, note.from, note.to])
    case 'configProposed':
      return say(proposedText(id, note), [id, ...note.changes.map((change) => change.id)])
    case 'configCommitted':
      return say(`The configuration of entry ${note.index} is committed: ${configWords(note.config)}`, [id], 'good')
    case 'asksToJoin':
      return say(`${id} asks to be taken in as a ${note.as}`, [id])
    case 'configInEffect':
    case 'committed':
      return null
  }
}

type Truncated = Extract<Note, { type: 'truncated' }>

/** That no majority held what is dropped is sure in a right cluster alone. */
function truncatedText(id: ProcessId, note: Truncated, world: World<Raft>): string {
  const asked = note.entries.filter((entry) => entry.client !== '')
  const lost = (asked.length === 0 ? note.entries : asked).map((entry) => entry.text).join(', ')
  const where =
    note.entries.length === 1 ? `entry ${note.from}` : `entries ${note.from} to ${note.from + note.entries.length - 1}`
  const one = note.entries.length === 1
  const wrong = Object.values(world.config.mistakes).includes(true)
  const why = wrong
    ? `${one ? 'it is' : 'they are'} not in the log of ${note.leader}, which leads term ${note.term}`
    : `no majority held ${one ? 'it' : 'them'}, and ${note.leader}’s log rules in term ${note.term}`
  return `${id} drops ${where} (${lost}): ${why}`
}

function proposedText(id: ProcessId, { index, op, changes }: Extract<Note, { type: 'configProposed' }>): string {
  if (op === 'leaveJoint') return `${id} leaves the joint configuration with entry ${index}`
  const what = list(changes.map(changeText))
  if (op === 'simple') return `${id} logs a change of the configuration as entry ${index}: ${what}`
  return `${id} logs a joint configuration as entry ${index}: ${what}; both majorities decide from now on`
}

function refusalText(note: Extract<Note, { type: 'refusedVote' }>): string {
  switch (note.why) {
    case 'alreadyVoted':
      return `it has voted for ${note.votedFor ?? 'nobody'} in term ${note.term}`
    case 'notUpToDate':
      return 'its own log is more up-to-date'
    case 'oldTerm':
      return `it is in term ${note.term} already`
    case 'leaderCurrent':
      return 'it has heard from a leader within the least election timeout'
  }
}

function tellOutcome(client: ProcessId, operation: string, outcome: Outcome): Sentence {
  const about = outcome.type === 'ok' ? [client, outcome.from] : [client]
  switch (outcome.type) {
    case 'ok':
      return say(
        `${outcome.from} answers ${client}: ${resultText(outcome.result)}${servedText(outcome)}`,
        about,
        'good',
      )
    case 'failed':
      return say(`${client} gives up ${operation}: ${outcome.why}`, [client], 'bad')
    case 'unknown':
      return say(`${client} gives up waiting (${outcome.why}): the outcome of ${operation} is unknown`, [client], 'bad')
  }
}

const CAMPAIGNS: Record<Extract<Note, { type: 'becameCandidate' }>['after'], string> = {
  timeout: 'timed out and starts an election',
  preVotes: 'could win, and starts an election',
  transfer: 'was asked to take over and starts an election',
}

/** Where the answer to a read comes from: how it was answered, and what it takes in. */
function servedText({ result, served: { mode, index, term } }: Extract<Outcome, { type: 'ok' }>): string {
  return result.type === 'value' ? ` (${READ_NAMES[mode]}, as of entry ${index}, in term ${term})` : ''
}

const READ_NAMES: Record<ReadMode, string> = {
  log: 'through the log',
  readIndex: 'by ReadIndex',
  lease: 'by its lease',
  followerRead: 'by a follower with the leader’s ReadIndex',
  dirty: 'a dirty read',
}

const via = (what: Operation): string => (what.via === undefined ? ' its server' : ` ${what.via}`)

function withVotes(id: ProcessId, votes: readonly ProcessId[]): string {
  const others = votes.filter((vote) => vote !== id)
  if (others.length === 0) return ' alone'
  return ` with ${others.length === 1 ? 'the vote' : 'votes'} of ${list(others)}`
}

const entries = (n: number): string => (n === 1 ? '1 entry' : `${n} entries`)

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

const say = (text: string, about: readonly ProcessId[], tone: Tone = 'plain'): Sentence => ({ text, about, tone })
