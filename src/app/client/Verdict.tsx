import { useId } from 'react'
import type { Partition, Verdict as Word } from '../../check/linearizability.ts'
import { models } from '../../check/models.ts'
import type { Operation } from '../../check/operation.ts'
import type { HistoryReader } from '../../check/reader.ts'
import { valueText } from '../../check/words.ts'
import { Icon } from '../../ui/icons.tsx'
import { Switch } from '../components/SettingsSwitch.tsx'
import type { Judged } from './judge-client.ts'
import type { Told } from './track.ts'

interface VerdictProps {
  told: Told
  judged: Judged | null
  promise: HistoryReader['promises'] | null
  ordered: boolean
  onOrder(ordered: boolean): void
}

/** Whether it was correct, in a sentence; key by key; and what cannot be. */
export function Verdict({ told, judged, promise, ordered, onOrder }: VerdictProps) {
  const id = useId()
  if (told.model === null) {
    return <p className="verdict-none dim">This lab makes its clients no promise that could be judged.</p>
  }
  const verdict = judged?.found.verdict ?? null
  return (
    <div className="verdict" data-verdict={verdict ?? 'open'} data-judged={judged?.operations.length ?? 0}>
      <p className="verdict-line" role="status">
        <span className="verdict-sign">{verdict !== null && <Icon name={SIGNS[verdict]} />}</span>
        <strong>{verdict === null ? 'Judging …' : TITLES[verdict]}</strong>
        <span className="dim">{judged !== null && sentence(judged)}</span>
      </p>
      {judged !== null && judged.found.partitions.length > 1 && (
        <ul className="verdict-keys" aria-label="Key by key">
          {judged.found.partitions.map((part) => (
            <li key={valueText(part.key)} data-verdict={part.verdict}>
              <Icon name={SIGNS[part.verdict]} size={12} />
              {valueText(part.key)}
              <span className="visually-hidden">: {TITLES[part.verdict]}</span>
            </li>
          ))}
        </ul>
      )}
      {judged?.found.partitions.map((part) =>
        part.verdict === 'illegal' ? (
          <p key={valueText(part.key)} className="verdict-proof">
            {proof(told, judged, part)}
          </p>
        ) : null,
      )}
      {verdict === 'illegal' && promise !== 'linearizable' && (
        <p className="dim verdict-proof">This lab does not promise it: {promise} is what it promises.</p>
      )}
      <p className="verdict-order">
        <label htmlFor={id}>Show an order that explains them</label>
        <Switch id={id} on={ordered} onSwitch={onOrder} />
      </p>
    </div>
  )
}

const SIGNS = { ok: 'check', illegal: 'close', unknown: 'question' } as const
const TITLES: Record<Word, string> = { ok: 'Linearizable', illegal: 'Not linearizable', unknown: 'Undecided' }

function sentence({ found, operations }: Judged): string {
  const count = `${operations.length.toLocaleString('en')} ${operations.length === 1 ? 'operation' : 'operations'}`
  if (found.verdict === 'ok') return `One order of ${count} explains every answer.`
  if (found.verdict === 'illegal') return `No order of ${count} explains every answer.`
  return `${count} are too much to tell: the search gave up after ${found.steps.toLocaleString('en')} steps.`
}

/** What the longest order leaves, and who does not fit behind it. */
function proof(told: Told, { operations }: Judged, part: Extract<Partition, { verdict: 'illegal' }>): string {
  const bar = told.bars.find(({ place }) => place === part.stuck)
  const state = stateAfter(told, operations, part.longest)
  const key = part.key === null ? 'the value' : valueText(part.key)
  const who = bar === undefined ? 'one operation' : `${bar.client}: ${bar.text} · ${bar.told}`
  return `${who} cannot be placed. The longest order of the others (${part.longest.length}) leaves ${key} = ${valueText(state)}.`
}

function stateAfter({ model }: Told, operations: readonly Operation[], order: readonly number[]): unknown {
  if (model === null) return undefined
  const { init, step } = models[model]
  let state: unknown = init()
  for (const place of order) state = step(state, operations[place]?.input, operations[place]?.output)
  return state
}
