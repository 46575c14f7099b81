import { formatDuration } from '../../base/units.ts'
import type { Event } from '../../kernel/event.ts'
import type { ProcessId, World } from '../../kernel/types.ts'
import {
  causeOf,
  earlier,
  type Explainer,
  headOf,
  type Origin,
  type Past,
  type Reason,
  type Subject,
  type WhyNot,
} from '../../lab/explain.ts'
import { between, names, verb } from '../../lab/why-not.ts'
import { beliefOf, isLive } from './beliefs.ts'
import type { Gossip } from './types.ts'
import { acquaintance, ofSilence, resurrection } from './why-apart.ts'

/** *Why?* in the words of gossip: what a server believes of another, and what it does not know yet. */
export const explainer: Explainer<Gossip> = {
  standing(world, id) {
    const [suspect] = world.state(id)?.suspicions.keys() ?? []
    return suspect === undefined ? null : beliefIn(world, id, suspect)
  },
  item: beliefIn,
  beside(event, past) {
    const head = isNews(event) ? headOf(past, event) : null
    return head?.type === 'delivered' ? [head.seq] : []
  },
  onward,
  whyNot,
}

const isNews = (event: Event<Gossip>): boolean =>
  event.type === 'noted' &&
  (event.note.type === 'believes' || event.note.type === 'suspects' || event.note.type === 'confirms')

/**
 * What was heard goes back to how the one who said it came to know; and a suspect's time that is up, to the suspicion, which
 * began with a probe or with what was heard.
 */
function onward(event: Event<Gossip>, past: Past<Gossip>): number | null {
  if (event.type === 'expired' && event.timer.startsWith('suspect ')) {
    const node = event.timer.slice('suspect '.length)
    return earlier(past, event, (it) => isTurn(it, node))?.seq ?? null
  }
  const head = isNews(event) ? headOf(past, event) : null
  const sent = head?.type === 'delivered' ? past.event(causeOf(head, 'message') ?? 0) : null
  if (sent === null || event.type !== 'noted' || !('node' in event.note)) return null
  const { node } = event.note
  return earlier(past, sent, (it) => isTurn(it, node))?.seq ?? null
}

/** Why `id` believes what it believes of `other`. */
function beliefIn(world: World<Gossip>, id: ProcessId, other: ProcessId): Origin<Gossip> | null {
  const belief = beliefOf(world, id, other)
  if (belief === 'unknown' || id === other) return null
  if (belief === 'alive' && !hasChanged(world, id, other)) return null
  return { question: `Why does ${id} believe that ${other} is ${belief}?`, turn: (event) => isTurn(event, other) }
}

const hasChanged = (world: World<Gossip>, id: ProcessId, other: ProcessId): boolean =>
  (world.state(id)?.members.get(other)?.since ?? 0) > 0

function isTurn(event: Event<Gossip>, other: ProcessId): boolean {
  if (event.type !== 'noted') return false
  const { note } = event
  return (note.type === 'believes' || note.type === 'suspects' || note.type === 'declares') && note.node === other
}

function whyNot(world: World<Gossip>, subject: Subject): readonly WhyNot[] {
  if (subject.type === 'item') return ofBelief(world, subject.process, subject.name)
  if (subject.type !== 'process' || !world.has(subject.process)) return []
  return world.status(subject.process) === 'up'
    ? ofAccused(world, subject.process)
    : ofUnnoticed(world, subject.process)
}

/** A server that is down, and who does not know. */
function ofUnnoticed(world: World<Gossip>, id: ProcessId): WhyNot[] {
  const live = world.ids('server').filter((it) => it !== id && isLive(world, it))
  const unaware = live.filter((it) => beliefOf(world, it, id) === 'alive')
  if (unaware.length === 0) return []
  const question = `Why do not all know that ${id} is ${world.status(id)}?`
  return [
    { question, reasons: [count(unaware, live, id), ...unaware.slice(0, 1).flatMap((it) => detection(world, it, id))] },
  ]
}

