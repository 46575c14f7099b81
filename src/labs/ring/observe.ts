import type { Micros } from '../../base/units.ts'
import type { ProcessId, Status, World } from '../../kernel/types.ts'
import type { Window } from '../../lab/definition.ts'
import { type CircleView, viewCircle, viewRanges } from './circle-view.ts'
import { acksNeeded, answersNeeded, isLastWrite, type Layout } from './config.ts'
import { rootOf } from './anti-entropy.ts'
import { keyPlace, placement } from './placement.ts'
import type { Durable, ServerState } from './state.ts'
import { EMPTY_SHELF, items, lookUp } from './store/shelf.ts'
import type { Versions } from './store/versions.ts'
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

export interface KeyView {
  key: string
  /** Where it lies on the circle of 2^32. */
  place: number
  owners: readonly ProcessId[]
  coming: readonly ProcessId[] | null
  copies: readonly { server: ProcessId; versions: Versions; hintFor: ProcessId | null }[]
  /** Whether all owners that are up hold the same. */
  agreed: boolean
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

/** Whether all servers that are up know the same ring. */
export function allKnowOneRing(world: World<Ring>): boolean {
  const digest = viewDigest(commonView(world))
  return world.ids('server').every((id) => {
    const disk = world.status(id) === 'down' ? null : diskOf(world, id)
    return disk === null || viewDigest(disk.view) === digest
  })
}

export function serverState(world: World<Ring>, id: ProcessId): ServerState | null {
  const state = world.state(id)
  return state?.kind === 'server' ? state : null
}

/** What it holds, on disk while it is down; null if it never wrote. */
export const diskOf = (world: World<Ring>, id: ProcessId): Durable | null =>
  serverState(world, id)?.disk ?? world.durable(id)

/** A server's own copy of a key, or null. */
export function copyOn(world: World<Ring>, id: ProcessId, key: string): Versions | null {
  const disk = diskOf(world, id)
  return disk === null ? null : lookUp(disk.shelf, key, keyPlace(world.config, key))
}

/** The ring that most servers that are up know; of as many, the one that the first of them knows. */
export function commonView(world: World<Ring>): RingView {
  const votes = new Map<number, { view: RingView; count: number }>()
  const ids = world.ids('server')
  const up = ids.filter((id) => world.status(id) !== 'down')
  for (const id of up.length > 0 ? up : ids) {
    const disk = diskOf(world, id)
    if (disk === null) continue
    const digest = viewDigest(disk.view)
    const vote = votes.get(digest)
    if (vote) vote.count++
    else votes.set(digest, { view: disk.view, count: 1 })
  }
  let best: { view: RingView; count: number } = { view: {}, count: 0 }
  for (const vote of votes.values()) if (vote.count > best.count) best = vote
  return best.view
}

/** All keys that anybody holds, in the order of their names. */
export function allKeys(world: World<Ring>): string[] {
  const keys = new Set<string>()
  for (const id of world.ids('server')) {
    const disk = diskOf(world, id)
    if (disk === null) continue
    for (const { key } of items(disk.shelf)) keys.add(key)
    for (const hint of Object.values(disk.hints)) for (const { key } of items(hint)) keys.add(key)
  }
  return [...keys].toSorted()
}

/** Whether all owners of all keys that are up hold the same versions, and nobody keeps a hint. */
export function allAgree(world: World<Ring>): boolean {
  const view = commonView(world)
  const hints = world.ids('server').some((id) => Object.keys(diskOf(world, id)?.hints ?? {}).length > 0)
  return !hints && viewKeys(world, view).every(({ agreed }) => agreed)
}

/** Whether all owners of all keys hold a copy. */
export const allLieWithOwners = (world: World<Ring>): boolean =>
  viewKeys(world, commonView(world)).every(({ owners, copies }) =>
    owners.every((id) => copies.some(({ server, hintFor }) => server === id && hintFor === null)),
  )

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

/** How much of the circle lies before each server's tokens. */
function sharesOf({ at, owner }: CircleView, servers: number): number[] {
  const shares = Array.from({ length: servers }, () => 0)
  for (let i = 0; i < at.length; i++) {
    const before = i === 0 ? (at[at.length - 1] as number) - CIRCLE : (at[i - 1] as number)
    const whose = owner[i] as number
    shares[whose] = (shares[whose] ?? 0) + ((at[i] as number) - before) / CIRCLE
  }
  return shares
}

const CIRCLE = 4294967296

/** Keys of the leader that a replica lacks or has in another state. */
function behind(keys: readonly KeyView[], leader: ProcessId, replica: ProcessId): number {
  const state = (key: KeyView, id: ProcessId): string =>
    stateText(key.copies.find(({ server, hintFor }) => server === id && hintFor === null)?.versions)
  return keys.filter((key) => state(key, leader) !== state(key, replica)).length
}

/** One key: where it lies, who owns it and who holds what. */
export function viewKey(
  world: World<Ring>,
  view: RingView,
  key: string,
  copies: readonly Copy[] = copiesByKey(world).get(key) ?? [],
): KeyView {
  const place = keyPlace(world.config, key)
  const servers = world.ids('server')
  const { owners, coming } = placement(world.config, view, servers, key, place)
  const own = new Map(copies.filter((copy) => copy.hintFor === null).map((copy) => [copy.server, copy.versions]))
  const states = owners.filter((id) => world.status(id) !== 'down').map((id) => stateText(own.get(id)))
  return { key, place, owners, coming, copies, agreed: new Set(states).size <= 1 }
}

/** All keys that anybody holds, in the order of their names. */
function viewKeys(world: World<Ring>, view: RingView): KeyView[] {
  const copies = copiesByKey(world)
  return [...copies.keys()].toSorted().map((key) => viewKey(world, view, key, copies.get(key)))
}

type Copy = KeyView['copies'][number]

function copiesByKey(world: World<Ring>): Map<string, Copy[]> {
  const copies = new Map<string, Copy[]>()
  const add = (key: string, copy: Copy): void => {
    const known = copies.get(key)
    if (known === undefined) copies.set(key, [copy])
    else known.push(copy)
  }
  for (const server of world.ids('server')) {
    const disk = diskOf(world, server)
    if (disk === null) continue
    // Past the generator: this is done for each picture, and most segments of a large ring are empty.
    for (const segment of disk.shelf.segments)
      for (const { key, versions } of segment) add(key, { server, versions, hintFor: null })
    for (const [hintFor, shelf] of Object.entries(disk.hints))
      for (const { key, versions } of items(shelf)) add(key, { server, versions, hintFor })
  }
  return copies
}

/** Equal for copies that hold the same versions. */
const stateText = (versions: Versions | undefined): string =>
  versions === undefined ? '' : versions.siblings.map(({ dot }) => `${dot.by}:${dot.n}`).join()
