import { SECOND, type Micros } from '../base/units.ts'
import { eventSet, type EventOf } from '../kernel/event.ts'
import type { LabTypes } from '../kernel/types.ts'
import type { AnyLabCore } from '../lab/definition.ts'
import type { Fallen } from '../lab/world-view.ts'
import { viewLoss } from './world-view.ts'

/** The messages that died a short while ago, so that the eye can see where. */
export class LossMemory {
  #fallen: Fallen[] = []

  add(lab: AnyLabCore, event: EventOf<LabTypes, 'lost'>): void {
    this.#fallen.push(viewLoss(lab, event))
    if (this.#fallen.length > 2 * MOST) this.#fallen = this.#fallen.slice(-MOST)
  }

  /** Those that died within the last moments before `now`. */
  at(now: Micros): readonly Fallen[] {
    return this.#fallen.filter((loss) => loss.endsAt > now - REMEMBERED).slice(-MOST)
  }

  copy(): LossMemory {
    const twin = new LossMemory()
    twin.#fallen = this.#fallen.slice()
    return twin
  }
}

export const LOSSES = eventSet(['lost'])

const REMEMBERED: Micros = SECOND / 5
const MOST = 50
