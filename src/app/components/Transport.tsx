import { memo, useRef } from 'react'
import { formatInstant } from '../../base/units.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { later } from '../../ui/later.ts'
import { Icon } from '../../ui/icons.tsx'
import { BranchButton } from '../branches/BranchButton.tsx'
import { JumpButton } from '../jump/JumpButton.tsx'
import { ProgressNote } from './ProgressNote.tsx'
import { SpeedControl } from './SpeedControl.tsx'
import { Tool } from './Tool.tsx'
import { useCursor } from './use-cursor.ts'
import './transport.css'

const SpaceTimeZoom = later(async () => (await import('./SpaceTimeZoom.tsx')).SpaceTimeZoom)

/** Time in the hand: play, step, and how fast. */
export const Transport = memo(function Transport() {
  const playing = useStore((s) => s.playing)
  const ready = useStore((s) => (s.frame === null ? 'the lab is loading' : null))
  const begun = useStore((s) => (s.frame?.moment.steps ?? 0) > 0 || (s.frame?.moment.at ?? 0) > 0)
  const branched = useStore((s) => s.tree.branches.length > 0)
  const first = ready ?? (begun ? null : 'this is the start')
  return (
    <div className="transport" role="group" aria-label="Time" data-branched={branched || undefined}>
      <Tool className="icon-button" label="To the start" title="To the start (Home)" disabled={first} onClick={toStart}>
        <Icon name="start" />
      </Tool>
      <Tool label="Step back" title="One event back (←)" disabled={first} onClick={() => actions.step(-1)}>
        <Icon name="chevronLeft" />
        <span className="transport-word">step</span>
      </Tool>
      <Tool
        className="button primary transport-play"
        title={playing ? 'Pause (Space)' : 'Play (Space)'}
        disabled={ready}
        onClick={() => actions.toggle()}
      >
        <Icon name={playing ? 'pause' : 'play'} />
        {playing ? 'Pause' : 'Play'}
      </Tool>
      <Tool label="Step forward" title="One event forward (→)" disabled={ready} onClick={() => actions.step(1)}>
        <span className="transport-word">step</span>
        <Icon name="chevronRight" />
      </Tool>
      <JumpButton />
      <Clock />
      <SpeedControl />
      <ProgressNote />
      <BranchButton />
      <SpaceTimeZoom />
    </div>
  )
})

const toStart = () => actions.seek(0)

function Clock() {
  const digits = useRef<HTMLTimeElement>(null)
  useCursor((now) => {
    if (digits.current !== null) digits.current.textContent = formatInstant(now)
  })
  return (
    <span className="clock">
      <time ref={digits}>{formatInstant(0)}</time>
      <small title="This clock is the simulation’s own">simulated</small>
    </span>
  )
}
