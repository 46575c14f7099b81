import { formatDuration, type Micros, SECOND } from '../../base/units.ts'
import type { Event } from '../../kernel/event.ts'
import type { ProcessId, World } from '../../kernel/types.ts'
import type { Sentence, Tone } from '../../lab/definition.ts'
import { beliefOf, isLive, MAX_MATRIX } from './beliefs.ts'
import { deafTo } from './silence.ts'
import type { Action, Gossip, Note } from './types.ts'

/** The sentences of this lab. Crashes, cuts and the like are told alike for every lab, elsewhere. */
export function story(event: Event<Gossip>, world: World<Gossip>): Sentence | null {
  return event.type === 'noted' ? tellNote(event.process, event.note, world) : null
}

export function actionText(action: Action, process: ProcessId): string {
  switch (action.type) {
    case 'tell':
      return `told ${process} the rumour ${action.rumour}`
    case 'leave':
      return `asked ${process} to leave`
    case 'join':
      return `asked ${process} to join by way of ${action.via ?? 'its seeds'}`
    case 'probeNow':
      return `let ${process} probe at once`
  }
}

function tellNote(id: ProcessId, note: Note, world: World<Gossip>): Sentence | null {
  switch (note.type) {
    case 'probeFailed':
      return tellFailedProbe(id, note, world)
    case 'suspects':
      return note.by === id
        ? say(`${id} suspects ${note.node}, incarnation ${note.incarnation}`, [id, note.node], 'bad')
        : null
    case 'declares':
      return tellDeath(id, note, world)
    case 'refutes':
      return tellRefutation(id, note, world)
    case 'believes':
      return tellAgreement(id, note, world)
    case 'joins':
      return say(`${id} turns to ${list(note.seeds)}`, [id])
    case 'joined':
      return say(
        `${id} has joined by way of ${note.via} and knows ${count(note.known, 'server')}`,
        [id, note.via],
        'good',
      )
    case 'reconnects':
      return tellCall(id, note.to, world)
    case 'forgets':
      return tellForgotten(note, world)
    case 'leaves':
      return say(`${id} tells the others that it leaves`, [id])
    case 'gone':
      return say(`${id} has left`, [id])
    case 'hears':
      return tellSpread(id, note, world)
    case 'confirms':
    case 'tells':
    case 'losesInterest':
      return null
  }
}

type Of<K extends Note['type']> = Extract<Note, { type: K }>

/** Told of the one whose probe began the suspicion; the many who find the same later only confirm it. */
function tellFailedProbe(
  id: ProcessId,
  { node, helpers, nacks, score }: Of<'probeFailed'>,
  world: World<Gossip>,
): Sentence | null {
  if (world.state(id)?.suspicions.get(node)?.from[0] !== id) return null
  const tried = nacks > 0 ? `, ${nacks === 1 ? '1 of whom says that it' : `${nacks} of whom say that they`} tried` : ''
  const asked = helpers === 0 ? '' : `, nor by way of ${count(helpers, 'other')}${tried}`
  const doubt = score === 0 ? '' : `; it doubts itself (health ${score})`
  return say(`${id} has no answer from ${node}${asked}${doubt}`, [id, node], 'bad')
}

function tellDeath(id: ProcessId, { node, confirmations }: Of<'declares'>, world: World<Gossip>): Sentence | null {
  // The first one says it; that the others come to the same is told when all have.
  const known = world.ids('server').some((other) => other !== id && isLive(world, other) && isDead(world, other, node))
  if (known) return null
  const wrongly = world.status(node) === 'down' ? '' : `, wrongly: ${node} is ${world.status(node)}`
  const heard = confirmations === 0 ? 'nobody confirmed' : `${count(confirmations, 'other')} confirmed`
  return say(`${id} declares ${node} dead: no refutation in time, ${heard}${wrongly}`, [id, node], 'bad')
}

function tellRefutation(id: ProcessId, { incarnation, accused, by }: Of<'refutes'>, world: World<Gossip>): Sentence {
  const word = by === id ? `what a push/pull says, that it is ${accused}` : `${by}’s word that it is ${accused}`
  const of = accused === 'alive' ? 'what is said of its earlier life' : word
  const deaf = by === id && world.ids('server').length <= MAX_MATRIX ? deafTo(world, id) : []
  return say(
    `${id} refutes ${of}: it is alive in incarnation ${incarnation}${unheardBy(deaf, world, id)}`,
    [id, ...deaf.slice(0, 6)],
    deaf.length === 0 ? 'good' : 'plain',
  )
}

