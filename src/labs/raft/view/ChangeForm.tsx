import { useState } from 'react'
import type { ProcessId } from '../../../kernel/types.ts'
import type { LabProps } from '../../../ui/lab-view.ts'
import type { ConfigChange } from '../conf-change.ts'
import type { RaftView } from '../observe.ts'
import type { Part } from './describe.ts'
import { changeConfig, joinServer, partOf, whyNot } from './membership-actions.ts'
import { Tool } from '../../../ui/Tool.tsx'

const PARTS: readonly { part: Part; label: string; change: ConfigChange['type'] }[] = [
  { part: 'voter', label: 'voter', change: 'addVoter' },
  { part: 'learner', label: 'learner', change: 'addLearner' },
  { part: 'outside', label: 'left out', change: 'remove' },
]

/** Who is to take part: chosen server by server, then asked of the leader as one change or as a joint one. */
export function ChangeForm({ view, dispatch }: Pick<LabProps<RaftView>, 'view' | 'dispatch'>) {
  const [wanted, setWanted] = useState<Readonly<Record<ProcessId, Part>>>({})
  const [autoLeave, setAutoLeave] = useState(true)
  const changes = changesOf(view, wanted)
  const join = joinServer(view)
  const single = singleRefusal(view, changes)
  const joint = changes.length === 0 ? NOTHING : whyNot(view, view.membership?.enterJoint)
  const isJoint = (view.membership?.config.outgoing.length ?? 0) > 0
  const ask = (request: Parameters<typeof changeConfig>[1]) => {
    dispatch(changeConfig(view, request))
    setWanted({})
  }
  return (
    <fieldset className="raft-change">
      <legend>Change who takes part</legend>
      <div className="raft-change-servers">
        {view.servers.map(({ id }) => (
          <label key={id} data-changed={changes.some((change) => change.id === id) || undefined}>
            {id}
            <select
              className="select small"
              aria-label={`${id} is to be`}
              value={wanted[id] ?? partOf(view.membership, id)}
              onChange={(event) => setWanted({ ...wanted, [id]: event.target.value as Part })}
            >
              {PARTS.map(({ part, label }) => (
                <option key={part} value={part}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <div className="raft-change-deeds">
        <Deed label="Change one server" why={single} act={() => ask({ op: 'simple', changes })} />
        <Deed label="Joint change" why={joint} act={() => ask({ op: 'enterJoint', changes, autoLeave })} />
        <label className="raft-check">
          <input type="checkbox" checked={autoLeave} onChange={(event) => setAutoLeave(event.target.checked)} />
          left by itself
        </label>
        {isJoint && (
          <Deed
            label="Leave the joint configuration"
            why={whyNot(view, view.membership?.leaveJoint)}
            act={() => ask({ op: 'leaveJoint' })}
          />
        )}
        <Deed label={`Add a server, ${join.id}`} why={join.disabled} act={() => dispatch(join.command, join.also)} />
      </div>
      <p className="raft-note" role="status">
        {noteOf(changes.length, single, joint)}
      </p>
    </fieldset>
  )
}

const NOTHING = 'nothing is chosen to change'

function Deed({ label, why, act }: { label: string; why: string | null; act(): void }) {
  return (
    <Tool className="button small" disabled={why} onClick={act}>
      {label}
    </Tool>
  )
}

function changesOf(view: RaftView, wanted: Readonly<Record<ProcessId, Part>>): readonly ConfigChange[] {
  return view.servers.flatMap(({ id }) => {
    const to = PARTS.find(({ part }) => part === wanted[id])
    return to === undefined || to.part === partOf(view.membership, id) ? [] : [{ type: to.change, id }]
  })
}

/** Single-server changes change one (thesis §4.1); its own refusal is the leader's. */
function singleRefusal(view: RaftView, changes: readonly ConfigChange[]): string | null {
  const [change, another] = changes
  if (change === undefined) return whyNot(view, null) ?? NOTHING
  if (another !== undefined) return 'more than one server changes: that takes a joint change'
  return whyNot(view, view.membership?.servers[change.id]?.[change.type])
}

function noteOf(changes: number, single: string | null, joint: string | null): string {
  if (changes === 0) return 'Choose what a server is to be, then ask the leader for it.'
  if (single === null) return 'A single change will do; a joint one goes through both majorities.'
  return joint === null ? `Not as a single change: ${single}.` : `Not now: ${joint}.`
}
