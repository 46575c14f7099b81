import type { ProcessId } from '../../kernel/types.ts'
import type { Item } from './store/shelf.ts'
import type { Versions, VersionVector } from './store/versions.ts'
import type { RingView } from './store/view.ts'

/** The n-th request of one life of a coordinator. */
export type RequestId = string

/** A message is a value: it is never changed once sent. */
export type Message = ClientMessage | ReplicaMessage | RingMessage

/** Between a client and the server that it asks, or that it was passed on to. */
export type ClientMessage =
  | { readonly type: 'Get'; readonly operation: string; readonly client: ProcessId; readonly key: string }
  | {
      readonly type: 'Put'
      readonly operation: string
      readonly client: ProcessId
      readonly key: string
      /** Null deletes. */
      readonly value: string | null
      /** What the client had seen of this key. */
      readonly context: VersionVector
      /** It comes from a server that does not hold the key; it is not passed on again. */
      readonly passedOn: boolean
    }
  | {
      readonly type: 'GetReply'
      readonly operation: string
      readonly versions: Versions
      /** The servers whose answers it is made of. */
      readonly from: readonly ProcessId[]
    }
  | {
      readonly type: 'PutReply'
      readonly operation: string
      readonly versions: Versions
      /** The version that this write made. */
      readonly dot: { readonly by: string; readonly n: number }
      readonly acks: readonly ProcessId[]
    }
  /** `maybe`: the write may be on some replica and may show up later. */
  | { readonly type: 'Refusal'; readonly operation: string; readonly why: string; readonly maybe: boolean }

/** Between a coordinator and the servers that hold a key. */
export type ReplicaMessage =
  | { readonly type: 'ReadReplica'; readonly request: RequestId; readonly key: string }
  | { readonly type: 'ReplicaValue'; readonly request: RequestId; readonly key: string; readonly versions: Versions }
  | {
      readonly type: 'WriteReplica'
      readonly request: RequestId
      readonly key: string
      readonly versions: Versions
      /** The server that this copy is meant for, if the receiver stands in for it. */
      readonly hintFor: ProcessId | null
      /** The stale copy that a reader found is made good. */
      readonly repair: boolean
      /** Takes the key out of the shelf, where nobody keeps tombstones. */
      readonly erase: boolean
      /** A digest of the ring that the coordinator goes by. */
      readonly ring: number
    }
  /** `view`: the ring that the replica goes by, if it is another than its coordinator's. */
  | {
      readonly type: 'ReplicaStored'
      readonly request: RequestId
      readonly hintFor: ProcessId | null
      readonly view: RingView | null
    }
  /** A hint that goes home, or a stretch of a range for who joins or from who leaves: keep these, and say so. */
  | {
      readonly type: 'HandOff'
      readonly request: RequestId
      readonly why: 'hint' | 'join' | 'leave'
      readonly items: readonly Item[]
      readonly last: boolean
    }
  | { readonly type: 'HandOffStored'; readonly request: RequestId }

/** Who is in the ring, and whether two servers hold the same. */
export type RingMessage =
  /** What the sender knows of the ring; an answer is asked for unless it is one. */
  | { readonly type: 'Gossip'; readonly view: RingView; readonly answer: boolean }
  /** Who joins asks for the ranges that will be its own. */
  | { readonly type: 'StreamRequest'; readonly request: RequestId }
  /** Hashes of the nodes of one level of the Merkle tree over the keys that both hold; `nodes` says which. */
  | {
      readonly type: 'Tree'
      readonly request: RequestId
      readonly depth: number
      readonly nodes: readonly number[]
      readonly hashes: readonly number[]
    }
  /** Leaves that differ: the sender's items, and a wish for the receiver's. */
  | {
      readonly type: 'Exchange'
      readonly request: RequestId
      readonly leaves: readonly number[]
      readonly items: readonly Item[]
      readonly answer: boolean
    }

/** Bytes on the wire: a header, and what is in it by its length. */
export function size(message: Message): number {
  switch (message.type) {
    case 'Get':
    case 'ReadReplica':
      return 48 + message.key.length
    case 'Put':
      return 64 + message.key.length + (message.value?.length ?? 0) + clockBytes(message.context)
    case 'GetReply':
    case 'PutReply':
      return 48 + versionsBytes(message.versions)
    case 'Refusal':
    case 'HandOffStored':
    case 'StreamRequest':
      return 48
    case 'ReplicaStored':
      return 48 + (message.view === null ? 0 : viewBytes(message.view))
    case 'ReplicaValue':
    case 'WriteReplica':
      return 48 + message.key.length + versionsBytes(message.versions)
    case 'HandOff':
    case 'Exchange':
      return 48 + message.items.reduce((sum, item) => sum + item.key.length + versionsBytes(item.versions), 0)
    case 'Gossip':
      return 48 + viewBytes(message.view)
    case 'Tree':
      return 48 + 5 * message.nodes.length
  }
}

/** A word or two for the mark on the stage. */
export function label(message: Message): string {
  switch (message.type) {
    case 'Get':
    case 'ReadReplica':
      return `get ${message.key}`
    case 'Put':
      return message.value === null ? `delete ${message.key}` : `${message.key} ← ${message.value}`
    case 'GetReply':
    case 'ReplicaValue':
      return valuesText(message.versions)
    case 'PutReply':
      return 'written'
    case 'Refusal':
      return 'refused'
    case 'WriteReplica':
      return message.hintFor !== null
        ? `hint for ${message.hintFor}`
        : message.repair
          ? 'repair'
          : `store ${message.key}`
    case 'ReplicaStored':
      return 'stored'
    case 'HandOff':
      return message.items.length === 1 ? (message.items[0] as Item).key : `${message.items.length} keys`
    case 'HandOffStored':
      return 'kept'
    case 'Gossip':
      return 'ring'
    case 'StreamRequest':
      return 'my ranges?'
    case 'Tree':
      return `tree ${message.depth}`
    case 'Exchange':
      return `${message.items.length} keys`
  }
}

/** `5`, or `5 | 6` for siblings, or `none`. */
export function valuesText(versions: Versions): string {
  const values = versions.siblings.flatMap((version) => (version.value === null ? [] : [version.value]))
  return values.length === 0 ? 'none' : values.join(' | ')
}

const clockBytes = (clock: VersionVector): number => 12 * Object.keys(clock).length

const viewBytes = (view: RingView): number =>
  Object.values(view).reduce((sum, member) => sum + 16 + 4 * member.tokens.length, 0)

const versionsBytes = ({ clock, siblings }: Versions): number =>
  clockBytes(clock) + siblings.reduce((sum, { value }) => sum + 24 + (value?.length ?? 0), 0)
