import { formatDuration } from '../base/units.ts'
import type { Event, EventOf } from '../kernel/event.ts'
import type { LabTypes, ProcessId } from '../kernel/types.ts'
import type { AnyLab, Sentence } from './definition.ts'
import { causeOf, type Past } from './explain.ts'

/*
 * The sentences of a chain of causes that are alike for every lab. What a lab's narration tells, it tells here in the same
 * words.
 */

/** An event as a reason, in a sentence; null for one that says nothing beyond the next. */
export function reasonText(lab: AnyLab, event: Event<LabTypes>, past: Past<LabTypes>): Sentence | null {
  const told = past.told(event.seq)
  if (told !== null && event.type !== 'crashed') return told
  switch (event.type) {
    case 'commanded':
      return say(`${event.scripted ? 'The scenario' : 'You'} asked for it`, [])
    case 'sent':
      return say(`${event.process} sent ${lab.label(event.message)} to ${event.to}`, [event.process, event.to])
    case 'delivered':
      return deliveredText(lab, event, past)
    case 'lost':
      return lostText(lab, event)
    case 'held':
      return say(
        `${lab.label(event.message)} from ${event.process} has come, and is held at ${event.to}’s door`,
        [event.process, event.to],
        'bad',
      )
    case 'expired':
      return expiredText(event, past)
    case 'broke':
      return say(`The stream from ${event.process} to ${event.peer} broke`, [event.process, event.peer], 'bad')
    case 'invoked':
      return say(`${event.process} was asked: ${lab.operationText(event.what)}`, [event.process])
    case 'completed':
      return say(`${event.process} had its answer: ${lab.outcomeText(event.outcome).text}`, [event.process])
    case 'started':
      return say(`${event.process} started`, [event.process])
    case 'refused':
      return say(`Not done: ${event.why}`, [], 'bad')
    default:
      return null
  }
}

function deliveredText(lab: AnyLab, event: EventOf<LabTypes, 'delivered'>, past: Past<LabTypes>): Sentence {
  const sent = past.event(causeOf(event, 'message') ?? 0)
  const took = sent === null ? '' : `, ${formatDuration(event.at - sent.at)} after it was sent`
  return say(`${event.process} received ${lab.label(event.message)} from ${event.from}${took}`, [
    event.process,
    event.from,
  ])
}

function lostText(lab: AnyLab, { process, to, message, why }: EventOf<LabTypes, 'lost'>): Sentence {
  const reason = {
    loss: 'the network lost it',
    cut: 'the link was cut',
    down: `${to} was not there`,
    dropped: 'it was dropped',
  }[why]
  return say(`${lab.label(message)} from ${process} to ${to} did not come: ${reason}`, [process, to], 'bad')
}

/** What it awaited, of whom, and for how long. */
function expiredText(event: EventOf<LabTypes, 'expired'>, past: Past<LabTypes>): Sentence {
  const { process, timer, awaits } = event
  const set = past.event(causeOf(event, 'timer') ?? 0)
  const name = timer.replace(/ .*/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  if (causeOf(event, 'command') !== null) return say(`The ${name} timer of ${process} was made to expire`, [process])
  const span = set === null ? '' : ` after ${formatDuration(event.at - set.at)}`
  if (awaits === null) return say(`The ${name} timer of ${process} expired${span}`, [process])
  const from = awaits.from === undefined ? '' : ` from ${awaits.from}`
  const about: ProcessId[] = awaits.from === undefined ? [process] : [process, awaits.from]
  return say(`The ${name} timer of ${process} expired${span}: no ${orList(awaits.types)}${from} had come`, about)
}

const orList = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`

const say = (text: string, about: readonly ProcessId[], tone: Sentence['tone'] = 'plain'): Sentence => ({
  text,
  about,
  tone,
})
