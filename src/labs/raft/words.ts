import type { Operation, Outcome } from './client.ts'
import type { Message } from './messages.ts'
import { commandText, resultText } from './store.ts'

/** An operation in a few words. */
export const operationText = (what: Operation): string => commandText(what.command)

/** What a client learnt, in a word or two. */
export function outcomeText(outcome: Outcome): { text: string; verdict: 'ok' | 'failed' | 'open' } {
  switch (outcome.type) {
    case 'ok':
      return { text: resultText(outcome.result), verdict: 'ok' }
    case 'failed':
      return { text: 'not done', verdict: 'failed' }
    case 'unknown':
      return { text: 'unknown', verdict: 'open' }
  }
}

/** A message in a word or two, for its mark; a vote that is refused says so. */
export const label = (message: Message): string =>
  'voteGranted' in message && !message.voteGranted ? `no ${LABELS[message.type]}` : LABELS[message.type]

const LABELS: Record<Message['type'], string> = {
  RequestVote: 'RequestVote',
  RequestVoteReply: 'vote',
  AppendEntries: 'AppendEntries',
  AppendEntriesReply: 'ack',
  PreVote: 'PreVote',
  PreVoteReply: 'pre-vote',
  TimeoutNow: 'TimeoutNow',
  ReadIndex: 'ReadIndex',
  ReadIndexReply: 'index',
  ClientRequest: 'request',
  ClientReply: 'answer',
  NotLeader: 'not leader',
  InstallSnapshot: 'InstallSnapshot',
  InstallSnapshotReply: 'snapshot ack',
  JoinRequest: 'join',
  JoinReply: 'join reply',
}
