import type { LabLoaders, Window } from '../lab/definition.ts'
import { accounts } from './accounts.ts'
import { answerPlain } from './answers.ts'
import { change, type Change } from './change.ts'
import { brokenBy } from './broken.ts'
import type { Comparer } from './compare/comparer.ts'
import type { Job, JobMessage } from './job.ts'
import type { LaneReplay } from './lane-replay.ts'
import type { Answer, FromEngine, Question, ToEngine } from './messages.ts'
import { scripting } from './scripting.ts'
import { goOn, recallTask, showTask, stopOf, type Task } from './task.ts'
import { type Stop, Teller } from './teller.ts'
import { Timeline } from './timeline.ts'

/** Steps between two looks at the clock and at what has come in. */
const SLICE = 500

/**
 * One engine behind one pipe. It takes messages strictly in order, skips all but the last of several `show`, and works in
 * slices, so that whoever hosts it (a worker, a page without workers, a test) stays in charge of the time.
 */
export class Session {
  readonly #labs: LabLoaders
  readonly #post: (message: FromEngine) => void
  readonly #teller: Teller
  readonly #clock: () => number
  readonly #inbox: ToEngine[] = []
  #timeline: Timeline | null = null
  #run = 0
  #turn = 0
  #task: Task | null = null
  /** Questions about intervals that are being executed again, in turn with the task. */
  #replays: { id: number; replay: LaneReplay }[] = []
  #replayIsNext = false
  #opening = false
  /** Of the two runs that were compared last. */
  #comparer: Comparer | null = null

  /** @param clock The host's, in microseconds. No run ever sees it; studies measure their own work by it. */
  constructor(labs: LabLoaders, post: (message: FromEngine) => void, clock: () => number = () => 0) {
    this.#labs = labs
    this.#post = post
    this.#teller = new Teller(post)
    this.#clock = clock
  }

  receive(message: ToEngine): void {
    this.#inbox.push(message)
  }

  /** Whether there is anything to do. While a lab's code is being loaded there is not: `ready` tells when. */
  get busy(): boolean {
    return !this.#opening && (this.#inbox.length > 0 || this.#task !== null || this.#replays.length > 0)
  }

  /** Whether it has come to where it was told to go, with nothing left to load or to do. */
  get stands(): boolean {
    return !this.#opening && this.#inbox.length === 0 && this.#task === null
  }

  /** Called when loading a lab is done and work may go on. */
  ready: () => void = () => {}

  /** Does a little. */
  work(): void {
    try {
      const message = this.#inbox.shift()
      if (message !== undefined) this.#take(message)
      else if (this.#task !== null && !(this.#replayIsNext && this.#replays.length > 0)) this.#goOn(this.#task)
      else this.#replayOn()
    } catch (error) {
      this.#break(error)
    }
  }

  /** A slice of the oldest question about an interval. */
  #replayOn(): void {
    this.#replayIsNext = false
    const [first] = this.#replays
    const lanes = first?.replay.goOn(SLICE) ?? null
    if (first === undefined || lanes === null) return
    this.#replays.shift()
    this.#answer(first.id, { type: 'lanes', lanes })
  }

