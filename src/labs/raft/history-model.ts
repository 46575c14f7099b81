import { models } from '../../check/models.ts'
import type { Answer, HistoryReader } from '../../check/reader.ts'
import type { Operation, Outcome } from './client.ts'
import { operationText } from './words.ts'
import type { Result } from './store.ts'

/** Raft's clients speak to a key-value store, and are promised that it behaves like a single copy (thesis §6.3). */
export const history: HistoryReader<Operation, Outcome> = {
  model: models.keyValue,
  promises: 'linearizable',
  input: ({ command }) => (command.type === 'noop' ? { type: 'get', key: '' } : command),
  answer: (outcome) => answers[outcome.type](outcome as never),
  describe: operationText,
}

const answers: { [K in Outcome['type']]: (outcome: Extract<Outcome, { type: K }>) => Answer } = {
  ok: ({ result }) => ({ type: 'returned', output: output(result) }),
  failed: () => ({ type: 'never' }),
  unknown: () => ({ type: 'unknown' }),
}

function output(result: Result): unknown {
  if (result.type === 'value') return result.value
  return result.type === 'swapped' ? result.swapped : true
}
