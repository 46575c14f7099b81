import type { AnyLab, LabLoaders } from '../lab/definition.ts'
import { must } from '../base/assert.ts'
import type { Comparer } from './compare/comparer.ts'
import type { FromEngine, ToEngine } from './messages.ts'

/** Work that has nothing to do with the run on show. */
export interface Job {
  /** Does one stretch, so that whoever hosts it has its turn between two; true when all is done. */
  goOn(): boolean
  /** The two runs that it compares, for what is asked about them once it is done. */
  readonly comparer?: Comparer
}

/** What asks for such work. */
export type JobMessage = Extract<ToEngine, { type: 'survey' | 'hunt' | 'compare' | 'study' }>

type Post = (message: FromEngine) => void

/**
 * Begins what is asked for. Rejects if there is no such lab.
 *
 * @param clock The host's, in microseconds.
 */
export async function beginJob(message: JobMessage, labs: LabLoaders, clock: () => number, post: Post): Promise<Job> {
  switch (message.type) {
    case 'survey':
      return await surveyJob(message, labs, post)
    case 'hunt':
      return await huntJob(message, labs, post)
    case 'compare':
      return await compareJob(message, labs, post)
    case 'study':
      return await studyJob(message, labs, clock, post)
  }
}

/** One setup under many seeds, a seed a stretch. */
async function surveyJob(
  { run, job, from, to }: Extract<ToEngine, { type: 'survey' }>,
  labs: LabLoaders,
  post: Post,
): Promise<Job> {
  const scripting = job.script.length > 0 ? import('./scripting.ts') : null
  const [lab, survey, scripts] = await Promise.all([loadLab(labs, job.lab), import('./survey.ts'), scripting])
  const figures = survey.surveyFigures(lab)
  let next = from
  return {
    goOn() {
      const row = survey.surveySeed(lab, job, next, scripts?.scripting ?? null)
      post({ type: 'surveyed', run, figures, rows: [row] })
      next++
      return next >= to
    },
  }
}

/** Two runs in step, and what can be asked of them then. */
async function compareJob(
  { run, job }: Extract<ToEngine, { type: 'compare' }>,
  labs: LabLoaders,
  post: Post,
): Promise<Job> {
  const [lab, { Comparer }, { scripting }] = await Promise.all([
    loadLab(labs, job.sides[0].value.lab),
    import('./compare/comparer.ts'),
    import('./scripting.ts'),
  ])
  const comparer = new Comparer(lab, job, scripting)
  return {
    comparer,
    goOn() {
      const comparison = comparer.goOn(STRETCH)
      if (comparison === null) post({ type: 'comparing', run, at: comparer.at, until: job.until })
      else post({ type: 'compared', run, comparison })
      return comparison !== null
    },
  }
}

/** Steps of each run between two looks at what has come in. */
const STRETCH = 200

/** Seeds of a hunt, or one to shrink, a run a stretch. */
async function huntJob(
  { run, quarry, task }: Extract<ToEngine, { type: 'hunt' }>,
  labs: LabLoaders,
  post: Post,
): Promise<Job> {
  const [lab, { beginHunt }] = await Promise.all([loadLab(labs, quarry.lab), import('./hunting.ts')])
  const hunt = await beginHunt(lab, quarry, task)
  return {
    goOn() {
      const step = hunt.next()
      if (step.done === true) post({ type: 'hunted', run, answer: step.value })
      return step.done === true
    },
  }
}

/** A calculation of a lab. What cannot be is told as refused, with its sentence; any other error is a bug and is thrown. */
async function studyJob(
  { run, lab, name, request }: Extract<ToEngine, { type: 'study' }>,
  labs: LabLoaders,
  clock: () => number,
  post: Post,
): Promise<Job> {
  const { studies } = await loadLab(labs, lab)
  const begin = await must(studies?.[name], `a study called ${name}`)()
  const going = begin(request as never, clock)
  return {
    goOn() {
      try {
        const step = going.next()
        if (step.done === true) post({ type: 'studied', run, outcome: { ok: true, value: step.value } })
        else post({ type: 'studying', run, progress: step.value })
        return step.done === true
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        post({ type: 'studied', run, outcome: { ok: false, error: error.message } })
        return true
      }
    },
  }
}

const loadLab = (labs: LabLoaders, name: string): Promise<AnyLab> => must(labs[name], `a lab called ${name}`)()
