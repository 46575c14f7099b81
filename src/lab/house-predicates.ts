import { LINEARIZABILITY } from '../check/linearizable.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { AnyLab, Predicate } from './definition.ts'

export const NO_VIOLATION = 'no violation'
export const VIOLATION = 'violation of MONITOR'
export const HISTORY = 'history is linearizable'

/** Sentences that every lab understands. */
export const housePredicates: readonly Predicate<LabTypes>[] = [
  {
    pattern: NO_VIOLATION,
    says: 'No monitor has found its property broken so far.',
    holds: (_world, _args, seen) => seen.violations.length === 0,
  },
  {
    pattern: VIOLATION,
    says: 'This monitor has found its property broken; a name of several words stands in double quotes.',
    holds: (_world, [name], seen) => seen.violations.some((v) => v.monitor === name),
  },
  {
    pattern: 'PROCESS is up',
    says: 'It runs.',
    holds: (world, [id]) => world.has(id as string) && world.status(id as string) === 'up',
  },
  {
    pattern: 'PROCESS is down',
    says: 'It has crashed and not restarted.',
    holds: (world, [id]) => world.has(id as string) && world.status(id as string) === 'down',
  },
  {
    pattern: 'PROCESS is paused',
    says: 'It is stopped; messages and timers wait.',
    holds: (world, [id]) => world.has(id as string) && world.status(id as string) === 'paused',
  },
  {
    pattern: 'PROCESS is cut from PROCESS',
    says: 'What the first sends does not reach the second.',
    holds: (world, [from, to]) =>
      world.has(from as string) && world.has(to as string) && world.isCut(from as string, to as string),
  },
  {
    pattern: 'nothing is cut',
    says: 'Every link is whole.',
    holds: (world) => world.cuts().length === 0,
  },
  {
    pattern: 'a message from PROCESS to PROCESS is held',
    says: 'It has come, and waits at the door of the second for a hand to let it in.',
    holds: (world, [from, to]) =>
      world.flights().some((flight) => flight.held && flight.from === from && flight.to === to),
  },
  {
    pattern: 'TYPE from PROCESS to PROCESS is held',
    says: 'The same for messages of one type, such as AppendEntries.',
    holds: (world, [type, from, to]) =>
      world.flights().some((f) => f.held && f.message.type === type && f.from === from && f.to === to),
  },
  {
    pattern: 'NUMBER messages are held',
    says: 'Exactly so many wait at the doors of their receivers.',
    holds: (world, [count]) => world.flights().filter(({ held }) => held).length === Number(count),
  },
]

/** Sentences about what clients were told, for labs whose histories can be judged. */
export const historyPredicates: readonly Predicate<LabTypes>[] = [
  {
    pattern: HISTORY,
    says: 'One order of all operations so far explains every answer. Once it is false it stays so: expect it always.',
    holds: (_world, _args, seen) =>
      !seen.violations.some((v) => v.monitor === LINEARIZABILITY) && !seen.undecided().includes(LINEARIZABILITY),
  },
]

/** The sentences that a lab understands beside its own. */
export const predicatesOfHouse = ({ history }: Pick<AnyLab, 'history'>): readonly Predicate<LabTypes>[] =>
  history?.promises === 'linearizable' ? [...housePredicates, ...historyPredicates] : housePredicates
