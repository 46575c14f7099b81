import type { Mistake } from '../../lab/definition.ts'
import { NO_MISTAKES, type RingMistakes } from './config.ts'
import type { Ring } from './types.ts'

/** What can be wrong on purpose. Each is off unless somebody switches it on, and each has the monitor that catches it. */
export const mistakes: readonly Mistake<Ring>[] = [
  mistake('moduloPlacement', {
    label: 'Place by modulo',
    breaks: 'The server is the hash modulo their number: one more server, and nearly every key moves.',
    source: 'Karger et al. 1997 §1',
    caughtBy: 'Only its share moves',
  }),
  mistake('tokensNotServers', {
    label: 'Count tokens, not servers',
    breaks: 'The preference list is the next N tokens; two of them may be one server’s, and W disks are fewer.',
    source: 'DeCandia et al. 2007 §4.3',
    caughtBy: 'Acknowledged by W disks',
  }),
  mistake('weakQuorum', {
    label: 'R + W ≤ N taken for strong',
    breaks: 'One answer and one acknowledgement are taken for enough: a read need not meet the last write.',
    source: 'Gifford 1979; DeCandia et al. 2007 §4.5',
    caughtBy: 'Reads meet acknowledged writes',
  }),
  mistake('quorumIsLinearizable', {
    label: 'R + W > N taken for linearizable',
    breaks: 'While a write is on its way, one read meets it and a later one does not: the value goes back.',
    source: 'Attiya, Bar-Noy & Dolev 1995; Kleppmann 2017, chapter 9',
    caughtBy: 'Reads never go back',
  }),
  mistake('clocksPerServer', {
    label: 'Plain vector clocks per server',
    breaks:
      'Two clients write through one server without having seen each other, and the second seems to follow the first.',
    source: 'Preguiça et al. 2012; Riak KV before 2.0',
    caughtBy: 'Acknowledged writes survive',
  }),
  mistake('lastWriteIsSafe', {
    label: 'Last write wins, taken for safe',
    breaks: 'Of two writes one is dropped by its stamp, and with skewed clocks it may be the later one.',
    source: 'Kingsbury 2013, Cassandra; DeCandia et al. 2007 §4.4',
    caughtBy: 'Acknowledged writes survive',
  }),
  mistake('noHealing', {
    label: 'No read repair, no anti-entropy',
    breaks: 'A replica that missed a write misses it for ever.',
    source: 'DeCandia et al. 2007 §4.7',
    caughtBy: 'Replicas converge',
  }),
  mistake('dropHints', {
    label: 'Drop the hints',
    breaks: 'Who stands in says that it keeps the write for another, and forgets it.',
    source: 'DeCandia et al. 2007 §4.6',
    caughtBy: 'Acknowledged by W disks',
  }),
  mistake('noTombstones', {
    label: 'Delete without a tombstone',
    breaks: 'A replica that missed the deletion brings the value back.',
    source: 'Riak KV, object deletion; Cassandra, tombstones',
    caughtBy: 'The deleted stay deleted',
  }),
]

function mistake(name: keyof RingMistakes, about: Omit<Mistake<Ring>, 'name' | 'config'>): Mistake<Ring> {
  return { name, ...about, config: { mistakes: { ...NO_MISTAKES, [name]: true } } }
}
