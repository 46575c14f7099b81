import type { Micros } from '../../base/units.ts'
import type { ProcessId, Status, World } from '../../kernel/types.ts'
import type { Window } from '../../lab/definition.ts'
import type { Layout } from './config.ts'
import { keyPlace, placement } from './placement.ts'
import type { Durable, ServerState } from './state.ts'
import { items, lookUp } from './store/shelf.ts'
import type { Versions } from './store/versions.ts'
import { type Member, type MemberStatus, type RingView, viewDigest } from './store/view.ts'
import type { Ring } from './types.ts'

/** What the screen needs: plain data, bounded by the number of servers and by the window on the keys. */
export interface RingLabView {
  layout: Layout
  n: number
  r: number
  w: number
  servers: readonly ServerView[]
  /** All tokens, ascending, by the ring that most servers know. */
  tokens: readonly TokenView[]
  /** Whether all servers that are up know the same ring. */
  agreed: boolean
  keys: readonly KeyView[]
  /** How many keys there are; `keys` shows a window of them. */
  keyCount: number
  firstKey: number
  clients: readonly { id: ProcessId; open: number }[]
}

export interface TokenView {
  at: number
  server: ProcessId
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
  const digest = viewDigest(view)
  const all = allKeys(world)
  const firstKey = Math.max(0, Math.min(window['firstKey'] ?? 0, all.length - KEYS_SHOWN))
  const servers = ids.map((id) => viewServer(world, id, view, digest))
  const { layout, n, r, w } = world.config
  return {
    layout,
    n,
    r,
    w,
    servers,
    tokens: tokensOf(view),
    agreed: servers.every(({ status, differs }) => status === 'down' || !differs),
    keys: all.slice(firstKey, firstKey + KEYS_SHOWN).map((key) => viewKey(world, view, key)),
    keyCount: all.length,
    firstKey,
    clients: world.ids('client').map((id) => {
      const state = world.state(id)
      return { id, open: state?.kind === 'client' ? state.open.size : 0 }
    }),
  }
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
  return !hints && allKeys(world).every((key) => viewKey(world, view, key).agreed)
}

function tokensOf(view: RingView): TokenView[] {
  const tokens = Object.entries(view).flatMap(([server, member]) =>
    member.status === 'left' ? [] : member.tokens.map((at) => ({ at, server })),
  )
  return tokens.toSorted((a, b) => a.at - b.at)
}

function viewServer(world: World<Ring>, id: ProcessId, common: RingView, digest: number): ServerView {
  const self = serverState(world, id)
  const disk = diskOf(world, id)
  const member: Member | undefined = common[id] ?? disk?.view[id]
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
    differs: disk !== null && viewDigest(disk.view) !== digest,
  }
}

export function viewKey(world: World<Ring>, view: RingView, key: string): KeyView {
  const place = keyPlace(world.config, key)
  const servers = world.ids('server')
  const { owners, coming } = placement(world.config, view, servers, key, place)
  const copies = servers.flatMap((server) => copiesOf(world, server, key, place))
  const own = new Map(copies.filter((copy) => copy.hintFor === null).map((copy) => [copy.server, copy.versions]))
  const states = owners.filter((id) => world.status(id) !== 'down').map((id) => stateText(own.get(id)))
  return { key, place, owners, coming, copies, agreed: new Set(states).size <= 1 }
}

function copiesOf(world: World<Ring>, server: ProcessId, key: string, place: number): KeyView['copies'][number][] {
  const disk = diskOf(world, server)
  if (disk === null) return []
  const copies: KeyView['copies'][number][] = []
  const own = lookUp(disk.shelf, key, place)
  if (own !== null) copies.push({ server, versions: own, hintFor: null })
  for (const id in disk.hints) {
    const hint = disk.hints[id]
    const versions = hint && lookUp(hint, key, place)
    if (versions) copies.push({ server, versions, hintFor: id })
  }
  return copies
}

/** Equal for copies that hold the same versions. */
const stateText = (versions: Versions | undefined): string =>
  versions === undefined ? '' : versions.siblings.map(({ dot }) => `${dot.by}:${dot.n}`).join()
