import type { Mistake } from '../../lab/definition.ts'
import { type MistakeName, noMistakes } from './config.ts'
import type { Raft } from './types.ts'

/** What can be wrong on purpose with changes of the configuration. */
export const membershipMistakes: readonly Mistake<Raft>[] = [
  mistake('changeBeforeOwnTerm', {
    label: 'Change before an entry of the own term',
    breaks: 'Two leaders change the same configuration in two ways; their majorities need not share a server.',
    source: 'Ongaro, raft-dev, July 2015; thesis §4.1 as first published',
    caughtBy: 'Leader Completeness',
  }),
  mistake('overlappingChanges', {
    label: 'Changes that overlap',
    breaks: 'A second change does not wait for the first: the majorities before and after need not share a server.',
    source: 'Raft thesis §4.1',
    caughtBy: 'One Change at a Time',
  }),
]

function mistake(name: MistakeName, about: Omit<Mistake<Raft>, 'name' | 'config'>): Mistake<Raft> {
  return { name, ...about, config: { mistakes: { ...noMistakes, [name]: true } } }
}
