import { useState } from 'react'
import { Icon } from '../../../ui/icons.tsx'
import type { LabProps } from '../../../ui/lab-view.ts'
import type { KeyValue } from '../../../ui/write-bar/draft.ts'
import { WriteBar, WriteButton, type Wrong } from '../../../ui/write-bar/WriteBar.tsx'
import type { Operation } from '../client.ts'
import type { RingLabView } from '../observe.ts'
import { clientOf, invoke, problemOf } from './actions.ts'
import { setDraft, spend, useDraft } from './draft.ts'
import { More } from './More.tsx'
import { setPick } from './pick.ts'

/** Stands for the server that the client stands beside. */
const ITS_OWN = ''
const NO_CLIENT: Wrong = { field: null, says: 'There is no client to ask.' }

/** What a client can ask, and which server coordinates it. */
export function RingBar({ view, dispatch }: LabProps<RingLabView>) {
  const draft = useDraft()
  const { key, value } = draft
  const [client, setClient] = useState('')
  const [via, setVia] = useState(ITS_OWN)
  const [wrong, setWrong] = useState<Wrong | null>(null)

  const ask = (operation: Operation) => {
    const who = view.clients.some(({ id }) => id === client) ? client : clientOf(view, via)
    const problem = problemOf(operation) ?? (who === null ? NO_CLIENT : null)
    setWrong(problem)
    if (problem !== null || who === null) return
    dispatch(invoke(who, via === ITS_OWN ? operation : { ...operation, via }))
    setPick({ key: operation.key })
    if (operation.type === 'put') spend(draft)
  }
  const change = (next: Partial<KeyValue>) => {
    setDraft(next)
    setWrong(null)
  }
  return (
    <WriteBar draft={draft} onDraft={change} wrong={wrong} onWrite={() => ask({ type: 'put', key, value })}>
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
      <WriteButton />
      <button type="button" className="button" onClick={() => ask({ type: 'get', key })}>
        Read
      </button>
      <More keyName={key} value={value} ask={ask} />
    </WriteBar>
  )
}
