import { monitor } from '../../../check/monitor.ts'
import { ms, toMs, type Micros } from '../../../base/units.ts'
import type { ProcessId, World } from '../../../kernel/types.ts'
import { isLive } from '../beliefs.ts'
import type { ServerState } from '../state.ts'
import { suspicionTimeout } from '../timing.ts'
import type { Gossip } from '../types.ts'

/** What a server did since it began its present probe: how many it asked to ping for it. */
type Asked = Map<ProcessId, { target: ProcessId; helpers: number; since: Micros }>

/** A server accuses another on a probe of its own only after it has asked others. */
export const suspicionAfterAsking = monitor<Gossip, Asked>({
  name: 'Suspicion only after asking others',
  says: 'Who suspects another on a probe of its own has asked others that it believes alive to ping it first.',
  source: 'SWIM §3.1',
  on: ['sent', 'noted'],
  begin: () => new Map(),
  copy: (memory) => new Map([...memory].map(([id, asked]) => [id, { ...asked }])),
  watch(memory, event, world) {
    if (event.type === 'sent') {
      const { process: id, message, to } = event
      const asked = memory.get(id)
      // Its own probe, and no ping on behalf of another.
      if (message.type === 'Ping' && world.state(id)?.probe?.seq === message.seq)
        memory.set(id, { target: to, helpers: 0, since: event.at })
      else if (message.type === 'IndirectPing' && asked?.target === message.target) asked.helpers++
      return null
    }
    if (event.type !== 'noted' || event.note.type !== 'probeFailed') return null
    const { process: id, note } = event
    const asked = memory.get(id)
    if (asked === undefined || asked.target !== note.node || asked.helpers > 0) return null
    if (world.configOf(id).indirectChecks === 0 || !couldAsk(world, id, note.node, asked.since)) return null
    return { text: `${id} gives up on ${note.node} and has asked nobody else`, nodes: [id, note.node] }
  },
})

/** Whether it believed another one alive all the while since it began. */
function couldAsk(world: World<Gossip>, id: ProcessId, target: ProcessId, begun: Micros): boolean {
  const members = world.state(id)?.members
  if (members === undefined || members.slots > MAX_COMPARED) return false
  for (const [name, { standing, since }] of members.members()) {
    if (name !== id && name !== target && standing === 'alive' && since < begun) return true
  }
  return false
}

const MAX_COMPARED = 200

/** For each server: the number of its probe when it last probed each other one, or first could. */
type Turns = Map<ProcessId, Map<ProcessId, number>>

/** Round-robin: whoever is believed alive all the time has its turn within 2 n − 1 probes. */
export const probedInTime = monitor<Gossip, Turns>({
  name: 'Probed within 2n − 1 probes',
  says: 'No server makes 2 n − 1 probes without one of each server that it believes alive all the while.',
  source: 'SWIM §4.3',
  on: ['started', 'expired'],
  begin: () => new Map(),
  copy: (memory) => new Map([...memory].map(([id, turns]) => [id, new Map(turns)])),
  watch(memory, event, world) {
    if (event.type === 'started') memory.delete(event.process)
    if (event.type !== 'expired' || event.timer !== 'probe') return null
    const id = event.process
    const self = world.state(id)
    if (self === null || self.members.slots > MAX_COMPARED) return null
    const turns = memory.get(id) ?? new Map<ProcessId, number>()
    memory.set(id, turns)
    const passed = takeTurns(turns, id, self)
    if (passed === null) return null
    const bound = 2 * self.members.slots - 1
    return {
      text: `${id} has made ${passed.probes} probes without one of ${passed.node}; ${bound} are the bound`,
      nodes: [id, passed.node],
    }
  },
})

/** Notes who had a turn, and finds somebody who should have had one. */
function takeTurns(
  turns: Map<ProcessId, number>,
  id: ProcessId,
  self: ServerState,
): { node: ProcessId; probes: number } | null {
  const target = self.probe?.stage === 'direct' ? self.probe.target : null
  let passed: { node: ProcessId; probes: number } | null = null
  // One that is forgotten begins anew when it comes back.
  for (const node of turns.keys()) if (self.members.get(node) === undefined) turns.delete(node)
  for (const [node, { standing }] of self.members.members()) {
    if (node === id) continue
    const since = turns.get(node)
    if (standing === 'dead' || standing === 'left') turns.delete(node)
    else if (node === target || since === undefined) turns.set(node, self.probes)
    else if (self.probes - since > 2 * self.members.slots - 1) {
      passed = { node, probes: self.probes - since }
      turns.set(node, self.probes)
    }
  }
  return passed
}

/** Since when each server is down, and since when each that is up runs without a break and undisturbed. */
interface Lives {
  down: Map<ProcessId, Micros>
  calm: Map<ProcessId, Micros>
}

/** Every crash is found by every live server in bounded time, by its own probes if by nothing else. */
export const strongCompleteness = monitor<Gossip, Lives>({
  name: 'Strong completeness',
  says: 'No server that runs believes a crashed one alive for longer than its own probing and patience can take.',
  source: 'SWIM §3.1, §4.3',
  on: ['crashed', 'started', 'paused', 'stalled', 'resumed', 'changed', 'acted', 'expired'],
  begin: () => ({ down: new Map(), calm: new Map() }),
  copy: ({ down, calm }) => ({ down: new Map(down), calm: new Map(calm) }),
  watch(memory, event, world) {
    if (event.type === 'changed') memory.calm.clear()
    if (!('process' in event)) return null
    const id = event.process
    if (event.type === 'crashed') memory.down.set(id, event.at)
    if (event.type === 'started') memory.down.delete(id)
    if (event.type !== 'expired' || !memory.calm.has(id)) memory.calm.set(id, event.at)
    if (event.type !== 'expired' || event.timer !== 'probe' || !isLive(world, id)) return null
    const blind = overlooked(memory, id, world)
    return blind === null
      ? null
      : { text: `${id} still believes ${blind} alive, long after its crash`, nodes: [id, blind] }
  },
})

function overlooked({ down, calm }: Lives, id: ProcessId, world: World<Gossip>): ProcessId | null {
  const self = world.state(id)
  if (self === null || down.size === 0) return null
  const bound = patience(world, id, self)
  const from = calm.get(id) ?? world.now
  for (const [node, since] of down) {
    const held = self.members.get(node)
    if (held === undefined || held.standing === 'dead' || held.standing === 'left') continue
    // A word of its earlier life may come late and lift it again: the time runs from when it came to stand so.
    if (world.now - Math.max(from, since, held.since) > bound) return node
  }
  return null
}

/** The turn comes within 2 n − 1 probes, each as long as the worst health makes it; then the longest suspicion. */
function patience(world: World<Gossip>, id: ProcessId, { members }: ServerState): Micros {
  const config = world.configOf(id)
  const { probeInterval, suspicionMult } = config
  const n = members.slots
  const suspicion = ms(suspicionTimeout(suspicionMult, n, toMs(probeInterval)))
  const worst = config.localHealth ? config.maxHealth : 1
  const longest = config.dynamicSuspicion ? config.suspicionMaxMult : 1
  return (2 * n + 1) * worst * probeInterval + longest * suspicion
}
