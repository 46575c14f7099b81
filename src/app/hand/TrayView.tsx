import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { formatDuration, ms } from '../../base/units.ts'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes } from '../../kernel/types.ts'
import type { Flying } from '../../lab/world-view.ts'
import { hueColor } from '../../ui/hue.ts'
import { useTouchDrag } from '../../ui/use-touch-drag.ts'
import { actions } from '../actions.ts'
import { Menu, MenuItem } from '../components/Menu.tsx'
import { Tool } from '../components/Tool.tsx'
import { askWhy } from '../why/ask.ts'
import { moved, onMessage, type Tray } from './trays.ts'
import type { useDrag } from './use-drag.ts'

interface TrayViewProps {
  tray: Tray
  drag: ReturnType<typeof useDrag>
}

/** What waits at one door. The first is let in first. */
export function TrayView({ tray, drag }: TrayViewProps) {
  const { receiver, closed, waiting } = tray
  const { dragged } = drag
  const mine = dragged?.receiver === receiver ? dragged.target : null
  const all = waiting.map(({ id }) => onMessage(id, 'deliver'))
  return (
    <section className="hand-tray" aria-label={`Waiting at ${receiver}`}>
      <header data-hand-door={receiver} data-target={mine?.type === 'deliver' || undefined}>
        <h3>
          {receiver} <span className="dim">{waiting.length === 1 ? '1 waits' : `${waiting.length} wait`}</span>
        </h3>
        <Tool
          className="button small"
          label={`Deliver all that waits at ${receiver}`}
          disabled={closed}
          onClick={() => actions.dispatchAll(all)}
        >
          Deliver all
        </Tool>
      </header>
      <ol>
        {waiting.map((flight) => (
          <Chip key={flight.id} {...{ flight, tray, drag }} />
        ))}
        {mine?.type === 'before' && mine.id === null && <li className="hand-gap" aria-hidden="true" />}
      </ol>
    </section>
  )
}

/** One message: carried by the pointer, moved and dropped by keys, with all that can be done in its menu. */
function Chip({ flight, tray, drag }: TrayViewProps & { flight: Flying }) {
  const [open, setOpen] = useState(false)
  const chip = useRef<HTMLButtonElement>(null)
  const { id, type, label, from, hue } = flight
  const { dragged } = drag
  const carried = dragged?.id === id ? dragged : null
  const target = dragged?.receiver === tray.receiver ? dragged.target : null
  useFocusAfter(chip)
  useTouchDrag(chip)
  const close = (back: boolean) => {
    setOpen(false)
    if (back) chip.current?.focus()
  }
  return (
    <>
      {target?.type === 'before' && target.id === id && <li className="hand-gap" aria-hidden="true" />}
      <li data-hand-place={id} data-carried={carried === null ? undefined : ''}>
        <button
          ref={chip}
          type="button"
          className="hand-chip"
          data-chip={id}
          aria-haspopup="menu"
          aria-expanded={open}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
          style={{
            color: hueColor(hue),
            ...(carried !== null && { transform: `translate(${carried.dx}px, ${carried.dy}px)` }),
          }}
          {...drag.handlers(tray, id)}
          onClick={() => {
            if (!drag.isDragEnd()) setOpen(!open)
          }}
          onKeyDown={(event) => onKey(event, tray, id)}
        >
          <i />
          <span>
            <strong>{type}</strong> {label !== type && <span className="dim">{label}</span>}
          </span>
          <small>from {from}</small>
        </button>
        <Tool
          className="button small"
          label={`Deliver ${type} from ${from} to ${tray.receiver}`}
          disabled={tray.closed}
          onClick={() => actions.dispatch(onMessage(id, 'deliver'))}
        >
          Deliver
        </Tool>
        {open && <ChipMenu flight={flight} tray={tray} onClose={close} />}
      </li>
    </>
  )
}

const DELAYS = [10, 50, 200].map(ms)

function ChipMenu({ flight, tray, onClose }: { flight: Flying; tray: Tray; onClose(back: boolean): void }) {
  const { id, type, from } = flight
  const [up, down] = [moved(tray, id, -1), moved(tray, id, 1)]
  const place = useRef<HTMLDivElement>(null)
  // Where it ends is known only when it is laid out.
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), [])
  const choose = (command: Command<LabTypes> | null, byKey: boolean) => {
    if (command !== null) actions.dispatch(command)
    onClose(byKey)
  }
  const item = (text: string, command: Command<LabTypes> | null, disabled: string | null, shortcut?: string) => (
    <MenuItem disabled={disabled} shortcut={shortcut} onChoose={(byKey) => choose(command, byKey)}>
      {text}
    </MenuItem>
  )
  return (
    <div ref={place} className="hand-menu">
      <Menu label={`${type} from ${from}`} onClose={(how) => onClose(how === 'escaped')}>
        {item('Deliver now', onMessage(id, 'deliver'), tray.closed)}
        {item('Drop', onMessage(id, 'drop'), null, 'Delete')}
        {item('Duplicate', onMessage(id, 'duplicate'), null)}
        {DELAYS.map((delay) => (
          <MenuItem key={delay} onChoose={(byKey) => choose(onMessage(id, { delay }), byKey)}>
            Let it in {formatDuration(delay)} from now
          </MenuItem>
        ))}
        {item('Earlier', up, up === null ? 'it is the first' : null, 'Alt ↑')}
        {item('Later', down, down === null ? 'it is the last' : null, 'Alt ↓')}
        <MenuItem onChoose={() => askWhy({ type: 'message', id, sentAt: flight.sentAt })}>Why?</MenuItem>
      </Menu>
    </div>
  )
}

function onKey(event: KeyboardEvent<HTMLButtonElement>, tray: Tray, id: string): void {
  const command = commandFor(event, tray, id)
  const step = event.altKey ? undefined : { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (command === null && step === undefined) return
  event.preventDefault()
  event.stopPropagation()
  const chips = [...document.querySelectorAll<HTMLElement>('[data-chip]')]
  const at = chips.indexOf(event.currentTarget)
  if (step !== undefined) chips[at + step]?.focus()
  if (command === undefined || command === null) return
  if (event.key === 'Delete') (chips[at + 1] ?? chips[at - 1])?.focus()
  actions.dispatch(command)
}

function commandFor(event: KeyboardEvent, tray: Tray, id: string): Command<LabTypes> | null {
  if (event.key === 'Delete') return onMessage(id, 'drop')
  if (!event.altKey) return null
  if (event.key === 'ArrowUp') return moved(tray, id, -1)
  return event.key === 'ArrowDown' ? moved(tray, id, 1) : null
}

/** A button that is moved to another place loses the focus in some browsers: it takes it back. */
function useFocusAfter(chip: React.RefObject<HTMLButtonElement | null>): void {
  const had = useRef(false)
  // The focus belongs to the document.
  useEffect(() => {
    if (had.current && document.activeElement === document.body) chip.current?.focus()
    had.current = document.activeElement === chip.current
  })
}
