import type { ProcessId, World } from '../../kernel/types.ts'
import type { Reason, WhyNot } from '../../lab/explain.ts'
import { between, blocked, verb } from '../../lab/why-not.ts'
import { type Entry, entryAt, type EntryLog, termAt } from './entry.ts'
import { serverState } from './observe.ts'
import type { ServerState } from './state.ts'
import type { Raft } from './types.ts'
import { hasQuorum, votersOf } from './voters.ts'
import { whyNobodyLeads } from './why-no-leader.ts'

/** Why an entry is not committed: which servers lack it, and what stands between. */
export function whyNotCommitted(world: World<Raft>, id: ProcessId, name: string): WhyNot[] {
  const entry = entryOf(world, id, name)
  if (entry === null) return []
  const { index } = entry
  if ((serverState(world, id)?.commitIndex ?? 0) >= index) return []
  const knows = holders(world, entry).find(([, state]) => state.commitIndex >= index)
  if (knows === undefined)
    return [{ question: `Why is entry ${index} not committed?`, reasons: uncommitted(world, id, entry) }]
  const text = `${knows[0]} knows that it is; ${id} hears of it with the leader’s next AppendEntries.`
  const reasons = [{ text, about: [knows[0], id] }, ...obstacle(world, knows[0], id)]
  return [{ question: `Why does ${id} not know that entry ${index} is committed?`, reasons }]
}

/** The entry that is meant by its index, in memory or, of a server that is down, on disk. */
export function entryOf(world: World<Raft>, id: ProcessId, name: string): Entry | null {
  const log: EntryLog | undefined = serverState(world, id)?.log ?? world.durable(id)?.log
  return (log === undefined ? undefined : entryAt(log, Number(name))) ?? null
}

/** What an entry that `id` holds lacks: by the leader that has it, if there is one. */
export function uncommitted(world: World<Raft>, id: ProcessId, entry: Entry): Reason[] {
  const leaders = holders(world, entry).filter(([, state]) => state.role === 'leader')
  const [leader] = leaders.toSorted(([, a], [, b]) => b.currentTerm - a.currentTerm)
  if (leader === undefined) return withoutLeader(world, id, entry)
  return [...byLeader(world, leader[0], leader[1], entry), ...isReplaced(world, leader[0], leader[1])]
}

function byLeader(world: World<Raft>, id: ProcessId, leader: ServerState, { index, term }: Entry): Reason[] {
  const voters = votersOf(leader)
  const has = (it: ProcessId): boolean =>
    it === id ? leader.syncedIndex >= index : (leader.progress.get(it)?.match ?? 0) >= index
  const lack = voters.filter((it) => !has(it))
  const hold = voters.filter(has)
  const counted: Reason = {
    text: `By all that ${id} knows, ${verb(hold, 'holds', 'hold')} it and ${verb(lack, 'lacks', 'lack')} it; it takes ${majority(voters.length)} of ${voters.length}.`,
    about: voters,
  }
  if (hasQuorum(leader, { config: world.configOf(id) }, has)) {
    if (term === leader.currentTerm) return [{ ...counted, text: `${id} is about to commit it: a majority holds it.` }]
    const text = `A majority holds it, but it is of term ${term}: ${id} commits by counting only entries of its own term ${leader.currentTerm}, and this one with them (§5.4.2).`
    return [{ text, about: [id] }]
  }
  const { reasons, free } = blocked(world, id, lack)
  return [counted, ...reasons, ...free.map((it) => onItsWay(world, id, leader, it, index))]
}

/** Nothing is in the way: then it is a matter of time. */
function onItsWay(world: World<Raft>, leader: ProcessId, state: ServerState, id: ProcessId, index: number): Reason {
  if (id === leader) return { text: `${id}’s own disk has not kept it yet.`, about: [id] }
  const flights = world.flights()
  const brings = flights.some(
    ({ from, to, message }) =>
      from === leader &&
      to === id &&
      message.type === 'AppendEntries' &&
      message.entries.some((it) => it.index === index),
  )
  if (brings) return { text: `To ${id} it is on its way.`, about: [id] }
  const answers = flights.some(
    ({ from, to, message }) => from === id && to === leader && message.type === 'AppendEntriesReply',
  )
  if (answers) return { text: `${id}’s answer is on its way.`, about: [id] }
  const progress = state.progress.get(id)
  if (progress?.mode === 'snapshot') return { text: `${id} is being sent a snapshot first.`, about: [id] }
  return {
    text: `${id} is known to agree up to entry ${progress?.match ?? 0}, and is sent the rest from there.`,
    about: [id],
  }
}

/** No leader has it: either another log rules, or nobody does. */
function withoutLeader(world: World<Raft>, id: ProcessId, { index, term }: Entry): Reason[] {
  const leader = world
    .ids('server')
    .map((it) => ({ it, state: serverState(world, it) }))
    .find(({ state }) => state?.role === 'leader')
  if (leader === undefined || leader.state === null) {
    return [{ text: `Only a leader commits, and nobody leads who has it.` }, ...whyNobodyLeads(world).reasons]
  }
  const theirs = termAt(leader.state.log, index)
  const instead = theirs === 0 ? 'has nothing there' : `has an entry of term ${theirs} there`
  return [
    {
      text: `${leader.it} leads in term ${leader.state.currentTerm} and ${instead}: when ${id} hears from it, entry ${index} of term ${term} is dropped.`,
      about: [leader.it, id],
    },
    ...obstacle(world, leader.it, id),
  ]
}

/** A leader that another has replaced commits nothing more, even where it does not know. */
function isReplaced(world: World<Raft>, id: ProcessId, state: ServerState): Reason[] {
  const later = world.ids('server').find((it) => {
    const other = serverState(world, it)
    return other !== null && other.role === 'leader' && other.currentTerm > state.currentTerm
  })
  if (later === undefined) return []
  return [{ text: `${later} leads in a later term, of which ${id} has not heard.`, about: [later, id] }]
}

const obstacle = (world: World<Raft>, a: ProcessId, b: ProcessId): Reason[] => {
  const reason = between(world, a, b)
  return reason === null ? [] : [reason]
}

/** The servers that run and hold this very entry. */
function holders(world: World<Raft>, { index, term }: Entry): [ProcessId, ServerState][] {
  return world.ids('server').flatMap((id): [ProcessId, ServerState][] => {
    const state = serverState(world, id)
    return state !== null && entryAt(state.log, index)?.term === term ? [[id, state]] : []
  })
}

export const majority = (of: number): number => Math.floor(of / 2) + 1
