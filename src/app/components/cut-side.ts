import { fail, ok, type Result } from '../../base/result.ts'
import type { Link, ProcessId } from '../../kernel/types.ts'

export type CutWay = 'both' | 'out' | 'in'

/** More links than this would make every picture of the run slow. */
export const MOST_LINKS = 20_000

/**
 * The servers that a text names, in their own order: `g1 g2 g9`, `g1-g50`, or both. What is wrong with it is said in a
 * sentence: a name that there is not, nobody named, everybody named.
 */
export function readSide(text: string, servers: readonly ProcessId[]): Result<ProcessId[]> {
  const places = new Map(servers.map((id, i) => [id, i]))
  const named = new Set<ProcessId>()
  for (const word of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const [first, last = first] = word.split(/[-–]/).map((id) => places.get(id))
    if (first === undefined || last === undefined || first > last)
      return fail(
        `One side: expected servers, such as ${servers[0]} or ${servers[0]}-${servers[2]}, found “${word.slice(0, 40)}”.`,
      )
    for (const id of servers.slice(first, last + 1)) named.add(id)
  }
  if (named.size === 0) return fail(`One side: expected the names of servers, such as ${servers[0]}-${servers[2]}.`)
  if (named.size === servers.length) return fail('One side: all servers are named, and nobody is left on the other.')
  return ok(servers.filter((id) => named.has(id)))
}

/** The links between one side and all others; as few as `MOST_LINKS` allows, or a sentence. */
export function linksOfSide(side: readonly ProcessId[], servers: readonly ProcessId[], way: CutWay): Result<Link[]> {
  const named = new Set(side)
  const others = servers.filter((id) => !named.has(id))
  const count = side.length * others.length * (way === 'both' ? 2 : 1)
  if (count > MOST_LINKS)
    return fail(
      `One side: ${count.toLocaleString('en')} links would be cut, and ${MOST_LINKS.toLocaleString('en')} can be. Name fewer servers.`,
    )
  return ok(
    side.flatMap((id) =>
      others.flatMap((other) => [
        ...(way === 'in' ? [] : [{ from: id, to: other }]),
        ...(way === 'out' ? [] : [{ from: other, to: id }]),
      ]),
    ),
  )
}
