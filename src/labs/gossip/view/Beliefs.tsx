import { useEffect, useRef } from 'react'
import type { LabProps } from '../../../ui/lab-view.ts'
import { useSize } from '../../../ui/use-size.ts'
import type { GossipView } from '../observe.ts'

/** Who holds whom for what. What all agree on is pale; what somebody doubts stands out. */
export function Beliefs({ view, selected, onSelect }: LabProps<GossipView>) {
  return (
    <>
      <section className="section">
        <h3 className="section-title">Who believes what of whom</h3>
        {view.matrix === null ? (
          <p className="dim">Above 60 servers there is no room for all beliefs. Pick a server to see its own.</p>
        ) : (
          <Matrix view={view} matrix={view.matrix} selected={selected} onSelect={onSelect} />
        )}
        <Legend />
      </section>
      <section className="section">
        <h3 className="section-title">Where they disagree</h3>
        <Disagreements view={view} />
      </section>
      <Totals view={view} />
    </>
  )
}

type Select = Pick<LabProps<GossipView>, 'selected' | 'onSelect'>

function Matrix({ view, matrix, selected, onSelect }: { view: GossipView; matrix: readonly string[] } & Select) {
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const width = useSize(box)?.width ?? 0
  const n = matrix.length
  const edge = n <= 24 ? 30 : 0
  const cell = Math.max(3, Math.min(22, Math.floor((width - edge) / Math.max(1, n))))
  // A canvas is painted and not rendered: 3,600 cells are too many for elements that change with every picture.
  useEffect(() => {
    if (canvas.current !== null && width > 0) paint(canvas.current, view, matrix, cell, edge, selected)
  }, [view, matrix, cell, edge, width, selected])
  return (
    <div ref={box} className="gossip-matrix">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Beliefs of ${n} servers, a row for each; in words below`}
        onClick={(event) => {
          const rect = event.currentTarget.getBoundingClientRect()
          onSelect(view.servers[Math.floor((event.clientY - rect.y) / cell)]?.id ?? null)
        }}
      />
    </div>
  )
}

const COLOURS: Record<string, string> = {
  a: '--gossip-pale',
  s: '--term-2',
  d: '--ink',
  l: '--field',
  u: '--line-strong',
}

function paint(
  canvas: HTMLCanvasElement,
  view: GossipView,
  matrix: readonly string[],
  cell: number,
  edge: number,
  selected: string | null,
): void {
  const side = cell * matrix.length
  const scale = window.devicePixelRatio
  canvas.width = Math.round((side + edge) * scale)
  canvas.height = Math.round(side * scale)
  canvas.style.width = `${side + edge}px`
  canvas.style.height = `${side}px`
  const context = canvas.getContext('2d')
  if (context === null) return
  context.scale(scale, scale)
  const style = getComputedStyle(canvas)
  const gap = cell > 6 ? 1 : 0
  for (const [i, row] of matrix.entries()) {
    for (let j = 0; j < row.length; j++) {
      const letter = row[j] as string
      if (letter === '-' || i === j) continue
      context.fillStyle = style.getPropertyValue(COLOURS[letter] ?? '--line')
      context.fillRect(edge + j * cell, i * cell, cell - gap, cell - gap)
    }
    if (edge === 0) continue
    const server = view.servers[i]
    context.fillStyle = style.getPropertyValue(server?.id === selected ? '--accent' : '--dim')
    context.font = `${Math.min(11, cell - 1)}px ${style.fontFamily}`
    context.textAlign = 'right'
    context.fillText(server?.id ?? '', edge - 5, i * cell + cell / 2 + 4)
  }
  const picked = view.servers.findIndex(({ id }) => id === selected)
  if (picked < 0) return
  context.strokeStyle = style.getPropertyValue('--accent')
  context.lineWidth = 1.5
  context.strokeRect(edge, picked * cell - 0.5, side, cell)
  context.strokeRect(edge + picked * cell - 0.5, 0, cell, side)
}

const NAMES = ['alive', 'suspect', 'dead', 'left', 'unknown'] as const

function Legend() {
  return (
    <ul className="gossip-legend">
      {NAMES.map((name) => (
        <li key={name} data-standing={name}>
          <i />
          {name}
        </li>
      ))}
    </ul>
  )
}

const MOST_LINES = 12

/** A line for each server of whom not all believe the same. */
function Disagreements({ view }: { view: GossipView }) {
  const { matrix } = view
  if (matrix === null) return <p className="dim">{seenBy(view)}</p>
  const lines = view.servers.flatMap(({ id }, j) => {
    const held = new Map<string, string[]>()
    for (const [i, row] of matrix.entries()) {
      const letter = row[j] as string
      if (i === j || letter === '-') continue
      held.set(letter, [...(held.get(letter) ?? []), view.servers[i]?.id ?? ''])
    }
    if (held.size < 2) return []
    const [most] = [...held].toSorted((x, y) => y[1].length - x[1].length)
    const rest = [...held].filter(([letter]) => letter !== most?.[0])
    return [
      {
        id,
        words: rest.map(([letter, who]) => `${words(letter)} to ${names(who)}`).join(', '),
        most: words(most?.[0] ?? 'a'),
      },
    ]
  })
  if (lines.length === 0) return <p className="dim">Nowhere: all that run believe the same.</p>
  return (
    <ul className="gossip-lines">
      {lines.slice(0, MOST_LINES).map(({ id, words, most }) => (
        <li key={id}>
          <strong>{id}</strong> is {words}, and {most} to the others
        </li>
      ))}
      {lines.length > MOST_LINES && <li className="dim">and {lines.length - MOST_LINES} more</li>}
    </ul>
  )
}

const words = (letter: string): string => NAMES.find((name) => name.startsWith(letter)) ?? letter
const names = (who: readonly string[]): string => (who.length > 5 ? `${who.length} servers` : who.join(', '))

function seenBy(view: GossipView): string {
  if (view.focused === null) return 'Pick a server: its own beliefs are listed under Server.'
  const doubted = view.servers.filter(({ believed }) => believed !== 'alive').length
  return doubted === 0 ? `${view.focus} believes all alive.` : `${view.focus} doubts ${doubted} servers.`
}

function Totals({ view }: { view: GossipView }) {
  const { probes, failedProbes, suspicions, deaths, refutations } = view.totals
  const running = view.servers.filter(({ phase }) => phase !== 'down' && phase !== 'left')
  const mean = (what: 'messages' | 'bytes'): number =>
    running.reduce((sum, server) => sum + server[what], 0) / Math.max(1, running.length)
  const most = running.reduce((max, { bytes }) => Math.max(max, bytes), 0)
  const facts: [string, string][] = [
    ['Probes', `${probes.toLocaleString('en')}, ${failedProbes} of them failed`],
    ['Suspicions', suspicions.toLocaleString('en')],
    ['Declared dead', `${deaths} times, by servers whose own patience was over`],
    ['Refuted', `${refutations} accusations`],
    ['Messages', `${mean('messages').toFixed(1)} a second from each server`],
    ['Bytes', `${Math.round(mean('bytes'))} a second from each, ${most} at most`],
  ]
  return (
    <section className="section">
      <h3 className="section-title">So far, by the servers that run</h3>
      <dl className="gossip-facts">
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
