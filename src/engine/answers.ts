import type { Answer, Question } from './messages.ts'
import type { Timeline } from './timeline.ts'

/** What can be said of the run as it stands, without going anywhere. */
type PlainQuestion = Extract<Question, { type: 'fingerprint' | 'metrics' | 'overview' | 'trace' | 'why' | 'message' }>

/** The answer, or a promise of it where the code that finds it has to come first. */
export function answerPlain(timeline: Timeline, question: PlainQuestion): Answer | Promise<Answer> {
  switch (question.type) {
    case 'fingerprint':
      return { type: 'fingerprint', fingerprint: timeline.fingerprint() }
    case 'metrics':
      return { type: 'metrics', metrics: timeline.metrics() }
    case 'overview':
      return { type: 'overview', overview: timeline.overview(question.from, question.to, question.columns) }
    case 'trace':
      return trace(timeline, question)
    case 'why':
      return why(timeline, question)
    case 'message':
      return contents(timeline, question)
  }
}

async function trace(timeline: Timeline, { from, to }: Extract<Question, { type: 'trace' }>): Promise<Answer> {
  const { traceOf } = await import('./trace.ts')
  return { type: 'trace', events: traceOf(timeline, from, Math.min(to, timeline.reached)) }
}

async function why(timeline: Timeline, { subject }: Extract<Question, { type: 'why' }>): Promise<Answer> {
  const { explain } = await import('./explain.ts')
  return { type: 'why', explanation: await explain(timeline, subject) }
}

async function contents({ lab, world }: Timeline, { id }: Extract<Question, { type: 'message' }>): Promise<Answer> {
  const { readMessage } = await import('../lab/contents.ts')
  return { type: 'message', message: readMessage(lab, world, id) }
}
