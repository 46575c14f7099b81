import type { GossipView } from '../observe.ts'
import { truthOf } from './describe.ts'

/** How the matrix of beliefs is laid out, in CSS pixels. */
export interface MatrixLayout {
  cell: number
  /** Room for names, on the left and above; 0 where cells are too small for any. */
  edge: number
}

/** A cell for each belief, a row for each believer. */
export function layoutMatrix(count: number, width: number): MatrixLayout {
  const edge = count <= 24 ? 30 : 0
  return { edge, cell: Math.max(3, Math.min(20, Math.floor((width - edge) / Math.max(1, count)))) }
}

/**
 * What all should believe is pale. A belief that is not true has a frame in the colour of what is wrong, and large cells
 * carry a sign, so that colour never speaks alone.
 */
export function paintMatrix(
  canvas: HTMLCanvasElement,
  view: GossipView,
  matrix: readonly string[],
  layout: MatrixLayout,
  selected: string | null,
): void {
  const { cell, edge } = layout
  const side = cell * matrix.length + edge
  const scale = window.devicePixelRatio
  canvas.width = canvas.height = Math.round(side * scale)
  canvas.style.width = canvas.style.height = `${side}px`
  const context = canvas.getContext('2d')
  if (context === null) return
  context.scale(scale, scale)
  const style = getComputedStyle(canvas)
  const brush: Brush = { context, layout, colour: (name) => style.getPropertyValue(name), font: style.fontFamily }
  const picked = view.servers.findIndex(({ id }) => id === selected)
  for (const [i, row] of matrix.entries()) {
    for (let j = 0; j < row.length; j++) if (i !== j && row[j] !== '-') paintBelief(brush, i, j, row[j] as string)
  }
  for (const [i, row] of matrix.entries()) {
    for (let j = 0; j < row.length; j++) {
      const truth = truthOf(view.servers[j])
      const isWrong = truth !== 'open' && (row[j] === 'a') !== (truth === 'there')
      if (i !== j && row[j] !== '-' && isWrong) frame(brush, i, j)
    }
  }
  if (edge > 0) for (const [i, { id }] of view.servers.entries()) paintName(brush, id, i, i === picked)
  if (picked >= 0) cross(brush, picked, matrix.length)
}

interface Brush {
  context: CanvasRenderingContext2D
  layout: MatrixLayout
  colour(name: string): string
  font: string
}

const COLOURS: Record<string, readonly [ground: string, sign: string]> = {
  a: ['--gossip-pale', '--ink'],
  s: ['--term-2', '--term-2-ink'],
  d: ['--ink', '--panel'],
  l: ['--field', '--panel'],
  u: ['--line-strong', '--ink'],
}
const SIGNS: Record<string, string> = { s: '?', d: '×', l: '–', u: '·' }

function paintBelief({ context, layout: { cell, edge }, colour, font }: Brush, i: number, j: number, letter: string) {
  const gap = cell > 6 ? 1 : 0
  const [ground, sign] = COLOURS[letter] ?? ['--line', '--ink']
  const x = edge + j * cell
  const y = edge + i * cell
  context.fillStyle = colour(ground)
  context.fillRect(x, y, cell - gap, cell - gap)
  if (cell < 12 || SIGNS[letter] === undefined) return
  context.fillStyle = colour(sign)
  context.font = `600 ${Math.min(13, cell - 4)}px ${font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(SIGNS[letter], x + (cell - gap) / 2, y + (cell - gap) / 2 + 0.5)
}

function frame({ context, layout: { cell, edge }, colour }: Brush, i: number, j: number): void {
  const width = cell >= 12 ? 2 : 1
  const gap = cell > 6 ? 1 : 0
  context.strokeStyle = colour('--bad')
  context.lineWidth = width
  const inset = width / 2
  context.strokeRect(
    edge + j * cell + inset,
    edge + i * cell + inset,
    cell - gap - width + inset,
    cell - gap - width + inset,
  )
}

/** On the left for the row, above for the column, upright where there is no room across. */
function paintName({ context, layout: { cell, edge }, colour, font }: Brush, id: string, i: number, picked: boolean) {
  context.fillStyle = colour(picked ? '--accent' : '--dim')
  context.font = `${picked ? '700 ' : ''}${Math.min(11, cell - 1)}px ${font}`
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  const middle = edge + i * cell + cell / 2
  context.fillText(id, edge - 5, middle)
  context.save()
  context.translate(middle, edge - 5)
  context.rotate(-Math.PI / 2)
  context.textAlign = 'left'
  context.fillText(id, 0, 0)
  context.restore()
}

/** Around the row and the column of the server that is picked. */
function cross({ context, layout: { cell, edge }, colour }: Brush, picked: number, count: number): void {
  context.strokeStyle = colour('--accent')
  context.lineWidth = 1.5
  context.strokeRect(edge, edge + picked * cell - 0.5, count * cell, cell)
  context.strokeRect(edge + picked * cell - 0.5, edge, cell, count * cell)
}
