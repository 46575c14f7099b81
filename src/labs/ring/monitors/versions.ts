import { monitor } from '../../../check/monitor.ts'
import { copyOn } from '../cluster.ts'
import { dotText } from '../store/versions.ts'
import type { Ring } from '../types.ts'
import { copyWrites, follows, learn, type Writes } from './writes.ts'

/** Siblings are what nobody has had the chance to merge. */
export const siblingsAreConcurrent = monitor<Ring, Writes>({
  name: 'Siblings are concurrent',
  says: 'Of two versions that stand side by side, neither was written by a client that had seen the other.',
  source: 'Preguiça et al. 2012; DeCandia et al. 2007 §4.4',
  on: ['noted'],
  begin: () => new Map(),
  copy: copyWrites,
  watch(memory, event, world) {
    learn(memory, event)
    if (event.type !== 'noted' || !('key' in event.note)) return null
    const { key } = event.note
    const siblings = copyOn(world, event.process, key)?.siblings ?? []
    for (const a of siblings) {
      for (const b of siblings) {
        if (a === b || !follows(memory, key, a.dot, b.dot)) continue
        const text = `${event.process} keeps ${key} = ${a.value} (${dotText(a.dot)}) beside ${b.value} (${dotText(b.dot)}), which its writer had seen`
        return { text, nodes: [event.process] }
      }
    }
    return null
  },
})
