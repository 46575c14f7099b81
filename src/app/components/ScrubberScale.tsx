import { type CSSProperties, memo } from 'react'
import type { Micros } from '../../base/units.ts'
import { formatTick, type Mark } from './scale.ts'

interface ScaleProps {
  step: Micros
  span: Micros
  marks: readonly Mark[]
}

/** Ticks of the clock, and a mark for each thing worth telling. */
export const ScrubberScale = memo(
  function ScrubberScale({ step, span, marks }: ScaleProps) {
    const ticks = Array.from({ length: Math.floor(span / step) + 2 }, (_, i) => i * step)
    return (
      <>
        {ticks.map((at) => (
          <span key={at} className="scrubber-tick" style={place(at)}>
            {formatTick(at, step)}
          </span>
        ))}
        {marks.map((mark) => (
          <i key={mark.story.seq} className="scrubber-mark" data-tone={mark.story.tone} style={place(mark.story.at)} />
        ))}
      </>
    )
  },
  (before, after) =>
    before.step === after.step &&
    before.marks === after.marks &&
    Math.floor(before.span / before.step) === Math.floor(after.span / after.step),
)

const place = (at: Micros): CSSProperties => ({ '--at': at }) as CSSProperties
