import type { Glossary } from '../../lab/glossary.ts'

/** The words of Dynamo and its kin, as lessons use them. */
export const glossary: Glossary = [
  {
    term: 'hash',
    forms: ['hashes', 'hashed'],
    says: 'A number computed from a key that looks random and is always the same for the same key.',
    source: 'Karger et al. 1997',
  },
  {
    term: 'consistent hashing',
    says: 'A way to place keys so that one more server takes its share of them, and no key moves between two others.',
    source: 'Karger et al. 1997',
  },
  {
    term: 'ring',
    says: 'The range of the hash bent to a circle. Keys and servers have places on it.',
    source: 'Dynamo §4.2',
  },
  {
    term: 'token',
    forms: ['tokens', 'virtual node', 'virtual nodes'],
    says: 'A place of a server on the ring. A key belongs to the first token clockwise from it; a server has many.',
    source: 'Dynamo §4.2; Cassandra',
  },
  {
    term: 'preference list',
    says: 'The servers that hold copies of a key: the first N different ones clockwise from it.',
    source: 'Dynamo §4.3',
  },
  {
    term: 'replica',
    forms: ['replicas'],
    says: 'A copy of the data on a server of its own, or the server that holds it.',
    source: 'Dynamo §4.3',
  },
  {
    term: 'quorum',
    forms: ['quorums'],
    says: 'So many replicas have to answer: R for a read, W for a write.',
    source: 'Dynamo §4.5; Gifford 1979',
  },
  {
    term: 'coordinator',
    forms: ['coordinates'],
    says: 'The server that a client asks. It turns to the replicas and puts their answers together.',
    source: 'Dynamo §4.5',
  },
  {
    term: 'acknowledged',
    forms: ['acknowledgement'],
    says: 'The client was told that W replicas have the write on disk.',
    source: 'Dynamo §4.5',
  },
  {
    term: 'N',
    says: 'So many servers hold a copy of each key.',
    source: 'Dynamo §4.3',
  },
  {
    term: 'W',
    says: 'A write is acknowledged when so many replicas have it on disk.',
    source: 'Dynamo §4.5',
  },
  {
    term: 'R',
    says: 'A read waits for the answers of so many replicas.',
    source: 'Dynamo §4.5',
  },
  {
    term: 'R + W > N',
    says: 'Then the replicas that answer a read and those that took the last acknowledged write have one in common.',
    source: 'Gifford 1979; Dynamo §4.5',
  },
  {
    term: 'sloppy quorum',
    says: 'If an owner cannot be reached, the next server on the ring counts in its place.',
    source: 'Dynamo §4.6',
  },
  {
    term: 'hinted handoff',
    forms: ['hint', 'hints'],
    says: 'Who stands in for another keeps the write with its name, and hands it over when that server is back.',
    source: 'Dynamo §4.6',
  },
  {
    term: 'read repair',
    says: 'A replica that answered a read with something old is sent what is new.',
    source: 'Dynamo §5',
  },
  {
    term: 'anti-entropy',
    says: 'Replicas compare what they hold in the background and exchange what differs.',
    source: 'Dynamo §4.7',
  },
  {
    term: 'Merkle tree',
    forms: ['Merkle trees'],
    says: 'A tree of hashes. Two replicas compare roots, and go down only where they differ.',
    source: 'Dynamo §4.7',
  },
  {
    term: 'siblings',
    forms: ['sibling'],
    says: 'Versions of a key neither of which has seen the other. Both are kept until a client merges them.',
    source: 'Dynamo §4.4',
  },
  {
    term: 'eventual consistency',
    forms: ['eventually consistent', 'eventually'],
    says: 'If writes stop, all replicas come to agree. Until then a read may return something old.',
    source: 'Vogels 2009',
  },
  {
    term: 'linearizable',
    forms: ['linearizability'],
    says: 'Each operation seems to happen at one instant between its call and its return, as on a single copy.',
    source: 'Herlihy and Wing 1990',
  },
]
