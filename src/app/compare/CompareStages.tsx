import { memo, useMemo } from 'react'
import { formatInstant } from '../../base/units.ts'
import type { Frame } from '../../engine/messages.ts'
import type { LabProps } from '../../ui/lab-view.ts'
import { useScale } from '../components/use-shown.ts'
import type { PageState } from '../state.ts'
import { useStore } from '../store.ts'
import { compareCursor } from './compare-desk.ts'
import { type CompareSide, SIDES, useCompare } from './compare-state.ts'
import { openSide } from './open-side.ts'
import { Tool } from '../../ui/Tool.tsx'

/** The two clusters at one instant. They are looked at, not acted on: that is done in the run that is opened. */
export function CompareStages() {
  const sides = useCompare((s) => s.sides)
  const lab = useStore((s) => s.lab)
  if (sides === null || lab === null) return null
  return (
    <div className="compare-stages">
      {SIDES.map((i) => (
        <Side key={i} index={i} side={sides[i]} lab={lab} />
      ))}
    </div>
  )
}

type Lab = NonNullable<PageState['lab']>

function Side({ index, side, lab }: { index: 0 | 1; side: CompareSide; lab: Lab }) {
  const { name, frame } = side
  return (
    <section className="compare-side" aria-label={name}>
      <header>
        <h3>{name}</h3>
        <Tool
          className="button small"
          label={`Open ${name}`}
          disabled={frame === null ? 'it is still being played' : null}
          onClick={() => openSide(index)}
        >
          Open this one
        </Tool>
      </header>
      {frame === null ? (
        <p className="dim">It is being played…</p>
      ) : (
        <>
          <div className="compare-stage" inert>
            <Picture frame={frame} lab={lab} />
          </div>
          <InWords frame={frame} lab={lab} />
        </>
      )}
    </section>
  )
}

const nothing = (): void => undefined
/** Nothing can be reached in a picture that is inert. */
const idle: Pick<LabProps<unknown>, 'onSelect' | 'onOpenMenu' | 'dispatch' | 'setWindow' | 'study'> = {
  onSelect: nothing,
  onOpenMenu: nothing,
  dispatch: nothing,
  setWindow: nothing,
  study: () => nothing,
}

const Picture = memo(function Picture({ frame, lab }: { frame: Frame; lab: Lab }) {
  const playing = useCompare((s) => s.playing)
  const selected = useStore((s) => s.selected)
  const speed = useStore((s) => s.speed)
  const scale = useScale()
  const props = useMemo(
    () => ({
      view: frame.view,
      world: frame.world,
      at: frame.moment.at,
      cursor: compareCursor,
      playing,
      speed,
      scale,
      selected,
      ...idle,
    }),
    [frame, playing, speed, scale, selected],
  )
  return <lab.view.Stage {...props} />
})

/** What the picture shows, for who cannot see it. */
function InWords({ frame, lab }: { frame: Frame; lab: Lab }) {
  const servers = frame.world.processes.filter(({ beside }) => beside === null).slice(0, MOST_NAMED)
  return (
    <ul className="visually-hidden" aria-label={`At ${formatInstant(frame.moment.at)}`}>
      {servers.map(({ id }) => (
        <li key={id}>{lab.view.describe(frame.view, frame.world, id)}</li>
      ))}
    </ul>
  )
}

const MOST_NAMED = 12
