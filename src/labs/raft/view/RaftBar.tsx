import { type FormEvent, type KeyboardEvent, Suspense, useEffect, useId, useRef, useState } from 'react'
import type { ProcessId } from '../../../kernel/types.ts'
import { Icon } from '../../../ui/icons.tsx'
import type { LabProps } from '../../../ui/lab-view.ts'
import { later } from '../../../ui/later.ts'
import type { RaftView } from '../observe.ts'
import type { Command } from '../store.ts'
import { clientBeside, invoke, problemOf, READ_NAMES } from './actions.ts'
import { setDraft, spend, useDraft } from './draft.ts'

const MoreOperations = later(async () => (await import('./MoreOperations.tsx')).MoreOperations)
const ReadMenu = later(async () => (await import('./ReadMenu.tsx')).ReadMenu)

/** Stands for whoever leads, in the list of servers. */
const LEADER = 'leader'

/** What a client can ask, of which server. */
export function RaftBar({ view, dispatch }: LabProps<RaftView>) {
  const draft = useDraft()
  const { key, value, mode } = draft
  const [chosen, setChosen] = useState(LEADER)
  const [problem, setProblem] = useState<string | null>(null)
  /** Who was asked to ask while nobody led. */
  const [trying, setTrying] = useState<ProcessId | null>(null)
  const problemId = useId()
  const keyField = useRef<HTMLInputElement>(null)
  const valueField = useRef<HTMLInputElement>(null)

  const ask = (command: Command) => {
    const wrong = problemOf(command)
    setProblem(wrong?.says ?? null)
    if (wrong !== null) return (wrong.field === 'key' ? keyField : valueField).current?.focus()
    const via = chosen === LEADER ? view.leader : chosen
    const client = clientOf(view, via)
    if (client === null) return setProblem('There is no client to ask.')
    dispatch(invoke(client, command, via, mode))
    setTrying(view.leader === null ? client : null)
    if (command.type === 'put') spend(draft)
  }
  if (trying !== null && view.leader !== null) setTrying(null)
  // What a menu has written is no longer the next value. The draft lives outside of the bar.
  const written = view.clients.some(({ text }) => text === `${key} ← ${value}`)
  useEffect(() => {
    if (written) spend({ key, value })
  }, [written, key, value])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask({ type: 'put', key, value })
  }
  const invalid = problem === null ? {} : ({ 'aria-invalid': true, 'aria-describedby': problemId } as const)
  return (
    <form className="raft-bar" aria-label="Client" onSubmit={submit} onKeyDown={leave} noValidate>
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
      <Icon name="arrow" size={14} />
      <select
        className="select"
        aria-label="Ask which server"
        value={chosen}
        onChange={(e) => setChosen(e.target.value)}
      >
        <option value={LEADER}>{view.leader === null ? 'leader (none)' : `leader (${view.leader})`}</option>
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
      <span className="raft-read" role="group" aria-label="Read">
        <button type="button" className="button" onClick={() => ask({ type: 'get', key })}>
          Read{mode !== null && ' '}
          {mode !== null && <small>{READ_NAMES[mode]}</small>}
        </button>
        <Suspense fallback={<span className="raft-bar-place" />}>
          <ReadMenu chosen={mode} set={view.settings.readMode} choose={(next) => setDraft({ mode: next })} />
        </Suspense>
      </span>
      <Suspense fallback={<span className="raft-bar-place" />}>
        <MoreOperations view={view} keyName={key} value={value} ask={ask} />
      </Suspense>
      <p id={problemId} className="raft-bar-note" data-problem={problem !== null || undefined} role="status">
        {problem ?? (trying !== null && `No leader yet: ${trying} keeps trying.`)}
      </p>
    </form>
  )
}

/** The client that stands beside the server that is asked. */
const clientOf = (view: RaftView, via: ProcessId | null): ProcessId | null =>
  (via === null ? null : clientBeside(view, via)) ?? view.clients[0]?.id ?? null

/** Escape gives the keys back to the page. */
function leave(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
}
