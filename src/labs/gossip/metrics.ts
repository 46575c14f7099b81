import type { Micros } from '../../base/units.ts'
import type { Event, EventType } from '../../kernel/event.ts'
import type { ProcessId, World } from '../../kernel/types.ts'
import { metric, type Metric } from '../../lab/metrics.ts'
import { beliefOf, isLive } from './beliefs.ts'
import type { Gossip, Note } from './types.ts'

const LIFE: readonly EventType[] = ['crashed', 'started', 'noted']

/** What is measured of failure detection over a run: how fast it finds what is so, and how often it finds what is not. */
export const metrics: readonly Metric<Gossip>[] = [
  sinceCrash({
    name: 'first-suspicion',
    label: 'From a crash to the first suspicion',
    says: 'Until one server suspects the crashed one. SWIM expects 1.58 protocol periods until a probe fails.',
    ends: (note) => (note.type === 'suspects' ? note.node : null),
  }),
  sinceCrash({
    name: 'first-death',
    label: 'From a crash until somebody declares it dead',
    says: 'The first suspicion, and then the patience of whoever had it first.',
    ends: (note) => (note.type === 'declares' ? note.node : null),
  }),
  sinceCrash({
    name: 'all-know',
    label: 'From a crash until all believe it dead',
    says: 'Until the last live server believes it.',
    ends: (note, world) =>
      note.type === 'believes' && note.standing === 'dead' && isDeadToAll(world, note.node) ? note.node : null,
  }),
  metric<Gossip, null>({
    kind: 'sample',
    name: 'false-deaths',
    label: 'False positives: live servers declared dead',
    says: 'A point for each declaration about a server that runs, as high as the suspicion had lasted. Those about one that stands still are left out.',
    on: ['noted'],
    unit: 'duration',
    begin: () => null,
    copy: () => null,
    sample(_memory, event, world) {
      const note = noteOf(event)
      return note?.type === 'declares' && isLive(world, note.node) ? event.at - note.since : null
    },
  }),
  metric<Gossip, Map<ProcessId, Micros>>({
    kind: 'sample',
    name: 'refutation',
    label: 'From a false suspicion to its refutation',
    says: 'A point for each live server that was suspected: how long until it had heard of it and refuted.',
    on: ['noted'],
    unit: 'duration',
    begin: () => new Map(),
    copy: (memory) => new Map(memory),
    sample(memory, event, world) {
      const note = noteOf(event)
      if (note?.type === 'suspects' && isLive(world, note.node) && !memory.has(note.node))
        memory.set(note.node, event.at)
      if (note?.type !== 'refutes' || !('process' in event)) return null
      const since = memory.get(event.process)
      memory.delete(event.process)
      return since === undefined ? null : event.at - since
    },
  }),
]

interface SinceCrash {
  name: string
  label: string
  says: string
  /** The server that is found by this note, or null. */
  ends(note: Note, world: World<Gossip>): ProcessId | null
}

/** Of each crash, the time until a note ends it; a server that is back before is not counted. */
function sinceCrash({ name, label, says, ends }: SinceCrash): Metric<Gossip> {
  return metric<Gossip, Map<ProcessId, Micros>>({
    kind: 'sample',
    name,
    label,
    says,
    on: LIFE,
    unit: 'duration',
    begin: () => new Map(),
    copy: (memory) => new Map(memory),
    sample(memory, event, world) {
      if (event.type === 'crashed') memory.set(event.process, event.at)
      if (event.type === 'started') memory.delete(event.process)
      const note = memory.size === 0 ? null : noteOf(event)
      const node = note === null ? null : ends(note, world)
      const since = node === null ? undefined : memory.get(node)
      if (node === null || since === undefined) return null
      memory.delete(node)
      return event.at - since
    },
  })
}

const noteOf = (event: Event<Gossip>): Note | null => (event.type === 'noted' ? event.note : null)

const isDeadToAll = (world: World<Gossip>, node: ProcessId): boolean =>
  world.ids('server').every((id) => id === node || !isLive(world, id) || beliefOf(world, id, node) === 'dead')
