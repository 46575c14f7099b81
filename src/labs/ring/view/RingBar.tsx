import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react'
import { Icon } from '../../../ui/icons.tsx'
import type { LabProps } from '../../../ui/lab-view.ts'
import type { Operation } from '../client.ts'
import type { RingLabView } from '../observe.ts'
import { clientOf, invoke, problemOf } from './actions.ts'
import { setDraft, spend, useDraft } from './draft.ts'
import { More } from './More.tsx'
import { setPick } from './pick.ts'

/** Stands for the server that the client stands beside. */
const ITS_OWN = ''

/** What a client can ask, and which server coordinates it. */
export function RingBar({ view, dispatch }: LabProps<RingLabView>) {
  const draft = useDraft()
  const { key, value } = draft
  const [client, setClient] = useState('')
  const [via, setVia] = useState(ITS_OWN)
  const [problem, setProblem] = useState<string | null>(null)
  const problemId = useId()
  const keyField = useRef<HTMLInputElement>(null)
  const valueField = useRef<HTMLInputElement>(null)

  const ask = (operation: Operation) => {
    const wrong = problemOf(operation)
    setProblem(wrong?.says ?? null)
    if (wrong !== null) return (wrong.field === 'key' ? keyField : valueField).current?.focus()
    const who = view.clients.some(({ id }) => id === client) ? client : clientOf(view, via)
    if (who === null) return setProblem('There is no client to ask.')
    dispatch(invoke(who, via === ITS_OWN ? operation : { ...operation, via }))
    setPick({ key: operation.key })
    if (operation.type === 'put') spend(draft)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask({ type: 'put', key, value })
  }
  const invalid = problem === null ? {} : ({ 'aria-invalid': true, 'aria-describedby': problemId } as const)
  return (
    <form className="ring-bar" aria-label="Client" onSubmit={submit} onKeyDown={leave} noValidate>
      <input
        ref={keyField}
        className="input mono key"
        aria-label="Key"
        value={key}
        onChange={(e) => setDraft({ key: e.target.value })}
        {...(problemOf({ type: 'get', key }) === null ? {} : invalid)}
      />
      <span aria-hidden="true">=</span>
      <input
        ref={valueField}
        className="input mono value"
        aria-label="Value"
        value={value}
        onChange={(e) => setDraft({ value: e.target.value })}
        {...(value.trim() === '' ? invalid : {})}
      />
      <select className="select" aria-label="Client" value={client} onChange={(e) => setClient(e.target.value)}>
        <option value="">any client</option>
        {view.clients.map(({ id }) => (
          <option key={id}>{id}</option>
        ))}
      </select>
      <Icon name="arrow" size={14} />
      <select className="select" aria-label="Coordinator" value={via} onChange={(e) => setVia(e.target.value)}>
        <option value={ITS_OWN}>its server</option>
        {view.servers.map(({ id, status }) => (
          <option key={id} value={id}>
            {status === 'down' ? `${id} (down)` : id}
          </option>
        ))}
      </select>
      <button type="submit" className="button primary">
        <Icon name="pencil" size={14} />
        Write
      </button>
      <button type="button" className="button" onClick={() => ask({ type: 'get', key })}>
        Read
      </button>
      <More keyName={key} value={value} ask={ask} />
      <p id={problemId} className="ring-bar-note" role="status">
        {problem}
      </p>
    </form>
  )
}

/** Escape gives the keys back to the page. */
function leave(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
}
