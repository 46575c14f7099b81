import { useRef } from 'react'
import type { Fired } from '../../engine/messages.ts'
import type { Script } from '../../lab/script.ts'
import { useMark } from '../../ui/use-mark.ts'
import { guideOf } from '../next-stop.ts'
import type { PageState } from '../state.ts'
import { useStore } from '../store.ts'

/** What the scenario says about the moment on show: the latest of its words that have come true by now. */
export function Narration() {
  const script = useStore((s) => s.script)
  const told = useStore((s) => latestTold(s.script, s.fired, s.frame?.moment.at ?? 0))
  const scenario = useStore((s) => s.scenario)
  const over = useStore((s) => isOver(s))
  const part = script[told]
  const embedded = useStore((s) => s.embedded)
  const guided = !embedded && guideOf(scenario) !== null
  const words = useRef<HTMLElement>(null)
  useMark(words, '.shell', 'data-narration', !guided && (part !== undefined || scenario !== null))
  // The words of a lesson or a challenge stand beside the stage; on a slide the title is all.
  if (guided) return null
  if (part === undefined) {
    if (scenario === null) return null
    return (
      <section ref={words} className="narration" aria-label="Narration">
        <h2>{scenario.title}</h2>
        {scenario.about !== '' && <p>{scenario.about}</p>}
      </section>
    )
  }
  return (
    <section ref={words} key={told} className="narration" aria-label="Narration">
      {part.title !== null && <h2>{part.title}</h2>}
      {part.say !== null && <p>{part.say}</p>}
      {over && <p className="narration-end">The scenario ends here.</p>}
    </section>
  )
}

/** All of its parts have come true, and its time is up. */
function isOver({ scenario, script, fired, frame }: PageState): boolean {
  if (scenario === null || frame === null || fired.length < script.length) return false
  return frame.moment.at >= scenario.until
}

function latestTold(script: Script, fired: readonly Fired[], at: number): number {
  const told = fired.findLast((one) => {
    const part = script[one.index]
    return one.at <= at && part !== undefined && (part.title !== null || part.say !== null)
  })
  return told?.index ?? -1
}
