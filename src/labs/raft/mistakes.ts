import type { Mistake } from '../../lab/definition.ts'
import { ms } from '../../base/units.ts'
import { type MistakeName, noMistakes, type RaftConfig } from './config.ts'
import { membershipMistakes } from './membership-mistakes.ts'
import type { Raft } from './types.ts'

/** What can be wrong on purpose. Each is off unless somebody switches it on, and each has the monitor that catches it. */
export const mistakes: readonly Mistake<Raft>[] = [
  mistake('voteTwice', {
    label: 'Vote twice in a term',
    breaks: 'A server votes for whoever asks, so two candidates can both have a majority.',
    source: 'Raft paper §5.2',
    caughtBy: 'Election Safety',
  }),
  mistake('leaderOverwrites', {
    label: 'New leader clears its tail',
    breaks: 'A new leader throws away what it has not committed, though others may count on it.',
    source: 'Raft paper §5.3',
    caughtBy: 'Leader Append-Only',
  }),
  mistake('skipConsistencyCheck', {
    label: 'Append without the consistency check',
    breaks: 'A follower takes entries after an entry that differs from the leader’s.',
    source: 'Raft paper §5.3',
    caughtBy: 'Log Matching',
  }),
  mistake('ignoreUpToDate', {
    label: 'Vote for a log that is behind',
    breaks: 'A server without committed entries can win, and overwrites them.',
    source: 'Raft paper §5.4.1',
    caughtBy: 'Leader Completeness',
  }),
  mistake('applyUncommitted', {
    label: 'Apply before the commit',
    breaks: 'A server applies what it has logged; a later leader may replace it.',
    source: 'Raft paper §5.3, §5.4.3',
    caughtBy: 'State Machine Safety',
  }),
  mistake('voteBeforeSync', {
    label: 'Vote before the sync',
    breaks: 'A vote goes out before it is on disk; after a crash the server has forgotten it and votes again.',
    source: 'Raft paper §5.2, Figure 2',
    caughtBy: 'One Vote per Term',
  }),
  mistake('acknowledgeBeforeSync', {
    label: 'Acknowledge before the sync',
    breaks: 'Followers say that they hold entries which a crash would still take from them.',
    source: 'Raft paper, Figure 2; thesis §10.2.1',
    caughtBy: 'Durable Commit',
  }),
  mistake('countBeforeSync', {
    label: 'Leader counts itself before its sync',
    breaks: 'An entry is committed that the leader itself would lose in a crash: a majority without its disk is none.',
    source: 'Raft thesis §10.2.1',
    caughtBy: 'Durable Commit',
  }),
  mistake('commitEarlierTerms', {
    label: 'Commit earlier terms by counting',
    breaks:
      'An entry of an earlier term is taken for committed because a majority holds it, and is overwritten all the same.',
    source: 'Raft paper §5.4.2, Figure 8',
    caughtBy: 'Leader Completeness',
  }),
  mistake('halfQuorum', {
    label: 'Half is enough',
    breaks: 'In a cluster of an even size N, two halves of N/2 elect a leader each.',
    source: 'Raft paper §5.1',
    caughtBy: 'Election Safety',
  }),
  mistake('emptyDisk', {
    label: 'Restart under the same name with an empty disk',
    breaks:
      'The server has forgotten its votes and its entries, and still counts for every majority that it was part of.',
    source: 'Raft thesis §11.7.2; paper, Figure 2',
    caughtBy: 'Leader Completeness',
  }),
  mistake('adoptOlderTerm', {
    label: 'Adopt an older term',
    breaks: 'A server follows whatever term a message names, even one that is over.',
    source: 'Raft paper §5.1',
    caughtBy: 'Monotonic State',
  }),
  mistake('answerBeforeCommit', {
    label: 'Answer before the commit',
    breaks: 'The leader tells the client as soon as the entry is in its own log; a later leader may not have it.',
    source: 'Raft paper §5.3, §8',
    caughtBy: 'Kept Promises',
  }),
  mistake('noDeduplication', {
    label: 'No session deduplication',
    breaks: 'A request whose answer was lost is sent again, and carried out again.',
    source: 'Raft paper §8; thesis §6.3',
    caughtBy: 'Applied Once',
  }),
  mistake('readLocalClock', {
    label: 'State machine reads its own clock',
    breaks: 'Each server stamps a write with its own time, so that equal logs give unequal stores.',
    source: 'Raft paper §2: state machines are deterministic',
    caughtBy: 'Equal Stores',
  }),
  {
    name: 'dirtyReads',
    label: 'Dirty reads',
    breaks: 'Whoever is asked answers from its own store, however old.',
    source: 'Raft thesis §6.4',
    caughtBy: 'Fresh Reads',
    config: { readMode: 'dirty' },
  },
  mistake(
    'leaseIgnoresDrift',
    {
      label: 'Lease without a margin for drift',
      breaks: 'A leader with a slow clock believes in its lease when others have long elected a new leader.',
      source: 'Raft thesis §6.4.1',
      caughtBy: 'Fresh Reads',
    },
    { readMode: 'lease', checkQuorum: true },
  ),
  mistake(
    'readIndexTooEarly',
    {
      label: 'ReadIndex before the first commit of the term',
      breaks: 'A new leader does not know yet what is committed, and reads below what clients were told.',
      source: 'Raft thesis §6.4',
      caughtBy: 'Fresh Reads',
    },
    { readMode: 'readIndex' },
  ),
  mistake('identicalTimeouts', {
    label: 'Identical election timeouts',
    breaks: 'All servers campaign at once, again and again, and split every vote.',
    source: 'Raft paper §5.2, §9.3',
    caughtBy: 'A Leader Is Elected',
  }),
  {
    name: 'shortTimeouts',
    label: 'Election timeout near the broadcast time',
    breaks:
      'With 20–40 ms, less than a round trip of the lecture’s network, a candidate gives up before votes can reach it.',
    source: 'Raft paper §5.6: broadcastTime ≪ electionTimeout',
    caughtBy: 'A Leader Is Elected',
    config: { electionTimeoutMin: ms(20), electionTimeoutMax: ms(40) },
  },
  mistake(
    'skipPreVote',
    {
      label: 'Rejoin without pre-vote',
      breaks: 'A server that was away raises its term alone, and deposes a leader that a majority hears.',
      source: 'Raft thesis §9.6',
      caughtBy: 'Undisturbed Leader',
    },
    { preVote: true },
  ),
  ...membershipMistakes,
]

/** A switch of its own, and the settings without which it does no harm. */
function mistake(
  name: MistakeName,
  about: Omit<Mistake<Raft>, 'name' | 'config'>,
  settings: Partial<RaftConfig> = {},
): Mistake<Raft> {
  return { name, ...about, config: { ...settings, mistakes: { ...noMistakes, [name]: true } } }
}
