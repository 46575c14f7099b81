import { formatDuration } from '../../base/units.ts'
import type { Event } from '../../kernel/event.ts'
import type { World } from '../../kernel/types.ts'
import type { Sentence, Tone } from '../../lab/definition.ts'
import type { Outcome } from './client.ts'
import type { Note, Ping } from './types.ts'

/** The sentences of this lab. Crashes, cuts and the like are told alike for every lab, elsewhere. */
export function story(event: Event<Ping>, _world: World<Ping>): Sentence | null {
  switch (event.type) {
    case 'noted':
      return tellNote(event.process, event.note)
    case 'invoked':
      return say(`${event.process} asks ${event.what.via ?? 'its server'} to ping now`, [event.process])
    case 'completed':
      return tellOutcome(event.process, event.outcome)
    default:
      return null
  }
}

/** Answers are what is usual: only what fails is worth a sentence. */
function tellNote(id: string, note: Note): Sentence | null {
  if (note.type === 'missed') return say(`${id} has no answer from ${note.by} in time`, [id, note.by], 'bad')
  if (note.type === 'restored') return say(`${id} is back and remembers ${note.requests} requests`, [id])
  return null
}

/** What a client learnt, in a word or two. */
export function outcomeText(outcome: Outcome): { text: string; verdict: 'ok' | 'failed' | 'open' } {
  switch (outcome.type) {
    case 'answered':
      return { text: formatDuration(outcome.took), verdict: 'ok' }
    case 'missed':
      return { text: 'no answer', verdict: 'failed' }
    case 'unknown':
      return { text: 'unknown', verdict: 'open' }
  }
}

function tellOutcome(id: string, outcome: Outcome): Sentence {
  switch (outcome.type) {
    case 'answered':
      return say(
        `${id} hears from ${outcome.from}: ${formatDuration(outcome.took)} there and back`,
        [id, outcome.from],
        'good',
      )
    case 'missed':
      return say(`${id} hears from ${outcome.from}: no answer`, [id, outcome.from], 'bad')
    case 'unknown':
      return say(`${id} gives up waiting`, [id], 'bad')
  }
}

const say = (text: string, about: readonly string[], tone: Tone = 'plain'): Sentence => ({ text, about, tone })
