import type { EventOf } from '../kernel/event.ts'
import type { FlightView, LabTypes, TimerView, World } from '../kernel/types.ts'
import type { AnyLabCore } from '../lab/definition.ts'
import type { Fallen, Flying, WorldView } from '../lab/world-view.ts'

/** The world as every lab's stage draws it. */
export function viewWorld(lab: AnyLabCore, world: World<LabTypes>, lost: readonly Fallen[]): WorldView {
  const { processes } = world
  const isCrowd = processes.length > MOST_WITH_TIMERS
  return {
    processes: processes.map(({ id, role, beside }) => ({
      id,
      role,
      beside: beside ?? null,
      status: world.status(id),
      timers: isCrowd ? NO_TIMERS : world.timers(id),
      unsynced: world.unsynced(id),
    })),
    flights: world.flights().map((flight) => viewFlight(lab, flight)),
    lost,
    cuts: world.cuts(),
    workload: world.workload,
    config: world.config,
    network: world.network,
    disk: world.disk,
  }
}

/** In a crowd nobody can see timers run, and they would be most of what a picture has to carry. */
const MOST_WITH_TIMERS = 100
const NO_TIMERS: readonly TimerView[] = []

/** A message that has just died, with as much of its flight as the event tells. */
export function viewLoss(lab: AnyLabCore, event: EventOf<LabTypes, 'lost'>): Fallen {
  const { message, process: from, to, id, at, sentAt, arrivesAt, bytes } = event
  const flying = viewFlight(lab, {
    id,
    from,
    to,
    message,
    bytes,
    sentAt,
    arrivesAt,
    endsAt: at,
    held: false,
    turn: null,
  })
  return { ...flying, why: event.why }
}

function viewFlight(lab: AnyLabCore, flight: Omit<FlightView<LabTypes['message']>, 'fate'>): Flying {
  const { id, from, to, message, bytes, sentAt, arrivesAt, endsAt, held, turn } = flight
  return {
    id,
    from,
    to,
    type: message.type,
    label: lab.label(message),
    hue: lab.hue(message),
    bytes,
    sentAt,
    arrivesAt,
    endsAt,
    held,
    turn,
  }
}