const count = (unaware: readonly ProcessId[], live: readonly ProcessId[], id: ProcessId): Reason => ({
  text:
    unaware.length <= 6
      ? `${verb(unaware, 'takes', 'take')} it for alive still.`
      : `${unaware.length} of ${live.length} take it for alive still.`,
  about: [id, ...unaware.slice(0, 6)],
})

function ofBelief(world: World<Gossip>, id: ProcessId, other: ProcessId): WhyNot[] {
  if (!world.has(id) || !world.has(other) || id === other) return []
  const belief = beliefOf(world, id, other)
  const status = world.status(other)
  if (belief === 'alive' && status !== 'up') {
    const question = `Why does ${id} not know that ${other} is ${status}?`
    return [{ question, reasons: detection(world, id, other) }]
  }
  if (belief === 'suspect') {
    return [{ question: `Why has ${id} not declared ${other} dead?`, reasons: patience(world, id, other) }]
  }
  if (!isLive(world, id) || !isLive(world, other)) return []
  if (belief === 'dead') {
    return [{ question: `Why does ${id} not take ${other} for alive?`, reasons: resurrection(world, id, other) }]
  }
  if (belief === 'unknown') {
    return [{ question: `Why does ${id} not know ${other}?`, reasons: acquaintance(world, id, other) }]
  }
  return []
}

/** By its own probes, or by what others say. */
function detection(world: World<Gossip>, id: ProcessId, other: ProcessId): Reason[] {
  const state = world.state(id)
  const config = world.configOf(id)
  const others = Math.max(1, (state?.members.known ?? 2) - 1)
  const found = world
    .ids('server')
    .filter((it) => isLive(world, it) && ['suspect', 'dead'].includes(beliefOf(world, it, other)))
  const told: Reason =
    found.length === 0
      ? { text: `Nobody has found it yet, so nobody says so.`, about: [other] }
      : {
          text: `${verb(found.slice(0, 6), 'knows', 'know')}, and the word has not come to ${id}.`,
          about: [id, ...found.slice(0, 6)],
        }
  if (state?.probe?.target === other) {
    return [{ text: `${id} is probing ${other} now and waits for its answer.`, about: [id, other] }, told]
  }
  const most = formatDuration((2 * others - 1) * config.probeInterval)
  const text = `${id} probes one server every ${formatDuration(config.probeInterval)}, in a drawn order: its turn comes within ${most} (SWIM §4.3).`
  return [{ text, about: [id, other] }, told, ...found.slice(0, 1).flatMap((it) => between(world, it, id) ?? [])]
}

/** How long a suspect still has to refute. */
function patience(world: World<Gossip>, id: ProcessId, other: ProcessId): Reason[] {
  const suspicion = world.state(id)?.suspicions.get(other)
  const timer = world.timers(id).find((it) => it.timer === `suspect ${other}`)
  if (suspicion === undefined || timer === undefined) return []
  const left = formatDuration(Math.max(0, timer.dueAt - world.now))
  const { confirmations, hopedFor, from } = suspicion
  const heard = hopedFor === 0 ? '' : ` ${confirmations} of ${hopedFor} hoped-for confirmations have shortened that.`
  return [
    { text: `${other} has ${left} left to refute it.${heard}`, about: [id, other] },
    { text: `So far ${names(from)} ${from.length === 1 ? 'says' : 'say'} so.`, about: [...from] },
  ]
}

/** A server that runs, and whom others do not take for alive. */
function ofAccused(world: World<Gossip>, id: ProcessId): WhyNot[] {
  const live = world.ids('server').filter((it) => it !== id && isLive(world, it))
  const against = live.filter((it) => ['suspect', 'dead'].includes(beliefOf(world, it, id)))
  const [first] = against
  if (first === undefined) return []
  const who = against.length <= 6 ? verb(against, 'does', 'do') : `${against.length} of ${live.length} do`
  const obstacle = between(world, first, id)
  const text = `${who} not: ${id} must hear of it, and refute it with a higher incarnation (SWIM §4.2).`
  return [
    {
      question: `Why do not all take ${id} for alive?`,
      reasons: [
        { text, about: [id, ...against.slice(0, 6)] },
        ...(obstacle === null ? ofSilence(world, id) : [obstacle]),
      ],
    },
  ]
}
