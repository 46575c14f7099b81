import type { Operation, Outcome } from './client.ts'

/** An operation in a few words. */
export function operationText(what: Operation): string {
  const via = what.via === undefined ? '' : ` via ${what.via}`
  switch (what.type) {
    case 'get':
      return `get ${what.key}${via}`
    case 'put':
      return `${what.key} ← ${what.value}${what.blind === true ? ' (blind)' : ''}${via}`
    case 'delete':
      return `delete ${what.key}${via}`
  }
}

/** What a client learnt, in a word or two. */
export function outcomeText(outcome: Outcome): { text: string; verdict: 'ok' | 'failed' | 'open' } {
  switch (outcome.type) {
    case 'read':
      return { text: values(outcome.values), verdict: 'ok' }
    case 'written':
      return {
        text: outcome.values.length > 1 ? `written, beside ${outcome.values.length - 1}` : 'written',
        verdict: 'ok',
      }
    case 'failed':
      return { text: outcome.why, verdict: 'failed' }
    case 'unknown':
      return { text: outcome.why, verdict: 'open' }
  }
}

/** What a read has found, in words. */
export const values = (all: readonly string[]): string => (all.length === 0 ? 'nothing' : all.join(' and '))
