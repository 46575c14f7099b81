import { monitor } from '../../../check/monitor.ts'
import { type Event, eventCode, eventSet, HANDLED } from '../../../kernel/event.ts'
import { formatDuration, type Micros, SECOND } from '../../../base/units.ts'
import type { World } from '../../../kernel/types.ts'
import type { Raft } from '../types.ts'
import { lastIndex } from '../entry.ts'
import { serverState } from '../observe.ts'
import { isQuorum, stateAfter } from './memory.ts'

/** Since when nobody has led and nothing has gone wrong from outside. */
interface Memory {
  since: Micros
}

export const leaderElected = monitor<Raft, Memory>({
  name: 'A Leader Is Elected',
  says: 'While a majority is up and connected, somebody leads within twenty election timeouts and a second.',
  source:
    'Raft paper §5.2, §5.6 (broadcast time ≪ election timeout); a liveness property, so the limit is this laboratory’s',
  on: [...HANDLED, 'crashed', 'cut', 'mended', 'paused', 'resumed', 'stalled', 'changed', 'adjusted'],
  begin: () => ({ since: 0 }),
  copy: ({ since }) => ({ since }),
  watch(memory, event, world) {
    if (disturbs(event) || leads(event, world)) {
      memory.since = event.at
      return null
    }
    const waited = event.at - memory.since
    if (waited <= 20 * world.config.electionTimeoutMax + SECOND) return null
    memory.since = event.at
    const up = upServers(world)
    if (!canElect(world, up) || !inTouch(world, up)) return null
    return {
      text: `nobody has led for ${formatDuration(waited)}, though ${up.join(', ')} are up and connected`,
      nodes: up,
    }
  },
})

const disturbs = ({ type }: Event<Raft>): boolean => (CALM & (1 << eventCode(type))) === 0

/** What happens of itself. */
const CALM = eventSet(HANDLED.filter((type) => type !== 'started'))

function leads(event: Event<Raft>, world: World<Raft>): boolean {
  return stateAfter(event, world)?.role === 'leader'
}

const upServers = (world: World<Raft>) => world.ids('server').filter((id) => world.status(id) === 'up')

/** Whether those that are up are a quorum for whoever of them has the longest log. */
function canElect(world: World<Raft>, up: readonly string[]): boolean {
  const states = up.map((id) => serverState(world, id)).filter((state) => state !== null)
  const [longest] = states.toSorted((a, b) => lastIndex(b.log) - lastIndex(a.log))
  return longest !== undefined && isQuorum(longest, (id) => up.includes(id))
}

/** Where one message in three is lost, nothing is promised. */
function inTouch(world: World<Raft>, servers: readonly string[]): boolean {
  return world.network.loss < 0.3 && servers.every((from) => servers.every((to) => !world.isCut(from, to)))
}
