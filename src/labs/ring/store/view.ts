import { mix, mixString, mixValue } from '../../../base/hash.ts'
import type { ProcessId } from '../../../kernel/types.ts'
import { hashFunctions, type HashName, position } from '../hash/functions.ts'
import { preferenceList } from '../partition/preference.ts'
import { Points } from '../partition/points.ts'

/**
 * What a server knows of the ring: who is in it and at which tokens. Spread by gossip, so servers may disagree for a while.
 * A value: a change makes another.
 */
export type RingView = Readonly<Record<ProcessId, Member>>

export interface Member {
  /** Its places on the circle of 2^32. */
  readonly tokens: readonly number[]
  readonly status: MemberStatus
  readonly rack: string | null
  /** Goes up with every change; of two entries for a server the higher one counts. */
  readonly version: number
}

/** Who joins or leaves is written to already or still, and not read from: its ranges are on their way. */
export type MemberStatus = 'joining' | 'normal' | 'leaving' | 'left'

/** The newer of two entries for each server. */
export function mergeViews(a: RingView, b: RingView): RingView {
  let merged: Record<ProcessId, Member> | null = null
  for (const id in b) {
    const theirs = b[id] as Member
    const ours = a[id]
    if (ours !== undefined && ours.version >= theirs.version) continue
    merged ??= { ...a }
    merged[id] = theirs
  }
  return merged ?? a
}

/** A digest of who is where, so that two servers see whether they agree. A view is a value, so its digest is kept. */
export function viewDigest(view: RingView): number {
  const known = digests.get(view)
  if (known !== undefined) return known
  let sum = 0
  for (const id in view) {
    const { version, status } = view[id] as Member
    sum = (sum + mixString(mix(mixString(1, id), version), status)) | 0
  }
  const digest = mix(sum, 0)
  digests.set(view, digest)
  return digest
}

/** A pure function's memory, which no run can tell. */
const digests = new WeakMap<RingView, number>()

/** The tokens of a server that nobody has moved: the hashes of its name and their numbers. */
export function tokensFor(id: ProcessId, count: number, hash: HashName): number[] {
  const by = hashFunctions[hash]
  return Array.from({ length: count }, (_, i) => position(by, `${id}-${i}`)).toSorted((a, b) => a - b)
}

/** The ring of these servers when nobody has moved a token. The last one is kept: a pure function's memory. */
export function ringOf(
  servers: readonly ProcessId[],
  { tokens, hash }: { tokens: number; hash: HashName },
  rack: (index: number) => string | null = () => null,
): RingView {
  const racks = servers.map((_, i) => rack(i))
  const key = `${hash} ${tokens} ${servers.join(' ')} ${racks.join()}`
  if (lastRing.key !== key) {
    const members = servers.map((id, i): [ProcessId, Member] => [
      id,
      { tokens: tokensFor(id, tokens, hash), status: 'normal', rack: racks[i] ?? null, version: 1 },
    ])
    lastRing.key = key
    lastRing.view = Object.fromEntries(members)
  }
  return lastRing.view
}

const lastRing: { key: string; view: RingView } = { key: '', view: {} }

/** A ring to look keys up in. */
export interface Circle {
  readonly points: Points
  readonly servers: readonly { readonly name: ProcessId; readonly rack?: string }[]
}

/** The first `n` distinct servers clockwise from a place, by this circle. */
export function clockwise({ points, servers }: Circle, place: number, n: number): ProcessId[] {
  if (points.length === 0) return []
  return preferenceList(points, servers, points.find(place), n).map((i) => (servers[i] as { name: ProcessId }).name)
}

/** The circle as it is: who reads are asked of. */
export const presentCircle = (view: RingView): Circle => circle(view, 'present')
/** The circle as it will be when all who join and leave have done so. */
export const comingCircle = (view: RingView): Circle => circle(view, 'coming')

/** Whether anybody is on the way in or out. */
export function isChanging(view: RingView): boolean {
  for (const id in view) {
    const { status } = view[id] as Member
    if (status === 'joining' || status === 'leaving') return true
  }
  return false
}

const COUNTED: Record<'present' | 'coming', readonly MemberStatus[]> = {
  present: ['normal', 'leaving'],
  coming: ['normal', 'joining'],
}

/** Circles are costly to build and the same for many servers, so a few are kept: a pure function's memory, which no run can tell. */
function circle(view: RingView, when: 'present' | 'coming'): Circle {
  const known = byView[when].get(view)
  if (known !== undefined) return known
  const members = Object.entries(view).filter(([, { status }]) => COUNTED[when].includes(status))
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  const key = mixValue(0, members)
  let found = byContent.get(key)?.find((other) => sameMembers(other.members, members))?.circle
  if (found === undefined) {
    found = build(members)
    if (byContent.size > 64) byContent.clear()
    byContent.set(key, [...(byContent.get(key) ?? []), { members, circle: found }])
  }
  byView[when].set(view, found)
  return found
}

type Entry = readonly [ProcessId, Member]

function build(members: readonly Entry[]): Circle {
  const at = Uint32Array.from(members.flatMap(([, { tokens }]) => tokens))
  const owner = Uint16Array.from(members.flatMap(([, { tokens }], i) => tokens.map(() => i)))
  const servers = members.map(([name, { rack }]) => (rack === null ? { name } : { name, rack }))
  return { points: new Points(at, owner), servers }
}

const sameMembers = (a: readonly Entry[], b: readonly Entry[]): boolean =>
  a.length === b.length && a.every(([id, m], i) => id === b[i]?.[0] && sameMember(m, b[i][1]))

const sameMember = (a: Member, b: Member): boolean =>
  a === b || (a.rack === b.rack && a.tokens.length === b.tokens.length && a.tokens.every((t, i) => t === b.tokens[i]))

const byView = { present: new WeakMap<RingView, Circle>(), coming: new WeakMap<RingView, Circle>() }
const byContent = new Map<number, { members: readonly Entry[]; circle: Circle }[]>()