  /** The run is another one from here on: what was asked about it has no answer any more. */
  #nowRuns(run: number): void {
    if (run === this.#run) return
    this.#run = run
    for (const { id } of this.#replays.splice(0)) this.#answer(id, { type: 'error', text: 'the run has changed' })
  }

  #take(message: ToEngine): void {
    if ('turn' in message) this.#turn = message.turn
    if (message.type === 'cancel') {
      this.#cancel(message.id)
      return
    }
    if (message.type === 'open') {
      this.#open(message)
      return
    }
    if (isJob(message)) {
      this.#begin(loadJobs().then(({ beginJob }) => beginJob(message, this.#labs, this.#clock, this.#post)))
      return
    }
    if (message.type === 'stride') {
      const { run, from, by } = message
      this.#post({ type: 'strode', run, by, stride: this.#comparer?.stride(from, by) ?? null })
      return
    }
    const timeline = this.#timeline
    if (timeline !== null && message.run >= this.#run) this.#takeOf(timeline, message)
  }

  #takeOf(timeline: Timeline, message: OfRun): void {
    this.#nowRuns(message.run)
    switch (message.type) {
      case 'whole':
        return
      case 'ask':
        this.#ask(timeline, message.id, message.question)
        return
      case 'show':
        if (this.#inbox.some((later) => later.type === 'show')) return
        this.#interrupt()
        this.#task = showTask(message)
        return
      case 'look':
        if (this.#task === null || this.#task.type === 'job') this.#show(timeline, message.window)
        else this.#task = { ...this.#task, window: message.window }
        return
      case 'step':
        this.#interrupt()
        if (message.by === 1) timeline.stepForward()
        else timeline.stepBack()
        this.#show(timeline, message.window)
        return
      default:
        this.#change(timeline, message)
    }
  }

  #change(timeline: Timeline, message: Change): void {
    if (message.type !== 'prune' && message.type !== 'rename') this.#interrupt()
    this.#teller.commandsChanged()
    const back = change(timeline, message)
    if (back === null) this.#show(timeline, message.window)
    else this.#task = recallTask(timeline, back, message.window)
  }

  #open(message: Extract<ToEngine, { type: 'open' }>): void {
    const { value, script, fired, expectations, tree } = message
    this.#interrupt()
    this.#nowRuns(message.run)
    this.#timeline = null
    const load = this.#labs[value.lab]
    if (load === undefined) {
      this.#post({ type: 'broken', run: this.#run, text: `there is no lab called ${value.lab}`, at: 0 })
      return
    }
    this.#await(load(), (lab) => {
      const rest = { scripting, accounts, metrics: true, overview: true, ...(tree && { tree }) }
      this.#timeline = new Timeline(lab, value, { script, fired, expectations, ...rest })
      this.#teller.startAgain()
      this.#task = showTask(message)
    })
  }

  #begin(coming: Promise<Job>): void {
    this.#await(coming, (job) => {
      this.#comparer = job.comparer ?? null
      this.#task = { type: 'job', job }
    })
  }

  /** Takes no further message until something has come and been used. */
  #await<T>(coming: Promise<T>, use: (value: T) => void): void {
    this.#opening = true
    coming
      .then(use)
      .catch((error: unknown) => this.#break(error))
      .finally(() => {
        this.#opening = false
        this.ready()
      })
  }

  #ask(timeline: Timeline, id: number, question: Question): void {
    switch (question.type) {
      case 'lanes': {
        const { from, to, only } = question
        this.#await(loadReplay(), (Replay) => this.#replays.push({ id, replay: new Replay(timeline, from, to, only) }))
        return
      }
      case 'jump':
        this.#await(loadJump(), ({ Search }) => {
          this.#interrupt()
          const search = new Search(timeline, question)
          this.#task = { type: 'jump', id, search, window: question.window }
        })
        return
      case 'holds':
      case 'until':
        this.#askCondition(timeline, id, question)
        return
      default: {
        const answer = answerPlain(timeline, question)
        if ('then' in answer) this.#await(answer, (found) => this.#answer(id, found))
        else this.#answer(id, answer)
      }
    }
  }

  #askCondition(timeline: Timeline, id: number, question: Extract<Question, { type: 'holds' | 'until' }>): void {
    const read = scripting.parseCondition(timeline.lab, question.condition)
    if (!read.ok) this.#answer(id, { type: 'error', text: read.error })
    else if (question.type === 'holds') this.#answer(id, { type: 'holds', holds: timeline.holds(read.value) })
    else {
      this.#interrupt()
      const { window } = question
      this.#task = { type: 'until', id, condition: read.value, end: timeline.moment.at + question.limit, window }
    }
  }

  #goOn(task: Task): void {
    this.#replayIsNext = true
    if (task.type === 'job') {
      if (task.job.goOn()) this.#task = null
      return
    }
    const timeline = this.#timeline
    if (timeline === null) {
      this.#task = null
      return
    }
    if (task.type === 'jump') {
      this.#jumpOn(timeline, task)
      return
    }
    if (!goOn(timeline, task, SLICE)) {
      const target = task.type === 'show' ? task.at : task.end
      this.#post({ type: 'progress', run: this.#run, at: timeline.moment.at, target })
      return
    }
    this.#task = null
    this.#show(timeline, task.window, task.type === 'show' ? stopOf(timeline, task) : {})
    if (task.type === 'until') {
      this.#answer(task.id, { type: 'until', found: timeline.holds(task.condition), at: timeline.moment.at })
    }
  }

  #jumpOn(timeline: Timeline, { id, search, window }: Extract<Task, { type: 'jump' }>): void {
    const found = search.goOn(SLICE)
    if (found === null) {
      this.#post({ type: 'progress', run: this.#run, at: search.at, target: search.target })
      return
    }
    this.#task = null
    this.#show(timeline, window)
    this.#answer(id, { type: 'jump', found, at: timeline.moment.at })
  }

  #show(timeline: Timeline, window: Window, stop: Stop = {}): void {
    this.#teller.show(timeline, { run: this.#run, turn: this.#turn }, window, stop)
  }

  #answer(id: number, answer: Answer): void {
    this.#post({ type: 'answer', id, answer })
  }

  /** Something else is wanted: a search that was under way is answered as not found. */
  #interrupt(): void {
    if (this.#task?.type === 'jump') this.#task.search.end()
    if (this.#task?.type === 'until' || this.#task?.type === 'jump')
      this.#answer(this.#task.id, { type: 'error', text: 'stopped: something else was asked' })
    this.#task = null
  }

  #cancel(id: number): void {
    const isSearch = this.#task?.type === 'until' || this.#task?.type === 'jump'
    if (this.#task === null || !isSearch || !('id' in this.#task) || this.#task.id !== id) return
    const { window } = this.#task
    this.#interrupt()
    if (this.#timeline !== null) this.#show(this.#timeline, window)
  }

  #break(error: unknown): void {
    const at = this.#timeline?.moment.at ?? 0
    this.#task = null
    this.#timeline = null
    this.#post(brokenBy(error, this.#run, at))
  }
}

const isJob = (message: ToEngine): message is JobMessage => JOBS.has(message.type)
const JOBS: ReadonlySet<ToEngine['type']> = new Set<JobMessage['type']>(['survey', 'hunt', 'compare', 'study'])

/** What is said of the run on show. */
type OfRun = Exclude<ToEngine, JobMessage | { type: 'open' | 'cancel' | 'stride' }>

const loadJobs = async () => await import('./job.ts')
const loadJump = async () => await import('./jump.ts')

const loadReplay = async () => (await import('./lane-replay.ts')).LaneReplay
