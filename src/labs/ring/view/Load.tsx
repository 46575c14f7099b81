import type { LabProps } from '../../../ui/lab-view.ts'
import type { RingLabView, ServerView } from '../observe.ts'
import { ownerColor } from './colours.ts'
import { LADDER } from './ladder.ts'
import { Quorum } from './Quorum.tsx'
import { Tool } from '../../../ui/Tool.tsx'

/** Which setup runs, who carries how much of it, and what the quorums buy. */
export function Load(props: LabProps<RingLabView>) {
  const { view, dispatch } = props
  return (
    <>
      <Ladder {...props} />
      <Shares {...props} />
      {view.layout === 'ring' && (
        <section className="section">
          <h3 className="section-title">Quorums</h3>
          <Quorum view={view} dispatch={dispatch} />
        </section>
      )}
    </>
  )
}

function Ladder({ view, begin }: LabProps<RingLabView>) {
  const here = LADDER.find(({ layout }) => layout === view.layout)
  return (
    <section className="section">
      <h3 className="section-title">From one server to the ring</h3>
      <div className="ring-ladder" role="group" aria-label="Setups; each begins a new run">
        {LADDER.map(({ layout, title, about, servers }, i) => (
          <Tool
            key={layout}
            className="button small"
            pressed={layout === view.layout}
            disabled={begin === undefined ? 'no other run can be begun here' : null}
            title={`${about} Begins a new run with ${servers} ${servers === 1 ? 'server' : 'servers'}.`}
            onClick={() => begin?.({ config: { layout }, servers })}
          >
            {i + 1} {title}
          </Tool>
        ))}
      </div>
      {here !== undefined && (
        <dl className="ring-rung">
          <dt>Is</dt>
          <dd>{here.about}</dd>
          <dt>Solves</dt>
          <dd>{here.solves}</dd>
          <dt>Brings</dt>
          <dd>{here.brings}</dd>
        </dl>
      )}
    </section>
  )
}

/** With so many servers only those with most are listed. */
const MOST_BARS = 24

function Shares({ view, selected, onSelect }: LabProps<RingLabView>) {
  const measures = view.servers.map((server, i) => ({ server, i, share: server.share, keys: server.keys }))
  const total = view.servers.reduce((sum, { keys }) => sum + keys, 0)
  const present = view.servers.filter(({ member }) => member === 'normal' || member === 'leaving').length
  const most = Math.max(1, ...view.servers.map(({ keys }) => keys))
  const even = total / Math.max(1, present)
  const shown =
    measures.length <= MOST_BARS
      ? measures
      : measures.toSorted((a, b) => b.keys - a.keys || a.i - b.i).slice(0, MOST_BARS)
  const busiest = even === 0 ? 0 : most / even
  return (
    <section className="section">
      <div className="ring-head-line">
        <h3 className="section-title">Copies on each server</h3>
        <span className="dim tabular">
          {total === 0 ? 'nothing is stored yet' : `busiest ${busiest.toFixed(2)} × the mean`}
        </span>
      </div>
      <ul className="ring-bars-list">
        {shown.map(({ server, i }) => (
          <li key={server.id}>
            <button
              type="button"
              aria-pressed={server.id === selected}
              onClick={() => onSelect(server.id === selected ? null : server.id)}
              aria-label={barWords(server)}
            >
              <span className="name">{server.id}</span>
              <span className="bar" aria-hidden="true">
                <i style={{ width: `${(server.keys / most) * 100}%`, background: ownerColor(i) }} />
                {total > 0 && <b style={{ left: `${Math.min(100, (even / most) * 100)}%` }} />}
              </span>
              <span className="dim tabular">
                {server.keys}
                {server.share === null ? '' : ` · ${(server.share * 100).toFixed(1)} %`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className="ring-caption">
        {view.circle === null
          ? 'The bar is the copies that each holds; the line is the mean.'
          : 'The bar is the copies that each holds, the line the mean; the per cent are its share of the circle.'}
        {measures.length > MOST_BARS && ` The ${MOST_BARS} with most of ${measures.length} are shown.`}
      </p>
    </section>
  )
}

const barWords = ({ id, keys, share }: ServerView): string =>
  `${id}: ${keys} copies${share === null ? '' : `, ${(share * 100).toFixed(1)} per cent of the circle`}`
