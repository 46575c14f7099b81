import { useEffect, useState } from 'react'
import { formatDuration } from '../../../base/units.ts'
import { Facts } from '../../../ui/Facts.tsx'
import type { LabProps } from '../../../ui/lab-view.ts'
import type { RingLabView, ServerView } from '../observe.ts'
import { act } from './actions.ts'
import { CIRCLE } from './arcs.ts'
import { ownerColor } from './colours.ts'
import { conditionOf, counted, hintCount, listed } from './describe.ts'
import { Tool } from '../../../ui/Tool.tsx'

/** All that one server holds and believes: the one that is picked, else the first. */
export function RingServer(props: LabProps<RingLabView>) {
  const { view, selected, onSelect, setWindow } = props
  const place = Math.max(
    0,
    view.servers.findIndex(({ id }) => id === selected),
  )
  // Only the tokens of the server on show come with the picture.
  useEffect(() => setWindow({ server: place }), [place, setWindow])
  const server = view.servers[place]
  if (server === undefined) return null
  return (
    <>
      <section className="section">
        <div className="server-head">
          <i style={{ background: ownerColor(place) }} />
          <h3>{server.id}</h3>
          <span className="dim">{conditionOf(view, server)}</span>
          <select
            className="select small"
            aria-label="Server"
            value={server.id}
            onChange={(event) => onSelect(event.target.value)}
          >
            {view.servers.map(({ id }) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        </div>
        <p className="ring-says">{sentenceOf(view, server)}</p>
        <ServerFacts view={view} server={server} at={props.at} />
      </section>
      <Hints server={server} />
      {view.layout === 'ring' && <Tokens {...props} server={server} />}
    </>
  )
}

function sentenceOf(view: RingLabView, { id, status, moving, member }: ServerView): string {
  if (status === 'down') return `${id} is down. When it restarts it has what its disk kept.`
  if (status === 'paused') return `${id} is paused: it does nothing, and what comes to it waits.`
  if (status === 'stalled') return `${id} is stalled: its timers run, and messages wait.`
  if (moving !== null) {
    const waits = moving.waitsFor.length === 0 ? 'lets the ring hear of it' : `waits for ${listed(moving.waitsFor)}`
    return moving.type === 'join'
      ? `${id} joins: ${counted(moving.keys, 'key')} have come, and it ${waits}.`
      : `${id} leaves and sends its ranges on; it ${waits}.`
  }
  if (member === 'left') return `${id} has left the ring.`
  return `${id} ${roleOf(view, id)}.`
}

/** What a server that is well does, by the layout. */
function roleOf({ layout, servers }: RingLabView, id: string): string {
  const first = servers[0]?.id === id
  switch (layout) {
    case 'single':
      return first ? 'holds everything' : 'holds nothing and passes on what it is asked'
    case 'replicas':
      return first ? 'takes all writes and sends them on' : 'follows the leader and answers reads'
    case 'ranges':
      return 'holds a range of the keys, and the only copy of each'
    case 'ring':
      return 'is in the ring, and coordinates what it is asked'
  }
}

function ServerFacts({ view, server, at }: { view: RingLabView; server: ServerView; at: number }) {
  const { suspects, coordinating, differs, ring, root, keys, share, behind, rack } = server
  const facts: [string, string][] = [
    ['Holds', `${counted(keys, 'key')}${server.first > 0 ? `, first owner of ${server.first}` : ''}`],
  ]
  if (share !== null) facts.push(['Share', `${(share * 100).toFixed(1)} % of the circle`])
  if (behind !== null)
    facts.push(['Lag', behind === 0 ? 'has all that the leader has' : `${counted(behind, 'key')} behind the leader`])
  if (rack !== null) facts.push(['Rack', rack])
  facts.push(['Coordinates', counted(coordinating, 'request')])
  if (view.layout === 'ring')
    facts.push(['Its ring', `${hex(ring)}${differs ? ', another than most know' : ', as most know it'}`])
  facts.push(['Merkle root', hex(root)])
  const avoided = suspects.filter(({ until }) => until > at)
  if (avoided.length > 0) {
    const text = avoided.map(
      ({ server: id, until }) => `${id} for ${formatDuration(Math.ceil((until - at) / 100_000) * 100_000)}`,
    )
    facts.push(['Avoids', text.join(', ')])
  }
  return (
    <Facts facts={facts} isBad={(name) => (name === 'Its ring' && differs) || (name === 'Lag' && (behind ?? 0) > 0)} />
  )
}

const hex = (digest: number): string => (digest >>> 0).toString(16).padStart(8, '0')

function Hints({ server }: { server: ServerView }) {
  return (
    <section className="section">
      <h3 className="section-title">Hints that wait: {hintCount(server)}</h3>
      {server.hints.length === 0 ? (
        <p className="dim">It keeps nothing for others.</p>
      ) : (
        <ul className="ring-hint-list">
          {server.hints.map((hint) => (
            <li key={hint.for}>
              for <strong>{hint.for}</strong>: <span className="mono">{hint.keys.join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The tokens of the server, each to be moved: the same as a drag on the circle, by keyboard and to the degree. */
function Tokens({ view, server, dispatch }: LabProps<RingLabView> & { server: ServerView }) {
  const [chosen, setChosen] = useState(0)
  const [to, setTo] = useState('')
  const tokens = view.tokens
  const token = tokens[Math.min(chosen, tokens.length - 1)]
  const degrees = Number(to)
  const why =
    server.status !== 'up'
      ? `${server.id} is ${server.status}.`
      : token === undefined
        ? `${server.id} has no token.`
        : to.trim() === '' || !(degrees >= 0 && degrees < 360)
          ? 'Type a place from 0 to below 360 degrees, clockwise from the top.'
          : null
  const move = () => {
    if (why !== null || token === undefined) return
    dispatch(act(server.id, { type: 'moveToken', token, to: Math.floor((degrees / 360) * CIRCLE) }))
    setTo('')
  }
  return (
    <section className="section">
      <h3 className="section-title">Tokens: {tokens.length}</h3>
      <form
        className="ring-tokens"
        onSubmit={(event) => {
          event.preventDefault()
          move()
        }}
      >
        <select
          className="select small tabular"
          aria-label="Token to move"
          value={Math.min(chosen, Math.max(0, tokens.length - 1))}
          onChange={(event) => setChosen(Number(event.target.value))}
        >
          {tokens.map((at, i) => (
            <option key={at} value={i}>
              {degreesOf(at)}°
            </option>
          ))}
        </select>
        <span>to</span>
        <input
          className="input tabular"
          aria-label="Degrees from the top"
          inputMode="decimal"
          placeholder="0–359"
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
        <Tool submits className="button small" disabled={why}>
          Move token
        </Tool>
      </form>
      <p className="ring-caption">
        {why ?? 'Keys between the two places change hands; anti-entropy brings the copies.'}
      </p>
    </section>
  )
}

const degreesOf = (token: number): string => ((token / CIRCLE) * 360).toFixed(1)
