import type { ProcessId, World } from '../../kernel/types.ts'
import type { Explainer, Origin, Subject, WhyNot } from '../../lab/explain.ts'
import { between } from '../../lab/why-not.ts'
import { serverState } from './observe.ts'
import type { Ping } from './types.ts'

/** *Why?* in the words of this lab: an answer that was missed, and one that is awaited. */
export const explainer: Explainer<Ping> = {
  standing(world: World<Ping>, id: ProcessId): Origin<Ping> | null {
    if ((serverState(world, id)?.missed ?? 0) === 0) return null
    return {
      question: `Why has ${id} missed an answer?`,
      turn: (event) => event.type === 'noted' && event.note.type === 'missed',
    }
  },

  whyNot(world: World<Ping>, subject: Subject): readonly WhyNot[] {
    if (subject.type !== 'process' || !world.has(subject.process)) return []
    const id = subject.process
    const open = serverState(world, id)?.open ?? null
    if (open === null) return []
    const obstacle = between(world, id, open.to)
    const waits = { text: `${id} has asked ${open.to} and has no answer yet.`, about: [id, open.to] }
    return [{ question: `Why does ${id} wait?`, reasons: obstacle === null ? [waits] : [waits, obstacle] }]
  },
}
