import type { Partition, Verdict as Word } from '../../check/linearizability.ts'
import { models } from '../../check/models.ts'
import type { Operation } from '../../check/operation.ts'
import type { HistoryReader } from '../../check/reader.ts'
import { valueText } from '../../check/words.ts'
import { Icon } from '../../ui/icons.tsx'
import type { Judged } from './judge-client.ts'
import { LEVEL_WORDS } from './level-words.ts'
import { NUMBERS } from '../../ui/numbers.ts'
import type { Bar, Told } from './track.ts'

interface VerdictProps {
  told: Told
  judged: Judged | null
  promise: HistoryReader['promises'] | null
  onPoint(bars: readonly Bar[]): void
}

/** Whether it was correct, in a sentence; key by key; and what cannot be. */
export function Verdict({ told, judged, promise, onPoint }: VerdictProps) {
  if (told.model === null) {
    return <p className="verdict-none dim">This lab makes its clients no promise that could be judged.</p>
  }
  const verdict = judged?.found.verdict ?? null
  const excused = verdict === 'illegal' && judged !== null && isExcused(judged, promise)
  return (
    <div
      className="verdict"
      data-verdict={verdict ?? 'open'}
      data-excused={excused || undefined}
      data-judged={judged?.operations.length ?? 0}
    >
      <p className="verdict-line">
        <span className="verdict-sign">{verdict !== null && <Icon name={SIGNS[verdict]} />}</span>
        <strong role="status">{verdict === null ? 'Judging …' : TITLES[verdict]}</strong>
        <span className="dim">{judged !== null && sentence(judged, promise)}</span>
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
            <Proof told={told} judged={judged} part={part} onPoint={onPoint} />
          </p>
        ) : null,
      )}
    </div>
  )
}

const SIGNS = { ok: 'check', illegal: 'close', unknown: 'question' } as const
const TITLES: Record<Word, string> = { ok: 'Linearizable', illegal: 'Not linearizable', unknown: 'Undecided' }

function sentence(judged: Judged, promise: VerdictProps['promise']): string {
  const { found, operations } = judged
  const count = `${NUMBERS.format(operations.length)} ${operations.length === 1 ? 'operation' : 'operations'}`
  if (found.verdict === 'ok') return `One order of ${count} explains every answer.`
  if (found.verdict === 'illegal') return `No order of ${count} explains every answer. ${kept(judged, promise)}`
  return `${count} are too much to tell: the search gave up after ${NUMBERS.format(found.steps)} steps.`
}

/** It promised less, and kept that. */
const isExcused = ({ ladder }: Judged, promise: VerdictProps['promise']): boolean =>
  promise !== null && ladder?.rungs.find(({ level }) => level === promise)?.verdict !== 'broken'

function kept({ ladder }: Judged, promise: VerdictProps['promise']): string {
  if (ladder === null) return ''
  const names = ladder.strongest.map((level) => LEVEL_WORDS[level].name.toLowerCase())
  const keeps = names.length === 0 ? 'It keeps no weaker promise, either.' : `It keeps: ${names.join(', ')}.`
  if (promise === null || promise === 'linearizable') return keeps
  return `${keeps} This lab promises no more than ${LEVEL_WORDS[promise].name.toLowerCase()}.`
}

interface ProofProps {
  told: Told
  judged: Judged
  part: Extract<Partition, { verdict: 'illegal' }>
  onPoint(bars: readonly Bar[]): void
}

/** What the longest order leaves, and who does not fit behind it. */
function Proof({ told, judged: { operations }, part, onPoint }: ProofProps) {
  const bar = told.bars.find(({ place }) => place === part.stuck)
  const state = stateAfter(told, operations, part.longest)
  const key = part.key === null ? 'the value' : valueText(part.key)
  return (
    <>
      {bar === undefined ? (
        'One operation'
      ) : (
        <button type="button" className="verdict-who" title="Show it below" onClick={() => onPoint([bar])}>
          {bar.client}: {bar.text} · {bar.told}
        </button>
      )}{' '}
      cannot be placed. The longest order of the others ({part.longest.length}) leaves {key} = {valueText(state)}.
    </>
  )
}

function stateAfter({ model }: Told, operations: readonly Operation[], order: readonly number[]): unknown {
  if (model === null) return undefined
  const { init, step } = models[model]
  let state: unknown = init()
  for (const place of order) state = step(state, operations[place]?.input, operations[place]?.output)
  return state
}
