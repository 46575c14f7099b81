import type { LabLoaders } from '../lab/definition.ts'
import type { FromEngine, ToEngine } from './messages.ts'
import { Session } from './session.ts'

/** A session without a worker: the host lends it a little time again and again by `later`. */
export function inlineSession(
  labs: LabLoaders,
  post: (message: FromEngine) => void,
  later: (go: () => void) => void,
  clock: () => number,
) {
  const session = new Session(labs, post, clock)
  let scheduled = false
  const go = (): void => {
    scheduled = false
    for (let i = 0; i < 8 && session.busy; i++) session.work()
    schedule()
  }
  const schedule = (): void => {
    if (scheduled || !session.busy) return
    scheduled = true
    later(go)
  }
  session.ready = schedule
  return {
    post(message: ToEngine): void {
      session.receive(message)
      schedule()
    },
  }
}
