import { readFile, stat } from 'node:fs/promises'
import { type ForeignHistory, modelFor, readHistoryFile } from '../check/history-file.ts'
import { checkHistory, type HistoryVerdict, type Partition } from '../check/linearizability.ts'
import { MODEL_NAMES, type ModelName } from '../check/models.ts'
import { judgeLevels, type Ladder } from '../check/levels.ts'
import type { Operation } from '../check/operation.ts'
import { inputText, outputText, valueText } from '../check/words.ts'
import { BadInput } from './bad-input.ts'

/** `history FILE [--model NAME] [--max-steps N] [--json]`: 0 if it is linearizable, 1 if it is not or nobody knows. */
export async function historyCommand(
  files: readonly string[],
  options: { model?: string | undefined; 'max-steps'?: string | undefined; json?: boolean | undefined },
): Promise<number> {
  const [file] = files
  if (file === undefined || files.length > 1) throw new BadInput('history: expected one FILE')
  const wanted = readModel(options.model)
  const maxSteps = readSteps(options['max-steps'])
  const read = readHistoryFile(await readText(file), file)
  if (!read.ok) throw new BadInput(read.error)
  const history = read.value
  const name = wanted ?? history.suggested
  const model = modelFor(name, history)
  if (!model.ok) throw new BadInput(`${file}:${model.error}`)
  const found = checkHistory(model.value, history.operations, maxSteps === null ? {} : { maxSteps })
  const ladder = judgeLevels(model.value, history.operations, found)
  if (options.json === true) console.log(JSON.stringify({ model: name, ...found, lines: history.lines, ladder }))
  else {
    tell(file, name, history, found)
    if (ladder !== null) climb(history, ladder)
  }
  return found.verdict === 'ok' ? 0 : 1
}

function tell(file: string, name: ModelName, history: ForeignHistory, found: HistoryVerdict): void {
  const { operations } = history
  const clients = new Set(operations.map(({ client }) => client)).size
  const lost = operations.filter((operation) => operation.return === null).length
  console.log(`${file} · ${name}\n${operations.length} operations by ${clients} clients, ${lost} without an answer\n`)
  const rows = found.partitions.map((part) => [
    part.key === null ? 'all' : valueText(part.key),
    WORDS[part.verdict],
    String(countOf(operations, part.key)),
    part.verdict === 'ok' ? `${part.order.length} in order` : `${part.longest.length} at most`,
  ])
  table(['key', 'verdict', 'operations', 'explained'], rows)
  for (const part of found.partitions) if (part.verdict === 'illegal') explain(history, part)
  console.log(`\n${SENTENCES[found.verdict]} (${found.steps.toLocaleString('en')} steps)`)
}

const WORDS = { ok: 'linearizable', illegal: 'not linearizable', unknown: 'unknown' } as const
const SENTENCES = {
  ok: 'linearizable: one order explains every answer',
  illegal: 'not linearizable: no order explains every answer',
  unknown: 'unknown: the steps ran out; allow more with --max-steps',
} as const

const countOf = (operations: readonly Operation[], key: unknown): number =>
  operations.filter(({ input }) => ((input as { key?: unknown }).key ?? null) === key).length

/** The end of the longest order, and who does not fit behind it. */
function explain({ operations, lines }: ForeignHistory, part: Extract<Partition, { verdict: 'illegal' }>): void {
  const line = (place: number): string => {
    const { client, input, output, return: end } = operations[place] as Operation
    const told = end === null ? 'no answer' : outputText(input, output)
    return `  line ${String(lines[place]).padEnd(6)} process ${String(client).padEnd(4)} ${inputText(input)} · ${told}`
  }
  console.log(
    `\n${part.key === null ? 'The' : `${valueText(part.key)}: the`} longest order that explains its operations ends`,
  )
  if (part.longest.length > SHOWN) console.log(`  … ${part.longest.length - SHOWN} before`)
  for (const place of part.longest.slice(-SHOWN)) console.log(line(place))
  console.log(`and cannot take in\n${line(part.stuck)}`)
}

const SHOWN = 8

/** From the strongest level down: which the history keeps, and what breaks the others. */
function climb({ lines }: ForeignHistory, { rungs, strongest, leftOut }: Ladder): void {
  console.log(`\nstrongest level that it keeps: ${strongest.join(', ') || 'none'}\n`)
  table(
    ['level', 'kept', 'because of'],
    rungs
      .toReversed()
      .map(({ level, verdict, why }) => [
        level,
        KEPT[verdict],
        why === null
          ? ''
          : `line${why.pair.length > 1 ? 's' : ''} ${why.pair.map((place) => lines[place]).join(' and ')}: ${why.text}`,
      ]),
  )
  if (leftOut > 0)
    console.log(
      `${leftOut} ${leftOut === 1 ? 'operation' : 'operations'} could not be told apart by value and count for no session`,
    )
}

const KEPT = { ok: 'yes', broken: 'no', open: 'open' } as const

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)))
  for (const row of [head, ...rows])
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] as number))
        .join('  ')
        .trimEnd(),
    )
}

function readModel(name: string | undefined): ModelName | null {
  if (name === undefined) return null
  const found = MODEL_NAMES.find((known) => known === name)
  if (found === undefined) throw new BadInput(`--model: expected ${MODEL_NAMES.join(', ')}, found “${name}”`)
  return found
}

function readSteps(text: string | undefined): number | null {
  if (text === undefined) return null
  if (/^\d{1,12}$/.test(text)) return Number(text)
  throw new BadInput(`--max-steps: expected a whole number, found “${text}”`)
}

const MAX_BYTES = 50_000_000

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file)
    if (size > MAX_BYTES) throw new BadInput(`${file}: expected at most 50 MB, found ${Math.round(size / 1e6)} MB`)
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof BadInput) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new BadInput(`${file}: expected a file with a history, found ${FOUND[code ?? ''] ?? `an error (${code})`}`)
  }
}

const FOUND: Record<string, string> = { ENOENT: 'none', EISDIR: 'a folder', EACCES: 'one that may not be read' }
