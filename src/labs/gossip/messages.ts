import { hashName, mix } from '../../base/hash.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { MemberList } from './member-list.ts'

/**
 * One piece of news. A value: never changed once made. `alive`, `suspect` and `dead` are about a server; a death that the
 * server itself announces (`from` is `node`) is a leave. A rumour is a user's event.
 */
export type Update =
  | { readonly type: 'alive'; readonly node: ProcessId; readonly incarnation: number }
  | {
      readonly type: 'suspect' | 'dead'
      readonly node: ProcessId
      readonly incarnation: number
      readonly from: ProcessId
    }
  | { readonly type: 'rumour'; readonly rumour: string }

export type Updates = readonly Update[]
export const NO_UPDATES: Updates = Object.freeze([])

/** What travels, by memberlist's names where it has one; `Stream…` goes over the reliable channel. */
export type Message =
  | { readonly type: 'Ping'; readonly seq: number; readonly updates: Updates }
  | { readonly type: 'Ack'; readonly seq: number; readonly updates: Updates }
  /** Please ping `target` for me. */
  | { readonly type: 'IndirectPing'; readonly seq: number; readonly target: ProcessId; readonly updates: Updates }
  /** I did, and have no answer: so you hear me, whatever is with the target (Lifeguard). */
  | { readonly type: 'Nack'; readonly seq: number; readonly updates: Updates }
  | { readonly type: 'StreamPing'; readonly seq: number }
  | { readonly type: 'StreamAck'; readonly seq: number }
  | { readonly type: 'Gossip'; readonly updates: Updates }
  /** All that the sender believes; `reply` to one that asked, `join` by one who has just come. */
  | { readonly type: 'PushPull'; readonly members: MemberList; readonly join: boolean; readonly reply: boolean }
  /** The classic rumour protocols: the sender's hot rumours, and whether it asks for the receiver's. */
  | { readonly type: 'Rumours'; readonly rumours: readonly string[]; readonly ask: boolean }
  /** Which of the rumours that came were known before. */
  | { readonly type: 'Feedback'; readonly known: readonly string[]; readonly fresh: readonly string[] }

/** Bytes on the wire: about what memberlist's encoding makes of it, with names of up to 16 characters. */
export function size(message: Message): number {
  switch (message.type) {
    case 'Ping':
    case 'Ack':
    case 'Nack':
      return HEAD + sizeOfAll(message.updates)
    case 'IndirectPing':
      return HEAD + NAME + sizeOfAll(message.updates)
    case 'StreamPing':
    case 'StreamAck':
      return HEAD
    case 'Gossip':
      return COMPOUND + sizeOfAll(message.updates)
    case 'PushPull':
      return HEAD + message.members.known * UPDATE
    case 'Rumours':
      return HEAD + message.rumours.length * RUMOUR
    case 'Feedback':
      return HEAD + (message.known.length + message.fresh.length) * 4
  }
}

export const sizeOf = (update: Update): number => PART + (update.type === 'rumour' ? RUMOUR : UPDATE)

/** Bytes of a message that carries nothing, and of the head of a packet of several (memberlist `net.go`). */
export const HEAD = 40
const NAME = 16
const UPDATE = 60
const RUMOUR = 40
/** What each message of a packet adds. */
export const COMPOUND = 2
const PART = 2

/* Most messages carry nothing. A frozen list is gone through by its places: an iterator costs more than all else here. */

function sizeOfAll(updates: Updates): number {
  let sum = 0
  for (let i = 0; i < updates.length; i++) sum += sizeOf(updates[i] as Update)
  return sum
}

/** Takes in every field of a message, for the fingerprint. */
export function digest(message: Message): number {
  switch (message.type) {
    case 'Ping':
      return mixUpdates(mix(PING, message.seq), message.updates)
    case 'Ack':
      return mixUpdates(mix(ACK, message.seq), message.updates)
    default:
      return mixRarer(hashName(message.type), message)
  }
}

const PING = hashName('Ping')
const ACK = hashName('Ack')

function mixRarer(h: number, message: Exclude<Message, { type: 'Ping' | 'Ack' }>): number {
  switch (message.type) {
    case 'Nack':
      return mixUpdates(mix(h, message.seq), message.updates)
    case 'IndirectPing':
      return mixUpdates(mix(mix(h, message.seq), hashName(message.target)), message.updates)
    case 'StreamPing':
    case 'StreamAck':
      return mix(h, message.seq)
    case 'Gossip':
      return mixUpdates(h, message.updates)
    case 'PushPull':
      return mix(mix(h, message.members.print), (message.join ? 2 : 0) + (message.reply ? 1 : 0))
    case 'Rumours':
      return mix(mixNames(h, message.rumours), message.ask ? 1 : 0)
    case 'Feedback':
      return mixNames(mixNames(h, message.known), message.fresh)
  }
}

function mixUpdates(hash: number, updates: Updates): number {
  let h = mix(hash, updates.length)
  for (let i = 0; i < updates.length; i++) h = mix(h, digestOf(updates[i] as Update))
  return h
}

function mixNames(hash: number, names: readonly string[]): number {
  let h = mix(hash, names.length)
  for (const name of names) h = mix(h, hashName(name))
  return h
}

/** An update is sent many times and never changes. */
const digests = new WeakMap<Update, number>()

function digestOf(update: Update): number {
  let h = digests.get(update)
  if (h !== undefined) return h
  h = hashName(update.type)
  if (update.type === 'rumour') h = mix(h, hashName(update.rumour))
  else h = mix(mix(h, hashName(update.node)), update.incarnation)
  if (update.type === 'suspect' || update.type === 'dead') h = mix(h, hashName(update.from))
  digests.set(update, h)
  return h
}

/** A word or two for the mark on the stage. */
export function label(message: Message): string {
  if (message.type === 'PushPull') return message.reply ? 'pull' : message.join ? 'join' : 'push'
  if ('updates' in message && message.updates.length > 0) {
    const [first] = message.updates
    const more = message.updates.length > 1 ? ` +${message.updates.length - 1}` : ''
    return `${LABELS[message.type]} ${updateText(first as Update)}${more}`
  }
  return LABELS[message.type]
}

const LABELS: Record<Message['type'], string> = {
  Ping: 'ping',
  Ack: 'ack',
  IndirectPing: 'ping for me',
  Nack: 'nack',
  StreamPing: 'ping (stream)',
  StreamAck: 'ack (stream)',
  Gossip: 'gossip',
  PushPull: 'push/pull',
  Rumours: 'rumours',
  Feedback: 'feedback',
}

/** `g4 suspect (2)` */
export function updateText(update: Update): string {
  if (update.type === 'rumour') return update.rumour
  const word = update.type === 'dead' && update.from === update.node ? 'left' : update.type
  return `${update.node} ${word} (${update.incarnation})`
}
