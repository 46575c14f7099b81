import { models } from '../../check/models.ts'
import type { HistoryReader } from '../../check/reader.ts'
import type { Operation, Outcome } from './client.ts'
import { operationText } from './words.ts'

/**
 * The store as a key-value store with one copy, which it does not promise to be: whoever judges it sees stale reads and
 * lost writes as such. Siblings are several values at once, which one copy never has.
 */
export const history: HistoryReader<Operation, Outcome> = {
  model: models.keyValue,
  promises: 'eventual',
  input(what) {
    return what.type === 'put' ? { type: 'put', key: what.key, value: what.value } : { type: what.type, key: what.key }
  },
  answer(outcome) {
    switch (outcome.type) {
      case 'read':
        return {
          type: 'returned',
          output: outcome.values.length > 1 ? { siblings: outcome.values } : (outcome.values[0] ?? null),
        }
      case 'written':
        return { type: 'returned', output: true }
      // A request that the network doubled may come again, to a server that does hold the key by then.
      case 'failed':
      case 'unknown':
        return { type: 'unknown' }
    }
  },
  describe: operationText,
}
