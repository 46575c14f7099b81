import { clamp, distance, type Point } from '../../../ui/stage/geometry.ts'
import type { Layout } from '../../../ui/stage/layout.ts'

/** Where the circle of tokens lies: inside of the servers, or around the only one. */
export interface Space {
  centre: Point
  /** The band between these two radii is coloured by owner. */
  outer: number
  inner: number
  /** Keys lie on and just inside of this radius. */
  dots: number
  /** Whether there is room for words in the middle. */
  roomy: boolean
}

export function spaceOf(layout: Layout): Space {
  const { centre, servers, places, radius, width, height } = layout
  const edge = Math.min(centre.x, width - centre.x, centre.y, height - centre.y) - 26
  const near = servers.length < 2 ? edge : Math.min(...servers.map((id) => distance(centre, places.get(id) ?? centre)))
  const wide = servers.length < 2 ? edge : near - radius - (radius < 15 ? 30 : 21)
  const outer = clamp(Math.min(wide, edge + 10), 34, 320)
  const inner = outer - clamp(outer * 0.12, 7, 24)
  return { centre, outer, inner, dots: inner - 11, roomy: servers.length > 1 && inner > 96 }
}
