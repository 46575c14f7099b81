import type { Mistake } from '../../lab/definition.ts'
import { type MistakeName, noMistakes } from './config.ts'
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
]

function mistake(name: MistakeName, about: Omit<Mistake<Raft>, 'name' | 'config'>): Mistake<Raft> {
  return { name, ...about, config: { mistakes: { ...noMistakes, [name]: true } } }
}
