import { monitor } from '../../../check/monitor.ts'
import { descends } from '../store/versions.ts'
import type { Ring } from '../types.ts'
import { copyReads, learnRead, noReads, type ReadsBegun } from './reads-begun.ts'

/**
 * What R + W > N does not buy. While a write is on its way, one read may meet it and a later one miss it, so that the value
 * goes back. The store promises no such order; `quorumIsLinearizable` does, and is held to it.
 */
export const readsNeverGoBack = monitor<Ring, ReadsBegun>({
  name: 'Reads never go back',
  says: 'Where R + W > N is taken for linearizable: a read that begins after another has ended has seen all that the other saw.',
  source: 'Herlihy & Wing 1990; Attiya, Bar-Noy & Dolev 1995; Kleppmann 2017, figure 9-6',
  on: ['invoked', 'completed'],
  begin: noReads,
  copy: copyReads,
  watch(memory, event, world) {
    const read = learnRead(memory, event)
    if (read === null || !world.config.mistakes.quorumIsLinearizable) return null
    const { layout, n, r, w, sloppyQuorum } = world.config
    if (layout !== 'ring' || sloppyQuorum || r + w <= n) return null
    const { key, process, from, clock, due } = read
    const missed = due.find((earlier) => !descends(clock, earlier.clock))
    if (missed === undefined) return null
    const text = `${process} reads ${key} from ${from.join(', ')} and misses what ${missed.process} had read before it asked`
    return { text, nodes: [process, missed.process, ...from] }
  },
})
