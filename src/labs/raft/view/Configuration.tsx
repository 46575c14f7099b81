import type { LabProps } from '../../../ui/lab-view.ts'
import type { ConfigurationView, RaftView, ServerView } from '../observe.ts'
import { ChangeForm } from './ChangeForm.tsx'

/** The configuration that a server goes by; and below it, what the leader can be asked to change. */
export function Configuration(props: LabProps<RaftView> & { server: ServerView }) {
  const { configuration } = props.server
  return (
    <section className="section" aria-label="Configuration">
      <h3 className="section-title">Configuration</h3>
      {configuration === null ? (
        <p className="raft-note first">It is down. When it restarts, it takes the configuration from its log.</p>
      ) : (
        <Sets configuration={configuration} me={props.server.id} />
      )}
      <ChangeForm {...props} />
    </section>
  )
}

function Sets({ configuration, me }: { configuration: ConfigurationView; me: string }) {
  const { voters, outgoing, learners, learnersNext, index, committed, autoLeave } = configuration
  const joint = outgoing.length > 0
  return (
    <div className="raft-sets" data-joint={joint || undefined}>
      {joint && <Members name="old voters" ids={outgoing} me={me} kind="voter" />}
      <Members name={joint ? 'new voters' : 'voters'} ids={voters} me={me} kind="voter" />
      <Members name="learners" ids={learners} me={me} kind="learner" />
      <Members name="learners to be" ids={learnersNext} me={me} kind="learner" />
      <p className="raft-note">
        {index === 0
          ? 'The cluster began with it.'
          : `Entry ${index}, ${committed ? 'committed' : 'not committed yet'}.`}
        {joint &&
          ` Joint: elections and commits need a majority of each set. ${autoLeave ? 'The leader leaves it by itself once it is committed.' : 'It stays until the leader is asked to leave it.'}`}
      </p>
    </div>
  )
}

function Members(props: { name: string; ids: readonly string[]; me: string; kind: 'voter' | 'learner' }) {
  const { name, ids, me, kind } = props
  if (ids.length === 0) return null
  return (
    <p className="raft-set" data-set={name}>
      <span>{name}</span>
      {ids.map((id) => (
        <b key={id} data-kind={kind} data-me={id === me || undefined}>
          {id}
        </b>
      ))}
    </p>
  )
}
