import type { ProcessId } from '../../kernel/types.ts'

/** The lane of one process: the height of its line, and the room that it has. */
export interface Row {
  id: ProcessId
  y: number
  height: number
  client: boolean
}

export interface Rows {
  list: readonly Row[]
  /** All of it, which may be more than there is room for. */
  height: number
  byId: ReadonlyMap<ProcessId, Row>
  /** In a crowd, one lane for all that have none of their own. */
  rest: Row | null
}

/** Above the first lane, for words that belong to all of them. */
export const GUTTER = 11
/** Lower lanes would be one surface. */
const LEAST = 5
/** Names of 11 pixels that stand over each other need this much. */
const LETTER = 10.5
const MOST = 40
const CLIENT = 15

/**
 * Servers from the top, clients in thinner lanes below them. They are as low as the room demands, down to a least height
 * at which they go on below the edge. Letters are `scale` times as large as usual.
 */
export function layoutRows(
  servers: readonly ProcessId[],
  clients: readonly ProcessId[],
  room: number,
  scale = 1,
): Rows {
  const left = Math.max(0, room - GUTTER)
  const even = left / Math.max(1, servers.length + clients.length)
  const thin = Math.min(CLIENT * scale, Math.max(LEAST, even))
  const high = Math.min(MOST, Math.max(LEAST, (left - thin * clients.length) / Math.max(1, servers.length)))
  const list = [
    ...servers.map((id, i): Row => ({ id, y: GUTTER + (i + 0.5) * high, height: high, client: false })),
    ...clients.map(
      (id, i): Row => ({ id, y: GUTTER + servers.length * high + (i + 0.5) * thin, height: thin, client: true }),
    ),
  ]
  const height = GUTTER + servers.length * high + clients.length * thin
  return { list, height, byId: new Map(list.map((row) => [row.id, row])), rest: null }
}

/** More servers than this have no room for lanes of their own. */
export const MOST_LANES = 12

/** A lane for the server that is picked, and one below it for all others together. */
export function layoutCrowd(picked: ProcessId | null, count: number, room: number, scale = 1): Rows {
  const high = picked === null ? 0 : MOST * scale
  const height = Math.max(GUTTER + high + MOST * scale, room)
  const left = height - GUTTER - high
  const list = picked === null ? [] : [{ id: picked, y: GUTTER + high / 2, height: high, client: false }]
  const others = count - list.length
  const id = picked === null ? `all ${others.toLocaleString('en')}` : `${others.toLocaleString('en')} more`
  const rest = { id, y: GUTTER + high + left / 2, height: left, client: false }
  return { list, height, byId: new Map(list.map((row) => [row.id, row])), rest }
}

export const rowAt = ({ list }: Rows, y: number): Row | null =>
  list.find((row) => Math.abs(row.y - y) <= row.height / 2) ?? null

/** The lane of those that have none of their own, if it is there. */
export const restAt = ({ rest }: Rows, y: number): Row | null =>
  rest !== null && Math.abs(rest.y - y) <= rest.height / 2 ? rest : null

/** The rows whose names have room: that of the one that is picked, and of the others as many as do not cover each other. */
export function namedRows({ list }: Rows, picked: ProcessId | null, scale = 1): Row[] {
  const least = LETTER * scale
  const first = list.find(({ id }) => id === picked)
  const named = first === undefined ? [] : [first]
  for (const row of list) if (named.every(({ y }) => Math.abs(y - row.y) >= least)) named.push(row)
  return named
}

/** How thick the lanes of these rows are. */
export function thickness(height: number): { thin: number; dashed: number; bold: number } {
  const bold = Math.min(7, Math.max(height < 10 ? 3.2 : 4, height * 0.26))
  return { thin: height < 16 ? 1.5 : 1.75, dashed: bold * 0.7, bold }
}
