import type { LabTypes } from '../../kernel/types.ts'
import type { AtOnce } from '../../lab/definition.ts'
import { actions } from '../actions.ts'
import { momentOnShow } from '../playback.ts'
import { useStore } from '../store.ts'
import { Tool } from './Tool.tsx'
import type { Shown } from './use-shown.ts'

/** What this lab can do to many servers at one instant. */
export function SettingsAtOnce({ shown }: { shown: Shown }) {
  const offers = offersOf(shown)
  if (offers.length === 0) return null
  const choose = (id: string) => {
    // As the world is now: it may have gone on since the last picture of this button.
    const { frame } = useStore.getState()
    const offer = frame === null ? undefined : offersOf({ ...shown, frame }).find((one) => one.id === id)
    if (offer !== undefined && offer.disabled === null) actions.dispatchAll(offer.commands)
  }
  return (
    <section className="settings-once" aria-label="All servers at once">
      {offers.map(({ id, label, says, disabled }) => (
        <div key={id}>
          <Tool disabled={disabled} title={says} onClick={() => choose(id)}>
            {label}
          </Tool>
          <p className="setting-says">{says}</p>
        </div>
      ))}
    </section>
  )
}

function offersOf({ lab, frame }: Shown): readonly AtOnce<LabTypes>[] {
  return lab.engine.atOnce?.(frame.view, frame.world, momentOnShow()?.at ?? frame.moment.at) ?? []
}
