import { broken } from '../base/assert.ts'
import { ln } from '../base/math.ts'
import { drawUnit, Random, stream } from '../base/random.ts'
import { SECOND } from '../base/units.ts'
import type { Core } from './core.ts'
import type { WorkDue } from './due.ts'
import type { KernelEnv } from './env.ts'
import { invoke } from './handlers.ts'
import type { Machine } from './machine.ts'
import type { LabTypes, Workload } from './types.ts'

/** Starts, changes or ends the workload; the operations keep counting, so that no two draw alike. */
export function setWorkload<T extends LabTypes>(core: Core<T>, workload: Workload | null): void {
  core.workload = workload
  core.workGeneration++
  if (workload !== null && workload.rate > 0) scheduleWork(core, workload)
}

/**
 * Invokes the next operation at a client that is idle; if none is, the tick passes unused. It counts as a step all the same,
 * or a step would never end while all clients are down.
 */
export function work<T extends LabTypes>(core: Core<T>, env: KernelEnv<T>, due: WorkDue): boolean {
  const { workload } = core
  if (workload === null || due.generation !== core.workGeneration) return false
  const n = core.workCount
  scheduleWork(core, workload)
  let idle = 0
  for (const m of core.machines) if (isIdleClient(m)) idle++
  if (idle === 0) return true
  const random = new Random(stream(core.seed, `operation ${n}`))
  const client = idleClient(core, random.int(idle))
  const operation = core.engine.workload(random, n, workload)
  invoke(core, env, core.own(client.index), operation, 0)
  return true
}

function scheduleWork<T extends LabTypes>(core: Core<T>, workload: Workload): void {
  const n = core.workCount++
  const gap = Math.max(1, Math.round((-ln(1 - drawUnit(stream(core.seed, 'arrivals'), n)) * SECOND) / workload.rate))
  core.agenda.push({ type: 'work', at: core.now + gap, order: core.nextOrder(), generation: core.workGeneration })
}

/** The n-th of them, from 0. */
function idleClient<T extends LabTypes>({ machines }: Core<T>, n: number): Machine<T> {
  let before = n
  for (const m of machines) if (isIdleClient(m) && before-- === 0) return m
  return broken(`there are fewer than ${n + 1} idle clients`)
}

function isIdleClient<T extends LabTypes>(m: Machine<T>): boolean {
  return m.process.invoke !== undefined && m.status === 'up' && m.openOperations === 0
}
