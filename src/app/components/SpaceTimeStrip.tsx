import { memo, type Ref, useMemo, useRef } from 'react'
import type { Micros } from '../../base/units.ts'
import { RunStrip, type StripHandle, type StripRail } from '../../ui/lanes/RunStrip.tsx'
import { useSize } from '../../ui/use-size.ts'
import type { PageState } from '../state.ts'
import { useStore } from '../store.ts'
import { marksOf } from './scale.ts'
import { useSlowly } from './use-throttled.ts'

/** Pixels of the strip that stories share. */
const BIN = 3
/** How often the strip of a run that plays takes up what is new. */
const STRIP_MS = 200

interface SpaceTimeStripProps {
  handle: Ref<StripHandle>
  /** The length that it stands for. */
  span: Micros
  rails: readonly StripRail[]
  onSeek(at: Micros): void
  onRail(id: number): void
  onHold(held: boolean): void
}

/** The strip of the whole run, which alone of the diagram follows what is told. */
export const SpaceTimeStrip = memo(function SpaceTimeStrip(props: SpaceTimeStripProps) {
  const { handle, span, rails, onSeek, onRail, onHold } = props
  const place = useRef<HTMLDivElement>(null)
  const width = useSize(place)?.width ?? 0
  const pace = useStore((s) => (s.playing ? STRIP_MS : 0))
  const stories = useSlowly(storiesOf, pace)
  const marks = useMemo(
    () =>
      marksOf(stories, (BIN * span) / Math.max(1, width)).map(({ story }) => ({
        key: story.seq,
        at: story.at,
        tone: story.tone,
      })),
    [stories, span, width],
  )
  return (
    <div ref={place} className="space-time-strip">
      <RunStrip ref={handle} {...{ span, width, marks, rails, onSeek, onRail, onHold }} />
    </div>
  )
})

const storiesOf = ({ stories }: PageState): PageState['stories'] => stories
