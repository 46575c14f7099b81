import { useRef } from 'react'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { FASTEST, formatSpeed, fromSlider, SLOWEST, toSlider } from './speed.ts'

/** Seconds of the simulation per second before the screen, a hundredth to a hundred, or as fast as it goes. */
export function SpeedControl() {
  const speed = useStore((s) => s.speed)
  const max = !Number.isFinite(speed)
  const before = useRef(1)
  const toggleMax = () => {
    if (!max) before.current = speed
    actions.setSpeed(max ? before.current : Number.POSITIVE_INFINITY)
  }
  return (
    <div className="speed">
      <label>
        <span className="speed-word">speed</span>
        <input
          type="range"
          className="slider"
          aria-label="Speed"
          min={toSlider(SLOWEST)}
          max={toSlider(FASTEST)}
          step={0.05}
          value={toSlider(speed)}
          aria-valuetext={max ? 'as fast as it goes' : `${formatSpeed(speed)} simulated seconds per second`}
          onChange={(event) => actions.setSpeed(fromSlider(Number(event.currentTarget.value)))}
        />
      </label>
      <output title="Simulated seconds per second">{formatSpeed(speed)}</output>
      <button
        type="button"
        className="button quiet small speed-max"
        aria-pressed={max}
        title="As fast as it goes"
        onClick={toggleMax}
      >
        max
      </button>
    </div>
  )
}