/** Told of a push/pull between two that hold each other for dead: what it brought about goes with the next one. */
function unheardBy(deaf: readonly ProcessId[], world: World<Gossip>, id: ProcessId): string {
  if (deaf.length === 0) return ''
  const patience = formatDuration(world.configOf(id).gossipToTheDead)
  return `, which ${list(deaf)} will hear by another join only: the dead are told nothing after ${patience}`
}

/** That the last of them believes it now: told once, and in clusters that one can see as a whole. */
function tellAgreement(id: ProcessId, { node, standing }: Of<'believes'>, world: World<Gossip>): Sentence | null {
  const ids = world.ids('server')
  if (ids.length > MAX_MATRIX || standing === 'suspect') return null
  const live = ids.filter((other) => isLive(world, other))
  const others = live.filter((other) => other !== node)
  if (others.length === 0 || !isFresh(world, node, others, FRESH)) return null
  if (!others.every((other) => beliefOf(world, other, node) === standing)) return null
  // Many that come back at once, as after a cut, are told of as one, when all know of all.
  if (standing === 'alive' && others.some((other) => isAliveAnew(world, other, live)))
    return tellUnion(id, node, live, world)
  return say(
    `${others.length === 1 ? `The other, ${others[0]}, believes` : `All ${others.length} others believe`} that ${node} is ${standing}`,
    [id, node],
    standing === 'alive' ? 'good' : 'plain',
  )
}

/** One who has just come learns of everybody, which is no news to the others, and least what all knew from the start. */
function isFresh(world: World<Gossip>, node: ProcessId, others: readonly ProcessId[], age: Micros): boolean {
  const newest = Math.max(0, world.now - age)
  const fresh = others.filter((other) => (world.state(other)?.members.get(node)?.since ?? 0) > newest)
  return 2 * fresh.length >= others.length
}

function isAliveAnew(world: World<Gossip>, node: ProcessId, live: readonly ProcessId[]): boolean {
  const others = live.filter((other) => other !== node)
  return isFresh(world, node, others, AT_ONCE)
}

/** Told with the last of what the last of them has just learnt. */
function tellUnion(id: ProcessId, node: ProcessId, live: readonly ProcessId[], world: World<Gossip>): Sentence | null {
  const state = world.state(id)
  const since = state?.members.get(node)?.since
  const last = state?.touched.findLast((other) => other !== id && state.members.get(other)?.since === since)
  if (last !== node || !live.every((a) => live.every((b) => a === b || beliefOf(world, a, b) === 'alive'))) return null
  return say(
    `${live.length === 2 ? 'Both' : `All ${live.length}`} servers that run believe each other alive`,
    [id],
    'good',
  )
}

/** The many calls that cannot get through are not told. */
function tellCall(id: ProcessId, to: ProcessId, world: World<Gossip>): Sentence | null {
  const vain = world.status(to) !== 'up' || world.isCut(id, to) || world.isCut(to, id)
  return vain ? null : say(`${id} calls ${to}, which it had lost`, [id, to])
}

/** When the last of them has forgotten it. */
function tellForgotten({ nodes }: Of<'forgets'>, world: World<Gossip>): Sentence | null {
  const live = world.ids('server').filter((other) => isLive(world, other))
  const gone = nodes.filter((node) => live.every((other) => beliefOf(world, other, node) === 'unknown'))
  return gone.length === 0 ? null : say(`All have forgotten ${list(gone)}`, gone)
}

/** A rumour is told when it has come to half of the servers, and to all. */
function tellSpread(id: ProcessId, { rumour }: Of<'hears'>, world: World<Gossip>): Sentence | null {
  const live = world.ids('server').filter((other) => isLive(world, other))
  const know = live.filter((other) => world.state(other)?.rumours.has(rumour)).length
  if (know === live.length) return say(`${rumour} has reached all ${live.length} servers`, [id], 'good')
  return know === Math.ceil(live.length / 2)
    ? say(`${rumour} has reached ${know} of ${live.length} servers`, [id])
    : null
}

/** A belief younger than this is news. */
const FRESH = 30 * SECOND
/** Who come back within this come back together: about as long as gossip takes. */
const AT_ONCE = 2 * SECOND

const isDead = (world: World<Gossip>, holder: ProcessId, node: ProcessId): boolean =>
  beliefOf(world, holder, node) === 'dead'

const say = (text: string, about: readonly ProcessId[], tone: Tone = 'plain'): Sentence => ({ text, about, tone })

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

function list(names: readonly string[]): string {
  if (names.length > 6) return `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`
  return names.length < 2 ? (names[0] ?? 'nobody') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
