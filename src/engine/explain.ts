import type { Event } from '../kernel/event.ts'
import type { LabTypes, ProcessId } from '../kernel/types.ts'
import type { Explainer, Explanation, Hop, Line, Origin, Reason, Section, Subject, WhyNot } from '../lab/explain.ts'
import { reasonText } from '../lab/why-words.ts'
import { RunPast } from './past.ts'
import type { Timeline } from './timeline.ts'
import { WhyChain } from './why-chain.ts'

/** Answers what somebody asks about: how it came, and what is awaited and has not come. One mechanism for every lab. */
export async function explain(timeline: Timeline, subject: Subject): Promise<Explanation> {
  const explainer = (await timeline.lab.explain?.()) ?? {}
  return new Answerer(timeline, explainer).answer(subject)
}

class Answerer {
  readonly #timeline: Timeline
  readonly #explainer: Explainer<LabTypes>
  readonly #past: RunPast
  readonly #hops: Hop[] = []

  constructor(timeline: Timeline, explainer: Explainer<LabTypes>) {
    this.#timeline = timeline
    this.#explainer = explainer
    this.#past = timeline.past(RunPast)
  }

  answer(subject: Subject): Explanation {
    const { world } = this.#timeline
    const why = this.#why(subject)
    const rule = why.event === null ? null : this.#rule(why.event)
    const whyNot = this.#explainer.whyNot?.(world, subject) ?? []
    const sections = [...(rule === null ? [] : [rule]), ...why.sections, ...whyNot.map((it) => this.#written(it))]
    return { sections: sections.length > 0 ? sections : [NOTHING], hops: this.#hops }
  }

  /** How it came; and of which event that is, where the lab may have a rule to name. */
  #why(subject: Subject): { sections: Section[]; event: Event<LabTypes> | null } {
    switch (subject.type) {
      case 'process':
        return { sections: this.#ofProcess(subject.process), event: null }
      case 'item': {
        const origin = this.#explainer.item?.(this.#timeline.world, subject.process, subject.name) ?? null
        return { sections: origin === null ? [] : [this.#traced(origin, subject.process)], event: null }
      }
      case 'event':
        return this.#ofEvent(this.#past.event(subject.seq))
      case 'mark': {
        const isIt = (event: Event<LabTypes>) =>
          event.type === subject.kind && 'process' in event && event.process === subject.process
        return this.#ofEvent(this.#past.at(subject.at, isIt))
      }
      case 'message': {
        const id = subject.id.replace(/\+\d+$/, '')
        const sent = this.#past.at(subject.sentAt, (event) => event.type === 'sent' && event.id === id)
        return this.#ofEvent(this.#endOf(sent, subject.id) ?? sent)
      }
      case 'operation':
        return this.#ofOperation(subject.id)
    }
  }

  #ofProcess(process: ProcessId): Section[] {
    const { world } = this.#timeline
    if (!world.has(process)) return []
    const stop = world.stopOf(process)
    if (stop !== 0) return [this.#chain(`Why is ${process} ${world.status(process)}?`, this.#past.event(stop))]
    const origin = this.#explainer.standing?.(world, process) ?? null
    if (origin !== null) return [this.#traced(origin, process)]
    const last = this.#timeline.chronicle.stories.findLast(
      ({ seq, about }) => seq <= this.#timeline.seq && about.includes(process),
    )
    return last === undefined ? [] : [this.#chain(asQuestion(last.text), this.#past.event(last.seq))]
  }

  #ofEvent(event: Event<LabTypes> | null): { sections: Section[]; event: Event<LabTypes> | null } {
    if (event === null) return { sections: [], event }
    const text = reasonText(this.#timeline.lab, event, this.#past)?.text ?? event.type
    return { sections: [this.#chain(asQuestion(text), event)], event }
  }

  #ofOperation(id: string): { sections: Section[]; event: Event<LabTypes> | null } {
    const record = this.#timeline.chronicle.history.records.find((it) => it.id === id)
    if (record === undefined) return { sections: [], event: null }
    const done = record.returnSeq !== null && record.returnSeq <= this.#timeline.seq
    return this.#ofEvent(this.#past.event(done ? (record.returnSeq as number) : record.callSeq))
  }

  /** How a message ended, if that is known and was a loss: that is what is asked about then. */
  #endOf(sent: Event<LabTypes> | null, id: string): Event<LabTypes> | null {
    if (sent === null) return null
    return this.#past.first(sent.seq, this.#timeline.seq, (event) => event.type === 'lost' && event.id === id)
  }

  #traced({ question, turn, after }: Origin<LabTypes>, process: ProcessId): Section {
    const fits = (event: Event<LabTypes>) => 'process' in event && event.process === process && turn(event)
    const { chronicle, seq } = this.#timeline
    const asked = after === undefined ? undefined : chronicle.history.records.find(({ id }) => id === after)
    const event = asked === undefined ? this.#lastTurn(process, fits) : this.#past.first(asked.callSeq, seq, fits)
    return this.#chain(question, event)
  }

  /** Most turns are told, and of those it is known where they are. */
  #lastTurn(process: ProcessId, fits: (event: Event<LabTypes>) => boolean): Event<LabTypes> | null {
    const { chronicle, seq } = this.#timeline
    const told = chronicle.stories.filter((story) => story.seq <= seq && story.about.includes(process)).slice(-TOLD)
    for (const story of told.toReversed()) {
      const event = this.#past.event(story.seq)
      if (event !== null && fits(event)) return event
    }
    return this.#past.last(seq, fits)
  }

  #chain(question: string, event: Event<LabTypes> | null): Section {
    const chain = new WhyChain(this.#timeline.lab, this.#past, this.#explainer)
    if (event !== null) chain.follow(event)
    this.#hops.push(...chain.hops)
    return { question, lines: chain.lines.length > 0 ? chain.lines : [LONG_AGO] }
  }

  #rule(event: Event<LabTypes>): Section | null {
    const world = this.#explainer.rule === undefined ? null : this.#past.worldAfter(event.seq)
    const rule = world === null ? null : (this.#explainer.rule?.(event, world, this.#past) ?? null)
    return rule === null ? null : this.#written(rule)
  }

  #written({ question, reasons }: WhyNot): Section {
    return { question, lines: reasons.flatMap((reason) => this.#withCauses(reason)) }
  }

  /** How things stand, and under it what made them so. */
  #withCauses({ text, about = [], because = [] }: Reason): Line[] {
    const chain = new WhyChain(this.#timeline.lab, this.#past, this.#explainer)
    for (const seq of new Set(because)) {
      const event = this.#past.event(seq)
      if (event !== null) chain.follow(event)
    }
    this.#hops.push(...chain.hops)
    return [{ text, tone: 'plain', about, event: null, root: null }, ...chain.lines]
  }
}

/** A sentence of the narration, asked about. */
const asQuestion = (text: string): string => `Why “${text}”?`

/** As many stories about one process are looked at. */
const TOLD = 40
const LONG_AGO: Line = {
  text: 'It has been so for as long as the run can be searched at once.',
  tone: 'plain',
  about: [],
  event: null,
  root: null,
}
const NOTHING: Section = {
  question: 'Why?',
  lines: [{ ...LONG_AGO, text: 'There is nothing to ask here: nothing has happened to it yet.' }],
}
