import type { Event } from '../kernel/event.ts'
import type { LabTypes, OperationId } from '../kernel/types.ts'
import { type Finding, type Monitor, monitor } from './monitor.ts'
import { canonical } from './plain.ts'
import type { HistoryReader } from './reader.ts'
import { WatchedKey } from './watched-key.ts'

export const LINEARIZABILITY = 'Linearizability'

/** What is open, and what is known of each key. */
interface Memory {
  open: Map<OperationId, { key: string; client: string; what: unknown }>
  keys: Map<string, WatchedKey>
}

/** Watches that every answer which a client gets fits one order of all operations so far. Found at the very answer. */
export function linearizable<T extends LabTypes>(reader: HistoryReader<T['operation'], T['outcome']>): Monitor<T> {
  return monitor<T, Memory>({
    name: LINEARIZABILITY,
    says: 'Each operation takes effect at one moment between its call and its return, so that all answers fit one order.',
    source: 'Herlihy & Wing 1990',
    on: ['invoked', 'completed', 'crashed'],
    begin: () => ({ open: new Map(), keys: new Map() }),
    copy: ({ open, keys }) => ({
      open: new Map(open),
      keys: new Map([...keys].map(([name, key]) => [name, key.copy()])),
    }),
    watch: (memory, event) => watch(reader, memory, event),
    undecided: ({ keys }) => {
      const names = [...keys].filter(([, key]) => key.verdict === 'undecided').map(([name]) => name)
      return names.length === 0 ? null : `too much at once to tell: ${names.join(', ')}`
    },
  })
}

function watch<T extends LabTypes>(
  reader: HistoryReader<T['operation'], T['outcome']>,
  memory: Memory,
  event: Event<T>,
): Finding | null {
  if (event.type === 'invoked') {
    const input = reader.input(event.what)
    const key = nameOf(reader.model.key?.(input))
    memory.open.set(event.operation, { key, client: event.process, what: event.what })
    keyOf(reader, memory, key).begin(event.operation, event.process, event.at, input)
  } else if (event.type === 'completed') return complete(reader, memory, event)
  else if (event.type === 'crashed') {
    for (const [id, { key, client }] of memory.open) if (client === event.process) close(memory, id, key).lose(id)
  }
  return null
}

function complete<T extends LabTypes>(
  reader: HistoryReader<T['operation'], T['outcome']>,
  memory: Memory,
  { operation: id, outcome, at }: { operation: OperationId; outcome: T['outcome']; at: number },
): Finding | null {
  const asked = memory.open.get(id)
  if (asked === undefined) return null
  const key = close(memory, id, asked.key)
  const wasGood = key.verdict === 'ok'
  const answer = reader.answer(outcome, asked.what)
  if (answer.type === 'unknown') key.lose(id)
  else if (answer.type === 'never') key.drop(id)
  else key.end(id, at, answer.output)
  if (!wasGood || key.verdict !== 'illegal') return null
  const told = answer.type === 'returned' ? ` and is told ${said(answer.output)}` : ''
  return {
    text: `${asked.client} asks: ${reader.describe(asked.what)}${told}; no order of all operations explains that (${id})`,
    nodes: [asked.client],
  }
}

function close(memory: Memory, id: OperationId, key: string): WatchedKey {
  memory.open.delete(id)
  return memory.keys.get(key) as WatchedKey
}

function keyOf(reader: HistoryReader, memory: Memory, name: string): WatchedKey {
  let key = memory.keys.get(name)
  if (key === undefined) memory.keys.set(name, (key = new WatchedKey(reader.model)))
  return key
}

const nameOf = (key: unknown): string => (typeof key === 'string' ? key : canonical(key))

const said = (output: unknown): string =>
  output === null ? 'nothing' : typeof output === 'string' ? output : canonical(output)
