import type { Event } from '../../kernel/event.ts'
import type { World } from '../../kernel/types.ts'
import type { Sentence, Tone } from '../../lab/definition.ts'
import type { Outcome } from './client.ts'
import type { Note, Ring } from './types.ts'
import { operationText, values } from './words.ts'

/** The sentences of this lab. Crashes, cuts and the like are told alike for every lab, elsewhere. */
export function story(event: Event<Ring>, _world: World<Ring>): Sentence | null {
  switch (event.type) {
    case 'noted':
      return tell(event.process, event.note)
    case 'invoked':
      return say(`${event.process} asks: ${operationText(event.what)}`, [event.process])
    case 'completed':
      return tellOutcome(event.process, event.outcome)
    default:
      return null
  }
}

function tellOutcome(id: string, outcome: Outcome): Sentence {
  switch (outcome.type) {
    case 'read':
      return say(
        `${id} reads ${values(outcome.values)}, as ${list(outcome.from)} had it`,
        [id, ...outcome.from],
        'good',
      )
    case 'written':
      return say(`${id} is told that ${list(outcome.acks)} stored it`, [id, ...outcome.acks], 'good')
    case 'failed':
      return say(`${id} is refused: ${outcome.why}`, [id], 'bad')
    case 'unknown':
      return say(`${id} does not know: ${outcome.why}`, [id], 'bad')
  }
}

function tell(id: string, note: Note): Sentence | null {
  switch (note.type) {
    case 'wrote':
      return tellWrote(id, note)
    case 'passedOn':
      return say(`${id} does not hold ${note.key} and passes the write on to ${note.to}`, [id, note.to])
    case 'suspects':
      return say(`${id} has no answer from ${note.server} and takes it for unreachable`, [id, note.server], 'bad')
    case 'keepsHint':
      return say(`${id} keeps ${note.key} for ${note.server}, which cannot be reached`, [id, note.server])
    case 'handedBack':
      return say(`${id} hands ${list(note.keys)} back to ${note.to}`, [id, note.to], 'good')
    case 'streamed':
      return say(`${id} sends ${list(note.keys)} on to ${note.to}`, [id, note.to])
    case 'repaired':
      return say(
        `${id} repairs ${note.key} on ${list(note.servers)}, whose answer was stale`,
        [id, ...note.servers],
        'good',
      )
    case 'healed':
      return say(
        `${id} lacked ${list(note.keys)} and has it from ${note.from} by anti-entropy`,
        [id, note.from],
        'good',
      )
    case 'overruled':
      return say(
        `${id} drops ${note.key} = ${note.lost.value ?? 'deleted'}: ${note.by.value ?? 'a deletion'} has the later stamp, though neither had seen the other`,
        [id],
        'bad',
      )
    default:
      return tellMembership(id, note)
  }
}

function tellMembership(id: string, note: Exclude<Note, { type: 'wrote' | 'overruled' }>): Sentence | null {
  switch (note.type) {
    case 'joining':
      return say(`${id} asks to join the ring`, [id])
    case 'joined':
      return say(`${id} has joined: ${note.keys} keys came to it`, [id], 'good')
    case 'waitsFor':
      return say(`${id} still waits for ${list(note.servers)}`, [id, ...note.servers])
    case 'leaving':
      return say(`${id} begins to leave and sends its ranges on`, [id])
    case 'left':
      return say(`${id} has left the ring`, [id])
    case 'removed':
      return say(`${id} takes ${note.server} out of the ring`, [id, note.server])
    case 'movedToken':
      return say(`${id} moves a token from ${degrees(note.from)} to ${degrees(note.to)}`, [id], 'user')
    default:
      return null
  }
}

function tellWrote(id: string, note: Extract<Note, { type: 'wrote' }>): Sentence {
  const what = note.version.value === null ? `deletes ${note.key}` : `writes ${note.key} = ${note.version.value}`
  if (note.beside > 0) return say(`${id} ${what} beside ${note.beside} it had not seen: siblings`, [id], 'bad')
  return say(`${id} ${what} and sends it to ${list(note.owners.filter((owner) => owner !== id))}`, [id])
}

/** `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`. */
function list(items: readonly string[]): string {
  if (items.length === 0) return 'nobody'
  if (items.length === 1) return items[0] as string
  if (items.length > 4) return `${items.slice(0, 3).join(', ')} and ${items.length - 3} more`
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

const degrees = (token: number): string => `${Math.round((token / 4294967296) * 360)}°`

const say = (text: string, about: readonly string[], tone: Tone = 'plain'): Sentence => ({ text, about, tone })
