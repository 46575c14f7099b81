import type { Mistake } from '../../lab/definition.ts'
import { type MistakeName, noMistakes } from './config.ts'
import type { Gossip } from './types.ts'

/** What can be wrong on purpose. Each is off unless somebody switches it on, and each has the monitor that catches it. */
export const mistakes: readonly Mistake<Gossip>[] = [
  mistake('noRefutation', {
    label: 'No refutation',
    breaks: 'An accused server keeps silent: one lost answer, and a healthy server is declared dead.',
    source: 'SWIM §4.2',
    caughtBy: 'The accused refutes',
  }),
  mistake('noIndirectProbes', {
    label: 'Suspect without indirect probes',
    breaks: 'One ping or its answer lost is enough: at 10 % loss a fifth of all probes accuse a healthy server.',
    source: 'SWIM §3.1',
    caughtBy: 'Suspicion only after asking others',
  }),
  mistake('raiseOthers', {
    label: 'Raise the incarnation of others',
    breaks:
      'Who hears an answer of a suspect clears it in its name: from then on its own word counts for less than theirs.',
    source: 'SWIM §4.2',
    caughtBy: 'Own incarnation',
  }),
  mistake('pushPullKills', {
    label: 'Believe the dead of a push/pull',
    breaks: 'Old news from a server that was cut off kills at once, and gives no time to refute.',
    source: 'memberlist state.go, mergeState',
    caughtBy: 'Push/pull only suspects',
  }),
  mistake('noRetransmitLimit', {
    label: 'No retransmit limit',
    breaks: 'Every update is told for ever: the bytes per second grow with all that ever happened.',
    source: 'SWIM §4.1; memberlist queue.go',
    caughtBy: 'Bounded retelling',
  }),
  mistake('probeAtRandom', {
    label: 'Probe at random',
    breaks: 'There is no bound any more on how long a server can go without being probed.',
    source: 'SWIM §4.3',
    caughtBy: 'Probed within 2n − 1 probes',
  }),
  mistake('believeOldNews', {
    label: 'Believe old news',
    breaks: 'An alive message counts whatever its incarnation, so that what was refuted comes back.',
    source: 'SWIM §4.2',
    caughtBy: 'Incarnations never go back',
  }),
  mistake('waitForConfirmation', {
    label: 'Wait for a confirmation',
    breaks: 'A suspicion has no timer until somebody confirms it: with few servers left, a crash is never found.',
    source: 'Lifeguard §IV-B',
    caughtBy: 'Strong completeness',
  }),
]

function mistake(name: MistakeName, about: Omit<Mistake<Gossip>, 'name' | 'config'>): Mistake<Gossip> {
  return { name, ...about, config: { mistakes: { ...noMistakes, [name]: true } } }
}
