import type { Level } from '../../check/levels.ts'

/** The levels as people know them, and what each promises a client. */
export const LEVEL_WORDS: Record<Level, { name: string; says: string }> = {
  eventual: {
    name: 'Eventual',
    says: 'Clients read only what somebody wrote, and come to agree once nobody writes any more.',
  },
  'read-your-writes': { name: 'Read your writes', says: 'A client never misses what it wrote itself.' },
  'monotonic-reads': { name: 'Monotonic reads', says: 'A client never goes back behind what it read.' },
  'monotonic-writes': {
    name: 'Monotonic writes',
    says: 'Who saw a write does not miss what its client had written before.',
  },
  'writes-follow-reads': {
    name: 'Writes follow reads',
    says: 'Who saw a write does not miss what its client had read before.',
  },
  causal: { name: 'Causal', says: 'Nobody misses anything that led to something they know.' },
  linearizable: { name: 'Linearizable', says: 'All answers are as if there were one copy.' },
}
