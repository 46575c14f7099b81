import type { Distribution } from '../base/random.ts'
import type { LabTypes, LinkSettings, Status } from './types.ts'
import type { Command } from './command.ts'

export type Lifecycle = Extract<Command<LabTypes>, { process: string }>['type'] &
  ('crash' | 'restart' | 'pause' | 'resume' | 'stall' | 'wipe')

/** Why nothing can be done with a process, in words. */
export const unknownProcess = (id: string): string => `there is no process called ${id}`

/** Why a process in this condition cannot be crashed, restarted and so on, in words; null if it can. */
export function lifecycleRefusal(what: Lifecycle, id: string, status: Status): string | null {
  switch (what) {
    case 'crash':
      return status === 'down' ? `${id} is already down` : null
    case 'restart':
    case 'wipe':
      return status === 'down' ? null : `${id} is running: crash it first`
    case 'pause':
    case 'stall':
      return status === 'up' ? null : `${id} is ${status}`
    case 'resume':
      return status === 'paused' || status === 'stalled' ? null : `${id} is ${status === 'up' ? 'running' : 'down'}`
  }
}

/** Why a network or a link cannot be set so, in words; null if it can. */
export function linkRefusal({ latency, loss, duplication, bandwidth, hold }: Partial<LinkSettings>): string | null {
  if (hold !== undefined && typeof hold !== 'boolean') return `hold must be true or false, not ${String(hold)}`
  if (loss !== undefined && !isShare(loss)) return `loss must be from 0 to 1, not ${loss}`
  if (duplication !== undefined && !isShare(duplication)) return `duplication must be from 0 to 1, not ${duplication}`
  if (bandwidth !== undefined && !isLength(bandwidth)) return `bandwidth must be 0 or more, not ${bandwidth}`
  return latency === undefined ? null : distributionRefusal('latency', latency)
}

/** Why nothing can take that long, in words; null if it can. */
export function distributionRefusal(what: string, of: Distribution): string | null {
  for (const [name, x] of Object.entries(of)) {
    if (typeof x === 'number' && !isLength(x)) return `${what}: ${name} must be 0 or more, not ${x}`
  }
  if (of.type === 'uniform' && of.max < of.min) return `${what}: max must not be below min, ${of.max} < ${of.min}`
  return null
}

const isShare = (x: number): boolean => x >= 0 && x <= 1
const isLength = (x: number): boolean => x >= 0 && Number.isFinite(x)
