import { type FormEvent, type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useRef } from 'react'
import { Icon } from '../icons.tsx'
import type { KeyValue } from './draft.ts'
import './write-bar.css'

/** Why nothing was asked, and which field is to blame. */
export interface Wrong {
  field: 'key' | 'value' | null
  says: string
}

interface WriteBarProps {
  draft: KeyValue
  onDraft(change: Partial<KeyValue>): void
  /** What is wrong with what was asked last. */
  wrong: Wrong | null
  /** Something else to be said. */
  note?: string | null
  onWrite(): void
  /** Whom to ask, and what else can be asked. */
  children: ReactNode
}

/** What a client can ask: a key, a value, and behind them whatever the lab has; Enter writes. */
export function WriteBar({ draft, onDraft, wrong, note = null, onWrite, children }: WriteBarProps) {
  const noteId = useId()
  const fields = { key: useRef<HTMLInputElement>(null), value: useRef<HTMLInputElement>(null) }
  // The field that is to blame is where the hand goes on. A new attempt is a new object.
  useEffect(() => {
    if (wrong?.field === 'key' || wrong?.field === 'value') fields[wrong.field].current?.focus()
    // oxlint-disable-next-line react/exhaustive-deps
  }, [wrong])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onWrite()
  }
  const field = (name: keyof KeyValue, label: string) => ({
    ref: fields[name],
    label,
    name,
    text: draft[name],
    noteId: wrong?.field === name ? noteId : null,
    onText: (text: string) => onDraft({ [name]: text }),
  })
  return (
    <form className="write-bar" aria-label="Client" onSubmit={submit} onKeyDown={leave} noValidate>
      <Field {...field('key', 'Key')} />
      <span aria-hidden="true">=</span>
      <Field {...field('value', 'Value')} />
      {children}
      <p id={noteId} className="write-bar-note" data-problem={wrong !== null || undefined} role="status">
        {wrong?.says ?? note}
      </p>
    </form>
  )
}

export function WriteButton() {
  return (
    <button type="submit" className="button primary">
      <Icon name="pencil" size={14} />
      Write
    </button>
  )
}

function Field(props: {
  ref: Ref<HTMLInputElement>
  label: string
  name: string
  text: string
  /** What says what is wrong with it; null if nothing is. */
  noteId: string | null
  onText(text: string): void
}) {
  const { ref, label, name, text, noteId, onText } = props
  return (
    <input
      ref={ref}
      className={`input mono ${name}`}
      aria-label={label}
      value={text}
      onChange={(event) => onText(event.target.value)}
      {...(noteId !== null && { 'aria-invalid': true, 'aria-describedby': noteId })}
    />
  )
}

/** Escape gives the keys back to the page. */
function leave(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
}
