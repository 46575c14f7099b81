import { lifecycleRefusal } from '../../kernel/refusal.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { WorldView } from '../../lab/world-view.ts'
import type { Deed } from './heal.ts'

/** So many times as long a slow server takes for each message. */
const SLOWNESS = 20
/** Of a clock at a fifth of its speed, and of one that is half as fast again, in parts per million. */
const FIFTH = -800_000
const FAST = 500_000

/** What befalls a process more rarely, and leaves it running: for a group of its own in the menu. */
export function furtherDeeds({ processes }: Pick<WorldView, 'processes'>, id: ProcessId): Deed[] {
  const status = processes.find((process) => process.id === id)?.status ?? 'down'
  const down = status === 'down' ? `${id} is down` : null
  const clock = (name: string, label: string, driftPpm: number): Deed => ({
    id: name,
    label,
    disabled: null,
    command: { type: 'clock', process: id, driftPpm },
  })
  return [
    {
      id: 'stall',
      label: 'Stall: messages wait unread',
      disabled: lifecycleRefusal('stall', id, status),
      command: { type: 'stall', process: id },
    },
    {
      id: 'slow',
      label: 'Slow down, 20 times',
      disabled: down,
      command: { type: 'slow', process: id, factor: SLOWNESS },
    },
    { id: 'brisk', label: 'As quick as before', disabled: down, command: { type: 'slow', process: id, factor: 1 } },
    clock('clock-slow', 'Clock at a fifth of its speed', FIFTH),
    clock('clock-fast', 'Clock half as fast again', FAST),
    clock('clock-right', 'Clock right again', 0),
    {
      id: 'wipe',
      label: 'Wipe the disk',
      disabled: lifecycleRefusal('wipe', id, status),
      command: { type: 'wipe', process: id },
    },
  ]
}
