import { type FormEvent, type RefObject, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { predicatesOfHouse } from '../../lab/house-predicates.ts'
import type { JumpKind } from '../../engine/messages.ts'
import { Icon } from '../../ui/icons.tsx'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { runUntil } from './jump.ts'
import { kindsOf } from './kinds.ts'
import { Tool } from '../../ui/Tool.tsx'
import './jump.css'

interface JumpPanelProps {
  opener: RefObject<HTMLButtonElement | null>
  /** `back`: the focus should return to where it came from. */
  onClose(back: boolean): void
}

/** Back and forth from moment to moment of a kind, and on until a condition holds. It stays open: one jumps more than once. */
export function JumpPanel({ opener, onClose }: JumpPanelProps) {
  const panel = useRef<HTMLDivElement>(null)
  const lab = useStore((s) => s.lab?.engine ?? null)
  const close = useEffectEvent(onClose)
  // The focus, and presses outside, belong to the document.
  useEffect(() => {
    panel.current?.querySelector<HTMLElement>('button')?.focus()
    const onPress = ({ target }: PointerEvent) => {
      if (!(target instanceof Node)) return
      if (!panel.current?.contains(target) && !opener.current?.contains(target)) close(false)
    }
    document.addEventListener('pointerdown', onPress, true)
    return () => document.removeEventListener('pointerdown', onPress, true)
  }, [opener])
  if (lab === null) return null
  return (
    <div
      ref={panel}
      role="dialog"
      aria-label="Jump"
      className="jump-panel"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose(true)
      }}
    >
      <ul>
        {kindsOf(lab).map(({ to, label, says }) => (
          <li key={label} title={says}>
            <Pair to={to} label={label.toLowerCase()} />
            <span>{label}</span>
          </li>
        ))}
        <MessageRow />
      </ul>
      <Until patterns={[...lab.predicates, ...predicatesOfHouse(lab)].map(({ pattern }) => pattern)} />
    </div>
  )
}

function Pair({ to, label }: { to: JumpKind; label: string }) {
  return (
    <span className="jump-pair">
      <button
        type="button"
        className="icon-button"
        aria-label={`Last ${label}`}
        title={`Last ${label}`}
        onClick={() => actions.jump(to, -1)}
      >
        <Icon name="chevronLeft" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={`Next ${label}`}
        title={`Next ${label}`}
        onClick={() => actions.jump(to, 1)}
      >
        <Icon name="chevronRight" />
      </button>
    </span>
  )
}

/** A message of a kind: those under way are offered, any can be typed. */
function MessageRow() {
  const flights = useStore((s) => s.frame?.world.flights)
  const types = [...new Set((flights ?? []).map(({ type }) => type))].toSorted()
  const [typed, setTyped] = useState<string | null>(null)
  const type = typed ?? types[0] ?? ''
  const id = useId()
  return (
    <li title="A message of this type is sent.">
      <Pair to={{ message: type }} label={type === '' ? 'message' : type} />
      <label>
        Message
        <input
          className="jump-field"
          list={id}
          value={type}
          placeholder="type"
          onChange={({ target }) => setTyped(target.value.trim())}
        />
      </label>
      <datalist id={id}>
        {types.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </li>
  )
}

/** A condition of the scenarios' language. */
function Until({ patterns }: { patterns: readonly string[] }) {
  const [condition, setCondition] = useState('')
  const [said, setSaid] = useState<string | null>(null)
  const id = useId()
  const run = async (event: FormEvent) => {
    event.preventDefault()
    setSaid(null)
    setSaid(await runUntil(condition))
  }
  return (
    <form className="jump-until" onSubmit={(event) => void run(event)}>
      <label htmlFor={id}>Run until</label>
      <span>
        <input
          id={id}
          className="jump-field"
          list={`${id}-known`}
          value={condition}
          placeholder={patterns[0]}
          aria-invalid={said !== null || undefined}
          aria-describedby={`${id}-said`}
          onChange={({ target }) => setCondition(target.value)}
        />
        <Tool submits className="button small" disabled={condition.trim() === '' ? 'write a condition first' : null}>
          Run
        </Tool>
      </span>
      <datalist id={`${id}-known`}>
        {patterns.map((pattern) => (
          <option key={pattern} value={pattern} />
        ))}
      </datalist>
      <p id={`${id}-said`} role="alert">
        {said}
      </p>
    </form>
  )
}
