import type { Micros } from '../base/units.ts'
import type { Event } from '../kernel/event.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { Timeline } from './timeline.ts'

/** Everything that happened in an interval of a run, both ends included, rebuilt by executing it again. */
export function traceOf(timeline: Timeline, from: Micros, to: Micros): Event<LabTypes>[] {
  const events: Event<LabTypes>[] = []
  const observe = (event: Event<LabTypes>): void => {
    if (event.at >= from && event.at <= to) events.push(event)
  }
  const sim = timeline.replay(from, { wants: -1, observe })
  while (sim.step(to));
  return events
}
