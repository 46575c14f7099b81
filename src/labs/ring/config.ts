import { ms, type Micros, seconds } from '../../base/units.ts'
import type { HashName } from './hash/functions.ts'

/** The ladder from one server to the ring: which servers hold a key. */
export type Layout =
  /** One server holds everything. */
  | 'single'
  /** One server takes the writes and sends them on, asynchronously; reads go to any. */
  | 'replicas'
  /** Each server holds a range of the keys in their own order, one copy of each. */
  | 'ranges'
  /** A token ring with N copies. */
  | 'ring'

export interface RingConfig {
  layout: Layout
  /** Copies of each key. */
  n: number
  /** Answers that a read waits for. */
  r: number
  /** Acknowledgements that a write waits for. */
  w: number
  /** Tokens of each server. */
  tokens: number
  hash: HashName
  /** Servers are spread over this many racks, in turn; 0 for none. */
  racks: number
  /** Versions that are concurrent are kept side by side, or the last write wins by the coordinator's clock. */
  versions: 'siblings' | 'lastWrite'
  /** Who cannot be reached is stood in for by the next server on the ring, which keeps a hint. */
  sloppyQuorum: boolean
  readRepair: boolean
  /** Two replicas compare their Merkle trees this often; 0 for never. */
  antiEntropyInterval: Micros
  /** A server looks this often whether it can hand a hint back. */
  handoffInterval: Micros
  gossipInterval: Micros
  /** A coordinator takes a replica that has not answered for so long for unreachable, and asks another if it may. */
  replicaTimeout: Micros
  /** Then it does not ask it again for so long. */
  suspectFor: Micros
  /** A coordinator gives a request up after so long. */
  requestTimeout: Micros
  /** A client waits so long for an answer. */
  clientTimeout: Micros
  /** Whom a client asks: the server beside it, the first on the ring for its key, or the first that has room. */
  routing: 'beside' | 'owner' | 'bounded'
  /** By bounded loads a client asks no server for more than this many per cent of the mean. */
  loadBound: number
  /** Keys in one message of a range that streams. */
  streamBatch: number
  mistakes: RingMistakes
}

export interface RingMistakes {
  /** One answer is enough, and one acknowledgement, whatever R and W say. */
  readonly weakQuorum: boolean
  /** R + W > N is taken for one copy that everybody reads. */
  readonly quorumIsLinearizable: boolean
  /** The last write wins, and that is taken for safe. */
  readonly lastWriteIsSafe: boolean
  readonly noHealing: boolean
  readonly moduloPlacement: boolean
  readonly tokensNotServers: boolean
  readonly clocksPerServer: boolean
  readonly noTombstones: boolean
  readonly dropHints: boolean
}

export const NO_MISTAKES: RingMistakes = {
  weakQuorum: false,
  quorumIsLinearizable: false,
  lastWriteIsSafe: false,
  noHealing: false,
  moduloPlacement: false,
  tokensNotServers: false,
  clocksPerServer: false,
  noTombstones: false,
  dropHints: false,
}

export const DEFAULT_CONFIG: RingConfig = {
  layout: 'ring',
  n: 3,
  r: 2,
  w: 2,
  tokens: 8,
  hash: 'murmur3',
  racks: 0,
  versions: 'siblings',
  sloppyQuorum: true,
  readRepair: true,
  antiEntropyInterval: seconds(2),
  handoffInterval: ms(500),
  gossipInterval: ms(500),
  replicaTimeout: ms(120),
  suspectFor: ms(1000),
  requestTimeout: ms(600),
  clientTimeout: ms(1200),
  routing: 'beside',
  loadBound: 125,
  streamBatch: 8,
  mistakes: NO_MISTAKES,
}

/** How many answers and acknowledgements count as enough, by the layout and the mistakes that are on. */
export const answersNeeded = ({ layout, r, mistakes }: RingConfig): number =>
  layout !== 'ring' || mistakes.weakQuorum ? 1 : r
export const acksNeeded = ({ layout, w, mistakes }: RingConfig): number =>
  layout !== 'ring' || mistakes.weakQuorum ? 1 : w

/** Whether the last write wins. */
export const isLastWrite = ({ versions, mistakes }: RingConfig): boolean =>
  versions === 'lastWrite' || mistakes.lastWriteIsSafe
export const heals = ({ mistakes }: RingConfig): boolean => !mistakes.noHealing
