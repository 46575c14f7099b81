import type { ProcessId, World } from '../../../kernel/types.ts'
import { commonView } from '../cluster.ts'
import { keyPlace } from '../placement.ts'
import { lookUp } from '../store/shelf.ts'
import type { Version, Versions } from '../store/versions.ts'
import type { Ring } from '../types.ts'

/** What would be left of a key on each server after a crash of all of them, hints included. Who has left counts only for its hints. */
export function durableCopies(world: World<Ring>, key: string): { server: ProcessId; versions: Versions }[] {
  const place = keyPlace(world.config, key)
  const view = commonView(world)
  const copies: { server: ProcessId; versions: Versions }[] = []
  for (const server of world.ids('server')) {
    const disk = world.durable(server)
    if (disk === null) continue
    const own = view[server]?.status === 'left' ? [] : [disk.shelf]
    const shelves = [...own, ...Object.values(disk.hints)]
    for (const shelf of shelves) {
      const versions = lookUp(shelf, key, place)
      if (versions !== null) copies.push({ server, versions })
    }
  }
  return copies
}

export const durableVersions = (world: World<Ring>, key: string): Version[] =>
  durableCopies(world, key).flatMap(({ versions }) => versions.siblings)
