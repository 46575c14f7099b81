import type { ProcessId, World } from '../../kernel/types.ts'
import { commonView, diskOf } from './cluster.ts'
import { keyPlace, placement } from './placement.ts'
import { items } from './store/shelf.ts'
import type { Versions } from './store/versions.ts'
import type { RingView } from './store/view.ts'
import type { Ring } from './types.ts'

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
export function viewKeys(world: World<Ring>, view: RingView): KeyView[] {
  const copies = copiesByKey(world)
  return [...copies.keys()].toSorted().map((key) => viewKey(world, view, key, copies.get(key)))
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

/** Keys of the leader that a replica lacks or has in another state. */
export function behind(keys: readonly KeyView[], leader: ProcessId, replica: ProcessId): number {
  const state = (key: KeyView, id: ProcessId): string =>
    stateText(key.copies.find(({ server, hintFor }) => server === id && hintFor === null)?.versions)
  return keys.filter((key) => state(key, leader) !== state(key, replica)).length
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
