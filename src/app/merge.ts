import type { OperationRecord } from '../check/history.ts'
import { trimStories } from '../lab/stories.ts'
import type { Chronicle } from '../engine/messages.ts'
import { share } from './share.ts'
import type { PageState } from './state.ts'

type Told = Pick<PageState, 'stories' | 'operations' | 'violations' | 'expectations'>

/**
 * Takes in what an engine tells: it replaces everything that came after event number `after`. A list to which nothing came
 * stays the same list.
 */
export function mergeChronicle(known: Told, news: Chronicle): Told {
  const { after } = news
  return {
    stories: trimStories(mergeList(known.stories, news.stories, after)),
    operations: mergeOperations(known.operations, news.operations, after),
    violations: mergeList(known.violations, news.violations, after),
    expectations: share(known.expectations, news.expectations),
  }
}

function mergeList<T extends { seq: number }>(known: readonly T[], news: readonly T[], after: number): readonly T[] {
  const kept = (known.at(-1)?.seq ?? 0) <= after ? known : known.filter(({ seq }) => seq <= after)
  return news.length === 0 ? kept : [...kept, ...news]
}

/** An operation may have begun before `after` and ended since: the news names it again, and takes its place. */
function mergeOperations(
  known: readonly OperationRecord[],
  news: readonly OperationRecord[],
  after: number,
): readonly OperationRecord[] {
  const settled = lastEvent(known) <= after
  if (news.length === 0 && settled) return known
  const merged = settled ? known.slice() : wound(known, after)
  for (const record of news) {
    // What began after `after` cannot be known yet; what has changed is among the newest.
    const place = record.callSeq > after ? -1 : merged.findLastIndex(({ id }) => id === record.id)
    if (place === -1) merged.push(record)
    else merged[place] = record
  }
  if (settled) lastEvents.set(merged, Math.max(lastEvent(known), lastEvent(news)))
  return merged
}

/** As they stood at event number `after`. */
function wound(known: readonly OperationRecord[], after: number): OperationRecord[] {
  return known
    .filter((record) => record.callSeq <= after)
    .map((record) => (record.returnSeq !== null && record.returnSeq > after ? reopened(record) : record))
}

const reopened = (record: OperationRecord): OperationRecord => ({
  ...record,
  return: null,
  returnSeq: null,
  outcome: null,
})

const lastEvents = new WeakMap<readonly OperationRecord[], number>()

/** The number of the last event that these operations know of; counted once for each list. */
function lastEvent(operations: readonly OperationRecord[]): number {
  let last = lastEvents.get(operations)
  if (last === undefined) {
    last = operations.reduce((most, { callSeq, returnSeq }) => Math.max(most, callSeq, returnSeq ?? 0), 0)
    lastEvents.set(operations, last)
  }
  return last
}
