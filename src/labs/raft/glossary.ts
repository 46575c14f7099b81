import type { Glossary } from '../../lab/glossary.ts'

/** The words of the paper, as lessons use them. */
export const glossary: Glossary = [
  {
    term: 'term',
    forms: ['terms'],
    says: 'A stretch of logical time with at most one leader. Terms are numbered and only grow; each begins with an election.',
    source: 'Raft paper §5.1',
  },
  {
    term: 'follower',
    forms: ['followers'],
    says: 'A server that answers leaders and candidates and sends nothing by itself.',
    source: 'Raft paper §5.1',
  },
  {
    term: 'candidate',
    forms: ['candidates'],
    says: 'A server that has begun a new term, voted for itself and asks the others for their votes.',
    source: 'Raft paper §5.2',
  },
  {
    term: 'leader',
    forms: ['leaders'],
    says: 'The one server of a term that takes in requests and tells the others what is in the log.',
    source: 'Raft paper §5.1',
  },
  {
    term: 'stale leader',
    says: 'A leader that another of a later term has replaced, and that has not heard of it yet.',
    source: 'Raft paper §8',
  },
  {
    term: 'election timeout',
    forms: ['election timeouts'],
    says: 'How long a follower waits for a word of the leader before it campaigns; drawn anew at random each time.',
    source: 'Raft paper §5.2: 150 to 300 ms',
  },
  {
    term: 'heartbeat',
    forms: ['heartbeats'],
    says: 'An AppendEntries without entries, sent by the leader at a fixed beat so that nobody campaigns.',
    source: 'Raft paper §5.2',
  },
  {
    term: 'majority',
    forms: ['majorities'],
    says: 'More than half of all voters, those that are down included. Any two majorities share a server.',
    source: 'Raft paper §5.2',
  },
  {
    term: 'quorum',
    forms: ['quorums'],
    says: 'A set of servers large enough to decide. In Raft that is a majority of the voters.',
    source: 'Raft thesis §3.8',
  },
  {
    term: 'split vote',
    forms: ['split votes'],
    says: 'An election in which nobody gets a majority. The term ends without a leader.',
    source: 'Raft paper §5.2',
  },
  {
    term: 'log',
    forms: ['logs', 'replicated log'],
    says: 'The list of commands that every server keeps on disk, in one order. Entries are numbered from 1.',
    source: 'Raft paper §2, §5.3',
  },
  {
    term: 'entry',
    forms: ['entries'],
    says: 'A command in the log, with its number and the term of the leader that took it in.',
    source: 'Raft paper §5.3',
  },
  {
    term: 'committed',
    forms: ['commit', 'commits'],
    says: 'Safe for ever: every later leader has the entry. A leader commits an entry of its own term once a majority has it.',
    source: 'Raft paper §5.3, §5.4.2',
  },
  {
    term: 'commitIndex',
    says: 'The number of the last entry that a server knows to be committed.',
    source: 'Raft paper, Figure 2',
  },
  {
    term: 'applied',
    forms: ['apply', 'applies', 'lastApplied'],
    says: 'Carried out by a server on its own copy of the data, after it was committed.',
    source: 'Raft paper, Figure 2',
  },
  {
    term: 'consistency check',
    says: 'AppendEntries names the entry before the new ones by number and term; a follower without it refuses.',
    source: 'Raft paper §5.3',
  },
  {
    term: 'nextIndex',
    says: 'For each follower, the number of the entry that the leader will send it next.',
    source: 'Raft paper, Figure 2',
  },
  {
    term: 'up-to-date',
    says: 'Of two logs, the one whose last entry has the later term; if the terms are equal, the longer one.',
    source: 'Raft paper §5.4.1',
  },
  {
    term: 'no-op',
    says: 'An entry that does nothing. A new leader writes one, to commit something of its own term at once.',
    source: 'Raft paper §8',
  },
  {
    term: 'Leader Completeness',
    says: 'What was committed in a term is in the log of the leader of every later term.',
    source: 'Raft paper, Figure 3',
  },
  {
    term: 'Election Safety',
    says: 'At most one leader in a term.',
    source: 'Raft paper, Figure 3',
  },
  {
    term: 'unknown',
    says: 'The client was told neither yes nor no: its operation may have been carried out, may be yet, or never.',
    source: 'Raft thesis §6.3',
  },
  {
    term: 'linearizable',
    forms: ['linearizability'],
    says: 'Each operation seems to happen at one instant between its call and its return, as on a single copy.',
    source: 'Herlihy and Wing 1990',
  },
  {
    term: 'ReadIndex',
    says: 'A read without a log entry: the leader notes its commitIndex, asks a majority whether it still leads, and answers.',
    source: 'Raft thesis §6.4',
  },
  {
    term: 'lease',
    forms: ['leases'],
    says: 'A time for which a leader may answer alone, because nobody else can be elected before it is over.',
    source: 'Raft thesis §6.4.1',
  },
  {
    term: 'learner',
    forms: ['learners'],
    says: 'A server that gets the log and has no vote, so that it can catch up without counting.',
    source: 'Raft thesis §4.2.1',
  },
  {
    term: 'voter',
    forms: ['voters'],
    says: 'A server that the configuration counts: it votes, and majorities are majorities of the voters.',
    source: 'Raft thesis §4.2.1',
  },
  {
    term: 'configuration',
    forms: ['configurations'],
    says: 'Which servers are voters and which are learners. It is an entry of the log, in force as soon as a server has it.',
    source: 'Raft thesis §4.1',
  },
  {
    term: 'joint consensus',
    forms: ['joint configuration'],
    says: 'A configuration of two sets of voters: what is decided needs a majority of both.',
    source: 'Raft paper §6',
  },
  {
    term: 'pre-vote',
    says: 'Before it begins a term, a server asks whether a majority would vote for it.',
    source: 'Raft thesis §9.6',
  },
  {
    term: 'snapshot',
    forms: ['snapshots'],
    says: 'The state after a number of entries, in place of those entries.',
    source: 'Raft paper §7',
  },
  {
    term: 'RequestVote',
    says: 'The message by which a candidate asks for a vote. It carries its term and its last entry.',
    source: 'Raft paper, Figure 2',
  },
  {
    term: 'AppendEntries',
    says: 'The message by which a leader sends entries and, empty, heartbeats.',
    source: 'Raft paper, Figure 2',
  },
]
