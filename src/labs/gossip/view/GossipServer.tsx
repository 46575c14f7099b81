import { memo, useContext } from 'react'
import { formatDuration, formatInstant } from '../../../base/units.ts'
import { AskWhy } from '../../../ui/ask-why.ts'
import { Facts } from '../../../ui/Facts.tsx'
import type { LabProps } from '../../../ui/lab-view.ts'
import type { FocusView } from '../focus-view.ts'
import type { GossipView, ServerView } from '../observe.ts'
import { conditionOf } from './describe.ts'

/** All that one server knows: the one that is picked. */
export function GossipServer({ view, at, selected, onSelect }: LabProps<GossipView>) {
  const server = view.servers.find(({ id }) => id === selected)
  return (
    <>
      <section className="section">
        <div className="server-head">
          <h3>{server?.id ?? 'Nobody is picked'}</h3>
          {server !== undefined && <span className="dim">{conditionOf(server)}</span>}
          <select
            className="select small"
            aria-label="Server"
            value={selected ?? ''}
            onChange={(event) => onSelect(event.target.value === '' ? null : event.target.value)}
          >
            <option value="">nobody</option>
            <Names servers={view.servers} />
          </select>
        </div>
        <p className="gossip-sentence">{sentenceOf(server, view.focused)}</p>
      </section>
      {server !== undefined && view.focused !== null && (
        <Knowledge focus={view.focused} at={at} unknown={strangersOf(view)} />
      )}
    </>
  )
}

/** Made once for the same servers: there may be thousands, and a picture comes many times a second. */
const Names = memo(
  function Names({ servers }: Pick<GossipView, 'servers'>) {
    return servers.map(({ id }) => (
      <option key={id} value={id}>
        {id}
      </option>
    ))
  },
  (before, now) =>
    before.servers.length === now.servers.length && before.servers.every(({ id }, i) => id === now.servers[i]?.id),
)

function sentenceOf(server: ServerView | undefined, focus: FocusView | null): string {
  if (server === undefined) return 'Click a server to see the cluster through its eyes.'
  if (server.phase === 'left') return `${server.id} has left, and hears nothing any more.`
  if (focus === null) return `${server.id} is down. When it restarts it knows its name and its seeds.`
  if (server.status === 'paused') return `${server.id} is paused: it hears nothing, and its timers stand still.`
  if (server.status === 'stalled') return `${server.id} is stalled: its timers run, and what comes to it waits unread.`
  if (server.phase === 'joining') return `${server.id} is joining: it waits for an answer of its seeds.`
  const { probe } = focus
  if (probe === null) return `${server.id} waits for its next tick.`
  return probe.stage === 'direct'
    ? `${server.id} waits for an answer of ${probe.target}.`
    : `${server.id} had no answer from ${probe.target} and has asked others.`
}

function Knowledge({ focus, at, unknown }: { focus: FocusView; at: number; unknown: readonly string[] }) {
  const facts: [string, string][] = [
    ['Incarnation', String(focus.incarnation)],
    [
      'Health',
      `${focus.score} (0 is well, ${focus.maxHealth - 1} the worst): a probe may take ${focus.score + 1} × the interval`,
    ],
    ['Knows', `${focus.known} servers, itself and the dead included`],
    ['Probes', `${focus.probes}, ${focus.failedProbes} of them failed`],
    ['Sends', `${focus.sent.messages} messages and ${focus.sent.bytes} bytes a second`],
  ]
  return (
    <>
      <section className="section">
        <Health score={focus.score} most={focus.maxHealth} />
        <Facts facts={facts} />
      </section>
      <Suspicions focus={focus} at={at} />
      <Queue focus={focus} />
      <Members focus={focus} at={at} />
      <Strangers focus={focus} unknown={unknown} />
    </>
  )
}

function Health({ score, most }: { score: number; most: number }) {
  return (
    <p className="gossip-health" aria-hidden="true">
      {Array.from({ length: Math.min(16, most - 1) }, (_, i) => (
        <i key={i} data-on={i < score || undefined} />
      ))}
    </p>
  )
}

function Suspicions({ focus, at }: { focus: FocusView; at: number }) {
  if (focus.suspicions.length === 0) return null
  return (
    <section className="section">
      <h3 className="section-title">Suspicions</h3>
      <ul className="gossip-lines">
        {focus.suspicions.map(({ node, dueAt, confirmations, hopedFor }) => (
          <li key={node}>
            <strong>{node}</strong>:{' '}
            {dueAt === null ? 'no timer' : `${formatDuration(roughly(dueAt - at))} left to refute`}
            {hopedFor > 0 && `, confirmed by ${confirmations} of ${hopedFor}`}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Queue({ focus }: { focus: FocusView }) {
  return (
    <section className="section">
      <h3 className="section-title">Still to tell</h3>
      {focus.queue.length === 0 ? (
        <p className="dim">Nothing: it gossips no more until there is news.</p>
      ) : (
        <ul className="gossip-queue">
          {focus.queue.map(({ text, times }) => (
            <li key={text}>
              <span className="mono">{text}</span>
              <span className="dim">
                told {times} of {focus.limit} times
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Members({ focus, at }: { focus: FocusView; at: number }) {
  return (
    <section className="section">
      <h3 className="section-title">Member list</h3>
      <table className="gossip-members">
        <thead>
          <tr>
            <th scope="col">Server</th>
            <th scope="col">is</th>
            <th scope="col">incarnation</th>
            <th scope="col">since</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {focus.members.map(({ id, standing, incarnation, since }) => (
            <tr key={id} data-standing={standing}>
              <th scope="row">{id}</th>
              <td>{standing}</td>
              <td>{incarnation}</td>
              <td>{since > at ? '–' : formatInstant(since)}</td>
              <td>{id !== focus.id && since > 0 && <Why holder={focus.id} about={id} standing={standing} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {focus.members.length < focus.known && (
        <p className="dim">{focus.known - focus.members.length} more are alive in their first incarnation.</p>
      )}
    </section>
  )
}

/** Why it believes this of another. */
function Why({ holder, about, standing }: { holder: string; about: string; standing: string }) {
  const ask = useContext(AskWhy)
  if (ask === null) return null
  return (
    <button
      type="button"
      className="link-button"
      aria-label={`Why is ${about} ${standing} to ${holder}?`}
      onClick={() => ask({ type: 'item', process: holder, name: about })}
    >
      why?
    </button>
  )
}

const MOST_STRANGERS = 12

/** Whom it has forgotten, or has never heard of. */
function Strangers({ focus, unknown }: { focus: FocusView; unknown: readonly string[] }) {
  if (unknown.length === 0) return null
  return (
    <section className="section">
      <h3 className="section-title">Unknown to it</h3>
      <ul className="gossip-lines">
        {unknown.slice(0, MOST_STRANGERS).map((id) => (
          <li key={id}>
            <strong>{id}</strong> <Why holder={focus.id} about={id} standing="unknown" />
          </li>
        ))}
        {unknown.length > MOST_STRANGERS && <li className="dim">and {unknown.length - MOST_STRANGERS} more</li>}
      </ul>
    </section>
  )
}

const strangersOf = ({ servers }: GossipView): string[] =>
  servers.filter(({ believed }) => believed === 'unknown').map(({ id }) => id)

const roughly = (time: number): number => Math.max(0, Math.round(time / 100_000) * 100_000)
