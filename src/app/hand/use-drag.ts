import { type PointerEvent, useEffect, useRef, useState } from 'react'
import type { Command } from '../../kernel/command.ts'
import type { LabTypes, MessageId } from '../../kernel/types.ts'
import { onMessage, putBefore, type Tray } from './trays.ts'

/** A message in the hand: how far it was carried, and where it would go. */
export interface Dragged {
  id: MessageId
  receiver: string
  dx: number
  dy: number
  target: Target | null
}

export type Target = { type: 'deliver' } | { type: 'drop' } | { type: 'before'; id: MessageId | null }

/** A pointer that moved less than this has clicked. */
const STILL = 5

/**
 * Carries a message: onto its receiver on the stage or the head of its tray it is delivered, onto the bin dropped, between
 * others of its tray put there. Escape lays it back.
 */
export function useDrag(dispatch: (command: Command<LabTypes>) => void) {
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const press = useRef<{ x: number; y: number; tray: Tray; id: MessageId; carried: boolean } | null>(null)
  const wasCarried = useRef(false)

  const end = () => {
    press.current = null
    setDragged(null)
  }
  // Escape may be pressed wherever the focus is.
  useEffect(() => {
    if (dragged === null) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      event.preventDefault()
      press.current = null
      setDragged(null)
    }
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [dragged])

  const handlers = (tray: Tray, id: MessageId) => ({
    onPointerDown(event: PointerEvent<HTMLElement>) {
      wasCarried.current = false
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      press.current = { x: event.clientX, y: event.clientY, tray, id, carried: false }
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const now = press.current
      if (now === null) return
      const [dx, dy] = [event.clientX - now.x, event.clientY - now.y]
      if (!now.carried && Math.hypot(dx, dy) < STILL) return
      now.carried = true
      wasCarried.current = true
      setDragged({ id, receiver: tray.receiver, dx, dy, target: targetAt(event.clientX, event.clientY, tray, id) })
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const now = press.current
      end()
      if (now === null || !now.carried) return
      const target = targetAt(event.clientX, event.clientY, now.tray, now.id)
      const command = target === null ? null : commandOf(target, now.tray, now.id)
      if (command !== null) dispatch(command)
    },
    onPointerCancel: end,
  })
  /** Whether the click that comes now ended a drag, and means nothing else. */
  const isDragEnd = () => wasCarried.current
  return { dragged, handlers, isDragEnd }
}

function commandOf(target: Target, tray: Tray, id: MessageId): Command<LabTypes> | null {
  if (target.type === 'drop') return onMessage(id, 'drop')
  if (target.type === 'deliver') return tray.closed === null ? onMessage(id, 'deliver') : null
  return putBefore(tray, id, target.id)
}

function targetAt(x: number, y: number, { receiver, waiting }: Tray, id: MessageId): Target | null {
  for (const element of document.elementsFromPoint(x, y)) {
    if (element.closest('[data-hand-bin]') !== null) return { type: 'drop' }
    const server = element.closest<SVGElement | HTMLElement>('[data-server], [data-hand-door]')
    const name = server?.dataset['server'] ?? server?.dataset['handDoor']
    if (name !== undefined) return name === receiver ? { type: 'deliver' } : null
    const other = element.closest<HTMLElement>('[data-hand-place]')
    if (other === null || other.dataset['handPlace'] === id) continue
    const place = waiting.findIndex((one) => one.id === other.dataset['handPlace'])
    if (place < 0) return null
    const box = other.getBoundingClientRect()
    const next = y > box.top + box.height / 2 ? waiting[place + 1] : waiting[place]
    return { type: 'before', id: next?.id ?? null }
  }
  return null
}
