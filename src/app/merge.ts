import type { OperationRecord } from '../check/history.ts'
import { trimStories } from '../lab/stories.ts'
import type { Chronicle } from '../engine/messages.ts'
import type { PageState } from './state.ts'

type Told = Pick<PageState, 'stories' | 'operations' | 'violations' | 'expectations'>

/** Takes in what an engine tells: it replaces everything that came after event number `after`. */
export function mergeChronicle(known: Told, news: Chronicle): Told {
  const { after } = news
  return {
    stories: trimStories([...known.stories.filter((story) => story.seq <= after), ...news.stories]),
    operations: mergeOperations(known.operations, news.operations, after),
    violations: [...known.violations.filter((violation) => violation.seq <= after), ...news.violations],
    expectations: news.expectations,
  }
}

/** An operation may have begun before `after` and ended since: the news names it again, and takes its place. */
function mergeOperations(
  known: readonly OperationRecord[],
  news: readonly OperationRecord[],
  after: number,
): readonly OperationRecord[] {
  if (news.length === 0 && known.every((record) => isSettled(record, after))) return known
  const fresh = new Map(news.map((record) => [record.id, record]))
  const kept = known.filter((record) => record.callSeq <= after)
  const merged = kept.map((record) => {
    const now = fresh.get(record.id)
    fresh.delete(record.id)
    if (now !== undefined) return now
    return record.returnSeq !== null && record.returnSeq > after ? reopened(record) : record
  })
  return [...merged, ...fresh.values()]
}

const isSettled = (record: OperationRecord, after: number): boolean =>
  record.callSeq <= after && (record.returnSeq === null || record.returnSeq <= after)

const reopened = (record: OperationRecord): OperationRecord => ({
  ...record,
  return: null,
  returnSeq: null,
  outcome: null,
})
