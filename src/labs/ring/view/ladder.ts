import type { Layout } from '../config.ts'

/** A rung of the ladder from one server to the ring: a setup, what it solves, and what it brings. */
export interface Rung {
  layout: Layout
  title: string
  /** In full. */
  about: string
  servers: number
  solves: string
  brings: string
}

export const LADDER: readonly Rung[] = [
  {
    layout: 'single',
    title: 'One server',
    about: 'One server holds everything.',
    servers: 1,
    solves: 'Nothing can disagree: there is one copy of everything.',
    brings: 'When it is down, nothing answers; when it is full or busy, nothing helps. Crash n1 and read.',
  },
  {
    layout: 'replicas',
    title: 'Leader',
    about: 'A leader takes the writes, and read replicas follow it.',
    servers: 4,
    solves: 'Every server can answer reads, and the data outlive any one of them.',
    brings:
      'Copies follow asynchronously, so a read may be stale; all writes go through one server. Cut a replica off and read there.',
  },
  {
    layout: 'ranges',
    title: 'Ranges',
    about: 'Each server holds a range of the keys in their own order.',
    servers: 4,
    solves: 'Each server holds a part of the keys: room and writes grow with the servers.',
    brings: 'One copy of each key, so a crash takes its range away; keys that begin alike make one server hot.',
  },
  {
    layout: 'ring',
    title: 'Ring',
    about: 'Keys on a circle, each on N servers, none of them special.',
    servers: 6,
    solves:
      'The hash spreads the keys, each lies on N servers, any server takes any request, a join moves only its share.',
    brings: 'Replicas may disagree: quorums, siblings, hints, repair. That is the rest of this lab.',
  },
]
