import type { Micros } from '../../base/units.ts'
import type { ProcessId, Status, World } from '../../kernel/types.ts'
import type { ServerState } from './server.ts'
import type { Ping } from './types.ts'

/** What the screen needs: plain data, bounded by the number of processes. */
export interface PingView {
  servers: readonly ServerView[]
  clients: readonly ClientView[]
}

export interface ServerView {
  id: ProcessId
  status: Status
  /** The next one in the ring. */
  neighbour: ProcessId
  asked: number
  answered: number
  missed: number
  lastTook: Micros | null
  /** A ping is under way. */
  open: boolean
}

export interface ClientView {
  id: ProcessId
  requests: number
  open: number
}

export function observe(world: World<Ping>): PingView {
  return {
    servers: world.ids('server').map((id) => viewServer(world, id)),
    clients: world.ids('client').map((id) => viewClient(world, id)),
  }
}

export function serverState(world: World<Ping>, id: ProcessId): ServerState | null {
  const state = world.state(id)
  return state?.kind === 'server' ? state : null
}

function viewServer(world: World<Ping>, id: ProcessId): ServerView {
  const ids = world.ids('server')
  const self = serverState(world, id)
  return {
    id,
    status: world.status(id),
    neighbour: ids[(ids.indexOf(id) + 1) % ids.length] as ProcessId,
    asked: self?.asked ?? 0,
    answered: self?.answered ?? 0,
    missed: self?.missed ?? 0,
    lastTook: self?.lastTook ?? null,
    open: self !== null && self.open !== null,
  }
}

function viewClient(world: World<Ping>, id: ProcessId): ClientView {
  const state = world.state(id)
  if (state?.kind === 'client') return { id, requests: state.requests, open: state.open.size }
  return { id, requests: world.durable(id)?.requests ?? 0, open: 0 }
}
