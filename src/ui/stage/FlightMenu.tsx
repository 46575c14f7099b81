import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { formatDuration, ms } from '../../base/units.ts'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes } from '../../kernel/types.ts'
import type { Flying } from '../../lab/world-view.ts'
import { clamp, type Point } from './geometry.ts'
import { useStage } from './stage-context.ts'

type MessageCommand = Extract<Command<LabTypes>, { type: 'message' }>

const WIDTH = 218
const HEIGHT = 208
const DELAY = ms(50)
const DEEDS: readonly { label: string; hint: string; act: MessageCommand['do'] }[] = [
  { label: 'Deliver now', hint: '', act: 'deliver' },
  { label: 'Drop', hint: 'it never comes', act: 'drop' },
  { label: 'Duplicate', hint: 'it comes twice', act: 'duplicate' },
  { label: 'Delay', hint: `by ${formatDuration(DELAY)}`, act: { delay: DELAY } },
]

/** What can be done to one message under way, in a small menu at the place where it was when it was asked for. */
export function FlightMenu(props: {
  flight: Flying
  at: Point
  dispatch(command: Command<LabTypes>): void
  onClose(): void
}) {
  const { flight, at, dispatch, onClose } = props
  const { layout } = useStage()
  const [place] = useState(at)
  const menu = useRef<HTMLDivElement>(null)
  // The keyboard goes on in the menu, and outside of it a press closes it.
  useEffect(() => {
    menu.current?.querySelector('button')?.focus()
    const onPress = (event: Event) => {
      if (!(event.target instanceof Node) || !menu.current?.contains(event.target)) onClose()
    }
    window.addEventListener('pointerdown', onPress, true)
    return () => window.removeEventListener('pointerdown', onPress, true)
  }, [onClose])
  return (
    <foreignObject
      x={clamp(place.x + 14, 8, layout.width - WIDTH - 8)}
      y={clamp(place.y - 20, 8, layout.height - HEIGHT - 8)}
      width={WIDTH}
      height={HEIGHT}
      style={{ overflow: 'visible' }}
    >
      <div
        ref={menu}
        className="menu"
        role="menu"
        tabIndex={-1}
        aria-label={`${flight.type} from ${flight.from} to ${flight.to}`}
        onKeyDown={onKeyDown}
      >
        <div className="menu-title">
          {flight.type}, {flight.from} to {flight.to}, {flight.bytes} bytes
        </div>
        {DEEDS.map(({ label, hint, act }) => (
          <button
            key={label}
            type="button"
            className="menu-item"
            role="menuitem"
            onClick={() => {
              dispatch({ type: 'message', id: flight.id, do: act })
              onClose()
            }}
          >
            {label}
            <span className="hint">{hint}</span>
          </button>
        ))}
      </div>
    </foreignObject>
  )

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') onClose()
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) moveFocus(menu.current, step)
    if (step !== 0 || event.key === 'Escape') event.preventDefault()
    event.stopPropagation()
  }
}

function moveFocus(menu: HTMLElement | null, step: number): void {
  const items = [...(menu?.querySelectorAll('button') ?? [])]
  const now = items.indexOf(document.activeElement as HTMLButtonElement)
  items[(now + step + items.length) % items.length]?.focus()
}
