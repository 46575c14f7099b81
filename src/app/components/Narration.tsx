import type { Fired } from '../../engine/messages.ts'
import type { Script } from '../../lab/script.ts'
import { useStore } from '../store.ts'

/** What the scenario says about the moment on show: the latest of its words that have come true by now. */
export function Narration() {
  const script = useStore((s) => s.script)
  const told = useStore((s) => latestTold(s.script, s.fired, s.frame?.moment.at ?? 0))
  const part = script[told]
  if (part === undefined) return null
  return (
    <section key={told} className="narration" aria-label="Narration">
      {part.title !== null && <h2>{part.title}</h2>}
      {part.say !== null && <p>{part.say}</p>}
    </section>
  )
}

function latestTold(script: Script, fired: readonly Fired[], at: number): number {
  const told = fired.findLast((one) => {
    const part = script[one.index]
    return one.at <= at && part !== undefined && (part.title !== null || part.say !== null)
  })
  return told?.index ?? -1
}
