import { type KeyboardEvent, type FormEvent, useId, useRef, useState } from 'react'
import type { ProcessId } from '../../../kernel/types.ts'
import { Icon } from '../../../ui/icons.tsx'
import type { LabProps } from '../../../ui/lab-view.ts'
import type { RaftView } from '../observe.ts'
import type { Command } from '../store.ts'
import { invoke } from './actions.ts'
import { MoreOperations } from './MoreOperations.tsx'

/** Stands for whoever leads, in the list of servers. */
const LEADER = 'leader'

/** What a client can ask, of which server. */
export function RaftBar({ view, dispatch }: LabProps<RaftView>) {
  const [key, setKey] = useState('x')
  const [value, setValue] = useState('1')
  const [chosen, setChosen] = useState(LEADER)
  const [problem, setProblem] = useState<string | null>(null)
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
    dispatch(invoke(client, command, via))
    if (command.type === 'put' && /^\d+$/.test(value)) setValue(String(Number(value) + 1))
  }
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
        onChange={(e) => setKey(e.target.value)}
        {...(problemOf({ type: 'get', key }) === null ? {} : invalid)}
      />
      <span aria-hidden="true">=</span>
      <input
        ref={valueField}
        className="input mono value"
        aria-label="Value"
        value={value}
        onChange={(e) => setValue(e.target.value)}
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
      <button type="button" className="button" onClick={() => ask({ type: 'get', key })}>
        Read
      </button>
      <MoreOperations view={view} keyName={key} value={value} ask={ask} />
      <p id={problemId} className="raft-bar-problem" role="status">
        {problem}
      </p>
    </form>
  )
}

/** What is wrong with a command, in words, and in which field. */
function problemOf(command: Command): { field: 'key' | 'value'; says: string } | null {
  if ('key' in command && !/^\w{1,12}$/.test(command.key)) {
    return { field: 'key', says: 'A key is 1 to 12 letters, digits or _.' }
  }
  if ('value' in command && !/^\S{1,24}$/.test(command.value)) {
    return { field: 'value', says: 'A value is 1 to 24 characters without spaces.' }
  }
  return null
}

/** The client that stands beside the server that is asked. */
function clientOf(view: RaftView, via: ProcessId | null): ProcessId | null {
  const index = view.servers.findIndex(({ id }) => id === via)
  return view.clients[Math.max(0, index)]?.id ?? view.clients[0]?.id ?? null
}

/** Escape gives the keys back to the page. */
function leave(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
}
