import { formatDuration } from '../../base/units.ts'
import type { ProcessId, World } from '../../kernel/types.ts'
import type { Reason, WhyNot } from '../../lab/explain.ts'
import { between, blocked, names, verb } from '../../lab/why-not.ts'
import { isAtLeastAsUpToDate, lastIndex, lastTerm } from './entry.ts'
import { serverState } from './observe.ts'
import type { ServerState } from './state.ts'
import type { Raft } from './types.ts'
import { votersOf } from './voters.ts'

/** Why nobody leads: too few run, too few reach each other, or an election is under way. */
export function whyNobodyLeads(world: World<Raft>): WhyNot {
  return { question: 'Why does nobody lead?', reasons: reasonsForNone(world) }
}

function reasonsForNone(world: World<Raft>): Reason[] {
  const running = world.ids('server').find((id) => world.status(id) === 'up')
  const some = running === undefined ? null : serverState(world, running)
  const voters = some === null ? world.ids('server') : votersOf(some)
  const need = Math.floor(voters.length / 2) + 1
  const up = voters.filter((id) => world.has(id) && world.status(id) === 'up')
  if (up.length < need) {
    const gone = voters.filter((id) => world.has(id) && !up.includes(id))
    return [
      {
        text: `An election takes ${need} of ${voters.length} servers, and ${verb(gone, 'does', 'do')} not run.`,
        about: gone,
      },
      ...gone.map((id) => ({ text: `${id} is ${world.status(id)}.`, about: [id], because: [world.stopOf(id)] })),
    ]
  }
  const groups = up.map((id) => up.filter((other) => other === id || between(world, id, other) === null))
  const largest = groups.reduce((best, group) => (group.length > best.length ? group : best), [])
  if (largest.length < need) return noMajority(world, largest, up, need, voters.length)
  return [...underWay(world, up, need), ...silence(world, up)]
}

function noMajority(
  world: World<Raft>,
  largest: readonly ProcessId[],
  up: readonly ProcessId[],
  need: number,
  all: number,
): Reason[] {
  const [first] = largest
  const text = `An election takes ${need} of ${all} servers, and no server reaches so many: at most ${names(largest)}.`
  if (first === undefined) return [{ text }]
  return [
    { text, about: largest },
    ...blocked(
      world,
      first,
      up.filter((id) => !largest.includes(id)),
    ).reasons,
  ]
}

/** What candidates have, and lack. */
function underWay(world: World<Raft>, up: readonly ProcessId[], need: number): Reason[] {
  return up.flatMap((id): Reason[] => {
    const state = serverState(world, id)
    if (state === null || (state.role !== 'candidate' && state.role !== 'preCandidate')) return []
    const { votesGranted: granted, votesRefused: refused } = state
    const term = state.role === 'candidate' ? state.currentTerm : state.currentTerm + 1
    const no = refused.length === 0 ? '' : `; ${verb(refused, 'refuses', 'refuse')}`
    const silent = votersOf(state).filter((it) => !granted.includes(it) && !refused.includes(it))
    const text = `${id} asks for term ${term} and has ${granted.length} of ${need} votes${no}.`
    return [{ text, about: [id] }, ...blocked(world, id, silent).reasons]
  })
}

/** Whose patience ends first. */
function silence(world: World<Raft>, up: readonly ProcessId[]): Reason[] {
  const due = up.flatMap((id) => {
    const timer = world.timers(id).find((it) => it.timer === 'election')
    return timer === undefined ? [] : [{ id, dueAt: timer.dueAt }]
  })
  const [first] = due.toSorted((a, b) => a.dueAt - b.dueAt)
  if (first === undefined) return []
  const left = formatDuration(Math.max(0, first.dueAt - world.now))
  return [{ text: `The election timer of ${first.id} is the next to run out, in ${left}.`, about: [first.id] }]
}

/** Why this server does not lead while another does. */
export function whyNotLeader(world: World<Raft>, id: ProcessId, leader: ProcessId): WhyNot {
  const state = serverState(world, id)
  const leading = serverState(world, leader)
  const reasons: Reason[] = []
  if (state !== null && leading !== null) {
    const heard = state.leaderId === leader && state.currentTerm === leading.currentTerm
    const text = heard
      ? `${leader} leads in term ${leading.currentTerm}; each of its AppendEntries sets back the election timer of ${id}.`
      : `${leader} leads in term ${leading.currentTerm}, and ${id} has not heard of it.`
    reasons.push({ text, about: [leader, id] })
    const obstacle = between(world, leader, id)
    if (obstacle !== null) reasons.push(obstacle)
    reasons.push(...tooShort(world, id, state))
  }
  return { question: `Why does ${id} not lead?`, reasons }
}

/** A log that a majority would not vote for (§5.4.1). */
function tooShort(world: World<Raft>, id: ProcessId, state: ServerState): Reason[] {
  const voters = votersOf(state)
  const [index, term] = [lastIndex(state.log), lastTerm(state.log)]
  const refusing = voters.filter((it) => {
    const other = it === id ? null : serverState(world, it)
    return other !== null && !isAtLeastAsUpToDate(other.log, index, term)
  })
  if (voters.length - refusing.length > voters.length / 2) return []
  const text = `It could not win: its log ends with entry ${index} of term ${term}, and ${verb(refusing, 'holds', 'hold')} more and would refuse (§5.4.1).`
  return [{ text, about: [id, ...refusing] }]
}
