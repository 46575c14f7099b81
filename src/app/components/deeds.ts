import { must } from '../../base/assert.ts'
import { lifecycleRefusal } from '../../kernel/refusal.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { WorldView } from '../../lab/world-view.ts'
import { among, linksAround, without } from './cuts.ts'
import type { Deed } from './heal.ts'

/** What the house can do with any process of any lab. The menu and the keys ask for the same deeds. */
export function deedsFor(world: WorldView, id: ProcessId): Deed[] {
  const links = linksAround(world.processes, id)
  const whole = without(links, world.cuts)
  const cut = among(links, world.cuts)
  return [
    { ...lifecycle(world, id, 'crash', 'Crash'), shortcut: 'C' },
    { ...lifecycle(world, id, 'restart', 'Restart'), shortcut: 'R' },
    { ...lifecycle(world, id, 'pause', 'Pause'), shortcut: 'P' },
    lifecycle(world, id, 'resume', 'Resume'),
    {
      id: 'disconnect',
      label: 'Disconnect',
      disabled:
        whole.length > 0 ? null : links.length === 0 ? `${id} has no links` : `all links of ${id} are cut already`,
      command: { type: 'cut', links: whole },
    },
    {
      id: 'reconnect',
      label: 'Reconnect',
      disabled: cut.length > 0 ? null : `no link of ${id} is cut`,
      command: { type: 'mend', links: cut },
    },
  ]
}

const COUNTERPART: Record<string, string> = { restart: 'crash', resume: 'pause', reconnect: 'disconnect' }

/** For a menu: of two that undo each other only what is possible; where neither is, the first with its reason. */
export function deedsAtHand(world: WorldView, id: ProcessId): Deed[] {
  const all = deedsFor(world, id)
  const isPossible = (name: string | undefined) => all.some((deed) => deed.id === name && deed.disabled === null)
  return all.filter((deed) => {
    if (deed.disabled === null) return true
    const opposite = Object.keys(COUNTERPART).find((name) => COUNTERPART[name] === deed.id)
    return COUNTERPART[deed.id] === undefined && !isPossible(opposite)
  })
}

function lifecycle(
  world: WorldView,
  id: ProcessId,
  type: 'crash' | 'restart' | 'pause' | 'resume',
  label: string,
): Deed {
  const { status } = must(
    world.processes.find((process) => process.id === id),
    `process ${id}`,
  )
  return { id: type, label, disabled: lifecycleRefusal(type, id, status), command: { type, process: id } }
}
