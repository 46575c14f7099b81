import type { Micros } from '../../base/units.ts'
import type { ProcessId, Status, World } from '../../kernel/types.ts'
import type { Window } from '../../lab/definition.ts'
import { rootOf } from './anti-entropy.ts'
import { type CircleView, sharesOf, viewCircle, viewRanges } from './circle-view.ts'
import { allKnowOneRing, commonView, diskOf, serverState } from './cluster.ts'
import { acksNeeded, answersNeeded, isLastWrite, type Layout } from './config.ts'
import { behind, type KeyView, viewKeys } from './key-view.ts'
import { EMPTY_SHELF, items } from './store/shelf.ts'
import {
  comingCircle,
  isChanging,
  type Member,
  type MemberStatus,
  presentCircle,
  type RingView,
  viewDigest,
} from './store/view.ts'
import { type TreesView, viewTrees } from './trees-view.ts'
import type { Ring } from './types.ts'

/** What the screen needs: plain data, bounded by the number of servers and by the window on the keys. */
export interface RingLabView {
  layout: Layout
  n: number
  r: number
  w: number
  /** How many answers and acknowledgements do count, by the layout and the mistakes that are on. */
  needs: { r: number; w: number }
  lastWrite: boolean
  sloppy: boolean
  servers: readonly ServerView[]
  /** Who owns what by the ring that most servers know; null where keys have no place on a circle of tokens. */
  circle: CircleView | null
  /** The same when all who join and leave have done so; null while nobody does. */
  coming: CircleView | null
  /** Owners of the 36 letters and digits where keys lie in their own order; null elsewhere. */
  ranges: readonly number[] | null
  /** Whether all servers that are up know the same ring. */
  agreed: boolean
  keys: readonly KeyView[]
  /** How many keys there are; `keys` shows a window of them. */
  keyCount: number
  firstKey: number
  /** How many keys their owners that are up do not agree on. */
  disputed: number
  /** How many keys none of their owners has a copy of, though another server does. */
  stranded: number
  clients: readonly { id: ProcessId; open: number; text: string | null }[]
  /** The trees of the two servers that the window asks for. */
  trees: TreesView | null
  /** Where the server that the window asks for has its tokens, ascending. */
  tokens: readonly number[]
}

export interface ServerView {
  id: ProcessId
  status: Status
  member: MemberStatus | null
  rack: string | null
  /** Copies that it holds, on disk while it is down. */
  keys: number
  hints: readonly { for: ProcessId; keys: readonly string[] }[]
  suspects: readonly { server: ProcessId; until: Micros }[]
  coordinating: number
  moving: { type: 'join' | 'leave'; waitsFor: readonly ProcessId[]; keys: number } | null
  /** Its ring is not the one that most know. */
  differs: boolean
  /** A digest of the ring that it believes in. */
  ring: number
  /** The root of the Merkle tree over all that it holds. */
  root: number
  /** Its share of the circle as first owner, from 0 to 1; null where the layout has no circle. */
  share: number | null
  /** Of the keys on show, those whose first owner it is. */
  first: number
  /** For a read replica: keys of the leader that it does not have as the leader has them. */
  behind: number | null
}

const KEYS_SHOWN = 200

export function observe(world: World<Ring>, window: Window): RingLabView {
  const ids = world.ids('server')
  const view = commonView(world)
  const views = viewKeys(world, view)
  const firstKey = Math.max(0, Math.min(window['firstKey'] ?? 0, views.length - KEYS_SHOWN))
  const { config } = world
  const { layout, n, r, w, sloppyQuorum } = config
  const onCircle = layout === 'ring' && !config.mistakes.moduloPlacement
  const circle = onCircle ? viewCircle(presentCircle(view), ids) : null
  const servers = viewServers(world, view, views, circle)
  return {
    layout,
    n,
    r,
    w,
    needs: { r: answersNeeded(config), w: acksNeeded(config) },
    lastWrite: isLastWrite(config),
    sloppy: sloppyQuorum,
    servers,
    circle,
    coming: onCircle && isChanging(view) ? viewCircle(comingCircle(view), ids) : null,
    ranges: viewRanges(config, ids.length),
    agreed: allKnowOneRing(world),
    keys: views.slice(firstKey, firstKey + KEYS_SHOWN),
    keyCount: views.length,
    firstKey,
    disputed: views.filter(({ agreed }) => !agreed).length,
    stranded: views.filter(({ owners, copies }) => !copies.some(({ server }) => owners.includes(server))).length,
    clients: world.ids('client').map((id) => viewClient(world, id)),
    trees: viewTrees(world, window, (id) => diskOf(world, id)),
    tokens: view[ids[window['server'] ?? -1] ?? '']?.tokens ?? [],
  }
}

function viewServers(
  world: World<Ring>,
  common: RingView,
  keys: readonly KeyView[],
  circle: CircleView | null,
): ServerView[] {
  const ids = world.ids('server')
  const digest = viewDigest(common)
  const shares = circle === null ? null : sharesOf(circle, ids.length)
  const first = new Map<ProcessId, number>()
  for (const { owners } of keys) if (owners[0] !== undefined) first.set(owners[0], (first.get(owners[0]) ?? 0) + 1)
  return ids.map((id, i) => ({
    ...viewServer(world, id, common, digest),
    share: shares?.[i] ?? null,
    first: first.get(id) ?? 0,
    behind: world.config.layout === 'replicas' && i > 0 ? behind(keys, ids[0] as ProcessId, id) : null,
  }))
}

function viewServer(
  world: World<Ring>,
  id: ProcessId,
  common: RingView,
  digest: number,
): Omit<ServerView, 'share' | 'first' | 'behind'> {
  const self = serverState(world, id)
  const disk = diskOf(world, id)
  const member: Member | undefined = common[id] ?? disk?.view[id]
  const ring = disk === null ? 0 : viewDigest(disk.view)
  return {
    id,
    status: world.status(id),
    member: member?.status ?? null,
    rack: member?.rack ?? null,
    keys: disk?.shelf.size ?? 0,
    hints: Object.entries(disk?.hints ?? {}).map(([server, shelf]) => ({
      for: server,
      keys: [...items(shelf)].map(({ key }) => key),
    })),
    suspects: self === null ? [] : Array.from(self.suspects, ([server, until]) => ({ server, until })),
    coordinating: self?.open.size ?? 0,
    moving: self?.moving
      ? { type: self.moving.type, waitsFor: self.moving.waitsFor.slice(), keys: self.moving.keys }
      : null,
    differs: disk !== null && ring !== digest,
    ring,
    root: rootOf(disk?.shelf ?? EMPTY_SHELF),
  }
}

function viewClient(world: World<Ring>, id: ProcessId): RingLabView['clients'][number] {
  const state = world.state(id)
  if (state?.kind !== 'client') return { id, open: 0, text: null }
  const [operation] = state.open.values()
  return { id, open: state.open.size, text: operation === undefined ? null : `${operation.key} → ${operation.server}` }
}
