import type { LabProps } from '../../../ui/lab-view.ts'
import type { KeyView } from '../key-view.ts'
import type { RingLabView } from '../observe.ts'
import { counted } from './describe.ts'
import { setPick, usePick } from './pick.ts'
import { copyOf, standingOf, valuesText } from './standing.ts'
import { VersionGraph } from './VersionGraph.tsx'

/** All keys and what each of their owners holds of them; where they disagree, it strikes the eye. */
export function Keys({ view, setWindow }: LabProps<RingLabView>) {
  const pick = usePick()
  const entry = view.keys.find(({ key }) => key === pick.key)
  return (
    <>
      <Table view={view} picked={pick.key} setWindow={setWindow} />
      {entry === undefined ? (
        view.keyCount > 0 && (
          <p className="section dim">Pick a key, here or on the circle, to see its versions and their vectors.</p>
        )
      ) : (
        <VersionGraph view={view} entry={entry} />
      )}
    </>
  )
}

function Table(props: Pick<LabProps<RingLabView>, 'view' | 'setWindow'> & { picked: string | null }) {
  const { view, picked, setWindow } = props
  return (
    <section className="section">
      <div className="ring-head-line">
        <h3 className="section-title">Keys and their replicas</h3>
        <span className="dim">
          {counted(view.keyCount, 'key')}, {standingOfAll(view)}
        </span>
      </div>
      {view.keyCount === 0 ? (
        <p className="dim">Nothing is stored yet. Write a key, or switch the workload on.</p>
      ) : (
        <table className="ring-table">
          <thead>
            <tr>
              <th scope="col">Key</th>
              <th scope="col">Owners, in the order of the preference list</th>
            </tr>
          </thead>
          <tbody>
            {view.keys.map((key) => (
              <Row key={key.key} view={view} entry={key} picked={picked === key.key} />
            ))}
          </tbody>
        </table>
      )}
      {view.keyCount > view.keys.length && <Window view={view} setWindow={setWindow} />}
    </section>
  )
}

function standingOfAll({ disputed, stranded }: RingLabView): string {
  if (disputed > 0) return `${disputed} in dispute`
  return stranded > 0 ? `${stranded} not with ${stranded === 1 ? 'its' : 'their'} owner` : 'all agree'
}

function Row({ view, entry, picked }: { view: RingLabView; entry: KeyView; picked: boolean }) {
  const hints = entry.copies.filter(({ hintFor }) => hintFor !== null)
  return (
    <tr data-disputed={!entry.agreed || undefined} data-picked={picked || undefined}>
      <th scope="row">
        <button
          type="button"
          className="ring-key-button mono"
          aria-pressed={picked}
          onClick={() => setPick({ key: picked ? null : entry.key })}
          onFocus={() => setPick({ hovered: entry.key })}
          onBlur={() => setPick({ hovered: null })}
          onPointerEnter={() => setPick({ hovered: entry.key })}
          onPointerLeave={() => setPick({ hovered: null })}
        >
          {entry.key}
        </button>
      </th>
      <td>
        {entry.owners.map((id, i) => (
          <Copy key={`${id} ${i.toString()}`} view={view} entry={entry} id={id} />
        ))}
        {hints.map(({ server, hintFor, versions }) => (
          <span key={`${server} ${hintFor ?? ''}`} className="ring-copy" data-standing="hint">
            <b>{server}</b> {valuesText(versions)} <i>for {hintFor}</i>
          </span>
        ))}
      </td>
    </tr>
  )
}

const WORDS = { current: '', behind: 'stale', missing: 'lacks it' } as const

function Copy({ view, entry, id }: { view: RingLabView; entry: KeyView; id: string }) {
  const standing = standingOf(entry, id, view.lastWrite)
  const versions = copyOf(entry, id)
  const down = view.servers.find((server) => server.id === id)?.status === 'down'
  return (
    <span
      className="ring-copy"
      data-standing={standing}
      data-siblings={(versions?.siblings.length ?? 0) > 1 || undefined}
      data-down={down || undefined}
    >
      <b>{id}</b> {valuesText(versions)} {standing !== 'current' && <i>{WORDS[standing]}</i>}
      {down && <i> down</i>}
    </span>
  )
}

function Window({ view, setWindow }: Pick<LabProps<RingLabView>, 'view' | 'setWindow'>) {
  const last = view.keyCount - view.keys.length
  return (
    <p className="ring-window">
      <input
        type="range"
        className="slider"
        aria-label="First key on show"
        min={0}
        max={last}
        value={view.firstKey}
        onChange={(event) => setWindow({ firstKey: Number(event.target.value) })}
      />
      <span className="dim">
        {view.firstKey + 1} to {view.firstKey + view.keys.length} of {view.keyCount}
      </span>
    </p>
  )
}
