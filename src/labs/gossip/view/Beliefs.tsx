import { type PointerEvent, useEffect, useRef } from 'react'
import { Facts } from '../../../ui/Facts.tsx'
import type { LabProps } from '../../../ui/lab-view.ts'
import { useSize } from '../../../ui/use-size.ts'
import type { GossipView } from '../observe.ts'
import { areWrong } from './describe.ts'
import { Doubted } from './Doubted.tsx'
import { layoutMatrix, paintMatrix } from './matrix-painter.ts'

/** Who holds whom for what. What all agree on is pale; what somebody doubts stands out. */
export function Beliefs({ view, selected, onSelect }: LabProps<GossipView>) {
  return (
    <>
      <section className="section">
        <h3 className="section-title">Who believes what of whom</h3>
        {view.matrix === null ? (
          <Doubted view={view} onSelect={onSelect} />
        ) : (
          <>
            <p className="gossip-read">
              A row is what one server believes, a column what the others believe of it.{' '}
              {view.wrong !== null && wrongText(view.wrong)}
            </p>
            <Matrix view={view} matrix={view.matrix} selected={selected} onSelect={onSelect} />
          </>
        )}
      </section>
      {view.matrix !== null && (
        <section className="section">
          <h3 className="section-title">Where they disagree</h3>
          <Disagreements view={view} matrix={view.matrix} />
        </section>
      )}
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
  const { cell, edge } = layoutMatrix(n, width)
  const beside = width - edge - n * cell >= LEGEND
  const at = (event: PointerEvent<HTMLCanvasElement>) => {
    const rect = event.currentTarget.getBoundingClientRect()
    const place = (offset: number) => Math.floor((offset - edge) / cell)
    return { row: place(event.clientY - rect.y), column: place(event.clientX - rect.x) }
  }
  // A canvas is painted and not rendered: 3,600 cells are too many for elements that change with every picture.
  useEffect(() => {
    if (canvas.current !== null && width > 0) paintMatrix(canvas.current, view, matrix, { cell, edge }, selected)
  }, [view, matrix, cell, edge, width, selected])
  return (
    <div ref={box} className="gossip-matrix">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Beliefs of ${n} servers, a row for each; in words below`}
        onPointerMove={(event) => {
          const { row, column } = at(event)
          event.currentTarget.title = cellText(view, matrix, row, column)
        }}
        onPointerUp={(event) => onSelect(view.servers[at(event).row]?.id ?? null)}
      />
      <Legend beside={beside} />
    </div>
  )
}

/** Width of the legend beside the matrix. */
const LEGEND = 92

/** One belief in words; empty where there is none. */
function cellText({ servers }: GossipView, matrix: readonly string[], row: number, column: number): string {
  const letter = matrix[row]?.[column]
  if (letter === undefined || letter === '-' || row === column) return ''
  return `To ${servers[row]?.id}, ${servers[column]?.id} is ${words(letter)}`
}

const NAMES = ['alive', 'suspect', 'dead', 'left', 'unknown'] as const

const wrongText = ({ beliefs, of }: { beliefs: number; of: number }): string =>
  beliefs === 0 ? `All ${of} beliefs are true.` : `${beliefs} of ${of} beliefs ${areWrong(beliefs)}, framed in red.`

const SIGNS: Partial<Record<(typeof NAMES)[number], string>> = { suspect: '?', dead: '×', left: '–', unknown: '·' }

function Legend({ beside }: { beside: boolean }) {
  return (
    <ul className="gossip-legend" data-beside={beside || undefined}>
      {NAMES.map((name) => (
        <li key={name} data-standing={name}>
          <i>{SIGNS[name]}</i>
          {name}
        </li>
      ))}
      <li data-standing="wrong">
        <i />
        not so
      </li>
    </ul>
  )
}

const MOST_LINES = 12

/** A line for each server of whom not all believe the same. */
function Disagreements({ view, matrix }: { view: GossipView; matrix: readonly string[] }) {
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

function Totals({ view }: { view: GossipView }) {
  const { probes, failedProbes, suspicions, deaths, refutations } = view.totals
  const { messages, bytes, mostBytes } = view.traffic
  const facts: [string, string][] = [
    ['Probes', `${probes.toLocaleString('en')}, ${failedProbes} of them failed`],
    ['Suspicions', suspicions.toLocaleString('en')],
    ['Declared dead', `${deaths} times, by servers whose own patience was over`],
    ['Refuted', `${refutations} accusations`],
    ['Messages', `${messages.toFixed(1)} a second from each server`],
    ['Bytes', `${Math.round(bytes)} a second from each, ${mostBytes} at most`],
  ]
  return (
    <section className="section">
      <h3 className="section-title">So far, by the servers that run</h3>
      <Facts facts={facts} />
    </section>
  )
}
