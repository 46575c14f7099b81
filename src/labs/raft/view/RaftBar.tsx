import { memo, useEffect, useState } from 'react'
import type { ProcessId } from '../../../kernel/types.ts'
import { Icon } from '../../../ui/icons.tsx'
import type { LabProps } from '../../../ui/lab-view.ts'
import { later } from '../../../ui/later.ts'
import { WriteBar, WriteButton, type Wrong } from '../../../ui/write-bar/WriteBar.tsx'
import type { RaftView } from '../observe.ts'
import type { Command } from '../store.ts'
import { clientBeside, invoke, problemOf, READ_NAMES } from './actions.ts'
import { type Draft, setDraft, spend, useDraft } from './draft.ts'

const MoreOperations = later(async () => (await import('./MoreOperations.tsx')).MoreOperations, BarPlace)
const ReadMenu = later(async () => (await import('./ReadMenu.tsx')).ReadMenu, BarPlace)

/** Stands for whoever leads, in the list of servers. */
const LEADER = 'leader'
const NO_CLIENT: Wrong = { field: null, says: 'There is no client to ask.' }

type RaftBarProps = Pick<LabProps<RaftView>, 'view' | 'dispatch'>

/** What a client can ask, of which server. */
export function RaftBar({ view, dispatch }: LabProps<RaftView>) {
  return (
    <>
      <Spend clients={view.clients} />
      <Asking view={view} dispatch={dispatch} />
    </>
  )
}

/** What a menu has written is no longer the next value. The draft lives outside of the bar. */
function Spend({ clients }: { clients: RaftView['clients'] }) {
  const { key, value } = useDraft()
  const written = clients.some(({ text }) => text === `${key} ← ${value}`)
  useEffect(() => {
    if (written) spend({ key, value })
  }, [written, key, value])
  return null
}

/** Drawn again only when it reads otherwise: of a view it shows little. */
const Asking = memo(function Asking({ view, dispatch }: RaftBarProps) {
  const draft = useDraft()
  const { key, value, mode } = draft
  const [chosen, setChosen] = useState(LEADER)
  const [wrong, setWrong] = useState<Wrong | null>(null)
  /** Who was asked to ask while nobody led. */
  const [trying, setTrying] = useState<ProcessId | null>(null)

  const ask = (command: Command) => {
    const via = chosen === LEADER ? view.leader : chosen
    const client = clientOf(view, via)
    const problem = problemOf(command) ?? (client === null ? NO_CLIENT : null)
    setWrong(problem)
    if (problem !== null || client === null) return
    dispatch(invoke(client, command, via, mode))
    setTrying(view.leader === null ? client : null)
    if (command.type === 'put') spend(draft)
  }
  if (trying !== null && view.leader !== null) setTrying(null)
  const change = (next: Partial<Draft>) => {
    setDraft(next)
    setWrong(null)
  }
  return (
    <WriteBar
      draft={draft}
      onDraft={change}
      wrong={wrong}
      note={trying === null ? null : `No leader yet: ${trying} keeps trying.`}
      onWrite={() => ask({ type: 'put', key, value })}
    >
      <Icon name="arrow" size={14} />
      <select
        className="select raft-target"
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
      <WriteButton />
      <span className="raft-read" role="group" aria-label="Read">
        <button type="button" className="button" onClick={() => ask({ type: 'get', key })}>
          Read{mode !== null && ' '}
          {mode !== null && <small>{READ_NAMES[mode]}</small>}
        </button>
        <ReadMenu chosen={mode} set={view.settings.readMode} choose={(next) => setDraft({ mode: next })} />
      </span>
      <MoreOperations view={view} keyName={key} value={value} ask={ask} />
    </WriteBar>
  )
}, isSameAsking)

function isSameAsking(a: RaftBarProps, b: RaftBarProps): boolean {
  const [one, other] = [a.view, b.view]
  if (one === other) return a.dispatch === b.dispatch
  return (
    a.dispatch === b.dispatch &&
    one.leader === other.leader &&
    one.settings.readMode === other.settings.readMode &&
    one.servers.length === other.servers.length &&
    one.servers.every(({ id, status, store }, i) => {
      const server = other.servers[i]
      return id === server?.id && status === server.status && (id !== one.leader || store === server.store)
    }) &&
    one.clients.length === other.clients.length &&
    one.clients.every(({ id }, i) => id === other.clients[i]?.id)
  )
}

/** As wide as the button of a menu. */
function BarPlace() {
  return <span className="raft-bar-place" />
}

/** The client that stands beside the server that is asked. */
const clientOf = (view: RaftView, via: ProcessId | null): ProcessId | null =>
  (via === null ? null : clientBeside(view, via)) ?? view.clients[0]?.id ?? null
