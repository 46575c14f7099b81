import { type KeyboardEvent, type RefObject, useContext, useEffect, useRef, useState } from 'react'
import { formatDuration, ms } from '../../base/units.ts'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes } from '../../kernel/types.ts'
import type { ContentsField, MessageContents } from '../../lab/contents.ts'
import type { Flying } from '../../lab/world-view.ts'
import { AskWhy } from '../ask-why.ts'
import { useSize } from '../use-size.ts'
import { clamp, type Point } from './geometry.ts'
import { MessageDesk } from './message-desk.ts'
import { useStage } from './stage-context.ts'
import './flight-menu.css'

type MessageCommand = Extract<Command<LabTypes>, { type: 'message' }>

const WIDTH = 268
const MARGIN = 8
const DEEDS: readonly { label: string; hint: string; act: MessageCommand['do'] }[] = [
  { label: 'Deliver now', hint: '', act: 'deliver' },
  { label: 'Drop', hint: 'it never comes', act: 'drop' },
  { label: 'Duplicate', hint: 'it comes twice', act: 'duplicate' },
  ...[10, 50, 200].map(ms).map((delay) => ({ label: `Delay by ${formatDuration(delay)}`, hint: '', act: { delay } })),
]

/** What one message under way says and what can be done to it, at the place where it was when it was asked for. */
export function FlightMenu(props: {
  flight: Flying
  at: Point
  dispatch(command: Command<LabTypes>): void
  onClose(): void
}) {
  const { flight, at, dispatch, onClose } = props
  const { layout, scale } = useStage()
  const [start] = useState(at)
  const menu = useRef<HTMLDivElement>(null)
  // Only when it is laid out is it known how much room it takes.
  const height = (useSize(menu)?.height ?? 0) / scale
  const contents = useContents(flight.id)
  const ask = useContext(AskWhy)
  useFocusWithin(menu, onClose)
  return (
    <foreignObject
      x={clamp(start.x + 14, MARGIN, Math.max(MARGIN, layout.width - WIDTH - MARGIN))}
      y={clamp(start.y - 20, MARGIN, Math.max(MARGIN, layout.height - height - MARGIN))}
      width={WIDTH}
      height={Math.max(1, height)}
      style={{ overflow: 'visible' }}
    >
      <div className="menu flight-menu" ref={menu} style={{ maxHeight: layout.height - 2 * MARGIN }}>
        <div className="menu-title">
          <strong>{flight.type}</strong> {flight.from} to {flight.to}, {flight.bytes} bytes
        </div>
        <Contents contents={contents} />
        <div
          role="menu"
          tabIndex={-1}
          aria-label={`${flight.type} from ${flight.from} to ${flight.to}`}
          onKeyDown={(event) => walk(event, menu.current, flight.id, onClose)}
        >
          {ask !== null && (
            <button type="button" className="menu-item" role="menuitem" tabIndex={-1} onClick={askAndClose}>
              Why?<span className="hint">what it came of</span>
            </button>
          )}
          <Deeds contents={contents} onDo={act} />
        </div>
      </div>
    </foreignObject>
  )

  function act(deed: MessageCommand['do']): void {
    dispatch({ type: 'message', id: flight.id, do: deed })
    onClose()
  }

  function askAndClose(): void {
    ask?.({ type: 'message', id: flight.id, sentAt: flight.sentAt })
    onClose()
  }
}

/** The arrows walk through the menu; Escape and Tab leave it for the message. */
function walk(event: KeyboardEvent, menu: HTMLElement | null, flight: string, onClose: () => void): void {
  const items = [...(menu?.querySelectorAll('button') ?? [])]
  const now = items.indexOf(document.activeElement as HTMLButtonElement)
  const next = target(event.key, now, items.length)
  if (next !== null) items[next]?.focus()
  if (event.key === 'Escape' || event.key === 'Tab') {
    onClose()
    document.querySelector<SVGElement>(`[data-message="${CSS.escape(flight)}"]`)?.focus()
  }
  if (next !== null || event.key === 'Escape' || event.key === 'Tab') event.preventDefault()
  event.stopPropagation()
}

/** The keyboard goes on in the menu, and outside of it a press closes it. */
function useFocusWithin(menu: RefObject<HTMLElement | null>, onClose: () => void): void {
  // The focus and presses elsewhere belong to the document.
  useEffect(() => {
    menu.current?.querySelector('button')?.focus({ preventScroll: true })
    const onPress = (event: Event) => {
      if (!(event.target instanceof Node) || !menu.current?.contains(event.target)) onClose()
    }
    window.addEventListener('pointerdown', onPress, true)
    return () => window.removeEventListener('pointerdown', onPress, true)
  }, [menu, onClose])
}

function Deeds({ contents, onDo }: { contents: Read; onDo(deed: MessageCommand['do']): void }) {
  return DEEDS.map(({ label, hint, act }) => {
    const disabled = refusal(contents, act)
    return (
      <button
        key={label}
        type="button"
        className="menu-item"
        role="menuitem"
        tabIndex={-1}
        aria-disabled={disabled === null ? undefined : true}
        onClick={() => disabled === null && onDo(act)}
      >
        {label}
        <span className="hint">{disabled ?? hint}</span>
      </button>
    )
  })
}

/** Undefined until the engine has answered; null for a message that is gone. */
type Read = MessageContents | null | undefined

function useContents(id: string): Read {
  const desk = useContext(MessageDesk)
  const [contents, setContents] = useState<Read>(undefined)
  // Time and the engine are outside of React: the one stands still and the other is asked while the menu is open.
  useEffect(() => {
    if (desk === null) return
    let open = true
    void desk.read(id).then((read) => {
      if (open) setContents(read)
    })
    const release = desk.hold()
    return () => {
      open = false
      release()
    }
  }, [desk, id])
  return contents
}

function Contents({ contents }: { contents: Read }) {
  if (contents === undefined) return null
  if (contents === null) return <p className="flight-gone">It has arrived, or is lost.</p>
  return (
    <dl className="flight-contents">
      {contents.fields.map((field) => (
        <ContentsRow key={field.name} {...field} />
      ))}
    </dl>
  )
}

function ContentsRow({ name, value }: ContentsField) {
  return (
    <div>
      <dt>{name}</dt>
      {typeof value === 'string' ? <dd>{value}</dd> : value.map((line) => <dd key={line}>{line}</dd>)}
    </div>
  )
}

function refusal(contents: Read, act: MessageCommand['do']): string | null {
  if (contents === null) return 'it is no longer under way'
  return act === 'deliver' ? (contents?.undeliverable ?? null) : null
}

function target(key: string, now: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return (now + 1) % count
    case 'ArrowUp':
      return (now - 1 + count) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
