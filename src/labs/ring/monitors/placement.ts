import { monitor } from '../../../check/monitor.ts'
import type { ProcessId, World } from '../../../kernel/types.ts'
import { diskOf } from '../cluster.ts'
import { allKeys } from '../key-view.ts'
import { keyPlace, placement } from '../placement.ts'
import type { RingView } from '../store/view.ts'
import type { Ring } from '../types.ts'

/** Consistent hashing in one sentence. */
export const onlyItsShareMoves = monitor<Ring, null>({
  name: 'Only its share moves',
  says: 'A join gives keys to the newcomer alone, and a leave takes keys from the leaver alone: no key moves between two others.',
  source: 'Karger et al. 1997',
  on: ['noted'],
  begin: () => null,
  copy: () => null,
  watch(_memory, event, world) {
    if (event.type !== 'noted' || world.config.layout !== 'ring') return null
    if (event.note.type !== 'joined' && event.note.type !== 'left') return null
    const view = diskOf(world, event.process)?.view
    if (view === undefined) return null
    const mover = event.process
    const wasThere = event.note.type === 'left'
    const moved = allKeys(world).find((key) => changesElsewhere(world, view, key, mover, wasThere))
    if (moved === undefined) return null
    const text = `when ${mover} ${wasThere ? 'left' : 'joined'}, ${moved} moved between two other servers`
    return { text, nodes: [mover] }
  },
})

/** Whether a key's owners change by more than the one who comes or goes, and the one who makes room or steps in. */
function changesElsewhere(
  world: World<Ring>,
  view: RingView,
  key: string,
  mover: ProcessId,
  wasThere: boolean,
): boolean {
  const member = view[mover]
  if (member === undefined) return false
  const owners = (status: 'normal' | 'left'): readonly ProcessId[] =>
    placement(
      world.config,
      { ...view, [mover]: { ...member, status } },
      world.ids('server'),
      key,
      keyPlace(world.config, key),
    ).owners
  const [before, after] = wasThere ? [owners('normal'), owners('left')] : [owners('left'), owners('normal')]
  const came = after.filter((id) => !before.includes(id))
  const went = before.filter((id) => !after.includes(id))
  return wasThere ? went.some((id) => id !== mover) : came.some((id) => id !== mover)
}
