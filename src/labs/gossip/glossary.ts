import type { Glossary } from '../../lab/glossary.ts'

/** The words of SWIM, memberlist and Lifeguard, as lessons use them. */
export const glossary: Glossary = [
  {
    term: 'probe',
    forms: ['probes', 'probed'],
    says: 'One round of looking after another server: a ping, and, without an answer in time, pings by way of others.',
    source: 'SWIM §3.1',
  },
  {
    term: 'indirect probe',
    forms: ['indirect probes', 'ping-req'],
    says: 'A ping that a third server sends on one’s behalf, so that one bad link accuses nobody.',
    source: 'SWIM §3.1',
  },
  {
    term: 'suspicion',
    forms: ['suspect', 'suspects', 'suspected', 'suspicions'],
    says: 'A server that did not answer is still a member, and has some time to say that it is alive.',
    source: 'SWIM §4.2',
  },
  {
    term: 'incarnation',
    forms: ['incarnations'],
    says: 'A number that a server alone may raise for itself. News of a higher incarnation beats news of a lower one.',
    source: 'SWIM §4.2',
  },
  {
    term: 'refute',
    forms: ['refutes', 'refutation', 'refuted'],
    says: 'To answer an accusation: alive, in a higher incarnation.',
    source: 'SWIM §4.2',
  },
  {
    term: 'rumour',
    forms: ['rumours'],
    says: 'News that servers tell each other in passing, a bounded number of times each.',
    source: 'SWIM §4.1; Demers et al. 1987',
  },
  {
    term: 'gossip',
    says: 'To tell news to a few servers drawn at random. It reaches all in a number of rounds that grows with the logarithm.',
    source: 'Demers et al. 1987',
  },
  {
    term: 'push/pull',
    says: 'Two servers exchange all that they believe, over a reliable channel.',
    source: 'memberlist, PushPullInterval',
  },
  {
    term: 'false positive',
    forms: ['false positives'],
    says: 'A live server that is declared dead.',
    source: 'SWIM §5; Lifeguard §V',
  },
  {
    term: 'failure detector',
    says: 'What tells a server which of the others are down. Over a network without bounds on delay, it can only guess.',
    source: 'Chandra and Toueg 1996',
  },
  {
    term: 'Lifeguard',
    says: 'Three changes to SWIM by which a server doubts itself before it accuses others.',
    source: 'Dadgar, Phillips and Currey 2018',
  },
  {
    term: 'local health',
    says: 'A score of how ill a server seems to itself; the worse, the longer it waits before it accuses.',
    source: 'Lifeguard §IV-A',
  },
]
