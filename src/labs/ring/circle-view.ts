import { mix } from '../../base/hash.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { RingConfig } from './config.ts'
import { rangeOf } from './placement.ts'
import type { Circle } from './store/view.ts'

/** Who owns which stretch of the circle, packed: a hundred servers have twenty-five thousand tokens, in every picture. */
export interface CircleView {
  /** Ends of the stretches on the circle of 2^32, ascending: a place belongs to the first that is at or after it, around. */
  at: Uint32Array
  /** Whose each is: an index into the servers of the picture. */
  owner: Uint16Array
  /** Equal for equal circles. */
  digest: number
}

/** The very points that keys are looked up in, with the owners by their places among `ids`. */
export function viewCircle(circle: Circle, ids: readonly ProcessId[]): CircleView {
  const names = ids.join()
  const known = byCircle.get(circle)
  if (known?.names === names) return known.view
  const { points, servers } = circle
  const place = new Map(ids.map((id, i) => [id, i]))
  const index = servers.map(({ name }) => place.get(name) ?? 0)
  const owner = points.owner.map((i) => index[i] as number)
  let digest = ids.length
  for (let i = 0; i < points.length; i++) digest = mix(mix(digest, points.at[i] as number), owner[i] as number)
  const view = { at: points.at, owner, digest }
  byCircle.set(circle, { names, view })
  return view
}

/** A pure function's memory, which no run can tell. */
const byCircle = new WeakMap<Circle, { names: string; view: CircleView }>()

/** Where the layout has no tokens: the 36 letters and digits and whose each is; null on a ring. */
export function viewRanges({ layout }: RingConfig, servers: number): readonly number[] | null {
  if (layout !== 'ranges') return null
  return Array.from(LETTERS, (letter) => rangeOf(letter, servers))
}

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz'

/** How much of the circle lies before each server's tokens. */
export function sharesOf({ at, owner }: CircleView, servers: number): number[] {
  const shares = Array.from({ length: servers }, () => 0)
  for (let i = 0; i < at.length; i++) {
    const before = i === 0 ? (at[at.length - 1] as number) - CIRCLE : (at[i - 1] as number)
    const whose = owner[i] as number
    shares[whose] = (shares[whose] ?? 0) + ((at[i] as number) - before) / CIRCLE
  }
  return shares
}

const CIRCLE = 4294967296
