import type { Micros } from '../base/units.ts'
import type { Condition } from '../lab/condition.ts'
import type { LabLoaders, Window } from '../lab/definition.ts'
import { accounts } from './accounts.ts'
import { answerPlain } from './answers.ts'
import { brokenBy } from './broken.ts'
import type { Comparer } from './compare/comparer.ts'
import type { Job, JobMessage } from './job.ts'
import type { LaneReplay } from './lane-replay.ts'
import type { Place } from '../lab/moment.ts'
import type { Answer, FromEngine, Question, ToEngine } from './messages.ts'
import type { Search } from './jump.ts'
import { scripting } from './scripting.ts'
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
    if (timeline === null || message.run < this.#run) return
    this.#nowRuns(message.run)
    switch (message.type) {
      case 'whole':
        return
      case 'show':
        if (this.#inbox.some((later) => later.type === 'show')) return
        this.#interrupt()
        this.#task = showTask(message)
        return
      case 'look':
        if (this.#task === null || this.#task.type === 'job') break
        this.#task = { ...this.#task, window: message.window }
        return
      case 'step':
        this.#interrupt()
        if (message.by === 1) timeline.stepForward()
        else timeline.stepBack()
        break
      case 'command':
        this.#interrupt()
        if (message.at !== null) timeline.goTo(message.at)
        timeline.act(message.command, message.also, message.keeps)
        this.#teller.commandsChanged()
        break
      case 'undo':
      case 'redo':
        this.#interrupt()
        this.#teller.commandsChanged()
        if (message.type === 'undo' ? timeline.undo() : timeline.redo()) {
          this.#recall(timeline, timeline.moment, message.window)
          return
        }
        break
      case 'switch': {
        this.#interrupt()
        this.#teller.commandsChanged()
        const { at } = timeline.moment
        if (timeline.switchTo(message.branch)) {
          this.#recall(timeline, { at }, message.window)
          return
        }
        break
      }
      case 'prune':
        timeline.branches.remove(message.branch)
        this.#teller.commandsChanged()
        break
      case 'rename':
        timeline.branches.rename(message.branch, message.name)
        this.#teller.commandsChanged()
        break
      case 'ask':
        this.#ask(timeline, message.id, message.question)
        return
    }
    this.#show(timeline, message.window)
  }

  /** Runs a future that was taken up again to where it was seen, so that it is known as before, and shows a moment of it. */
  #recall(timeline: Timeline, back: Place, window: Window): void {
    const at = Math.max(back.at, timeline.promised)
    this.#task = { type: 'show', at, back, window, stop: false }
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
    const done = task.type === 'show' ? showOn(timeline, task) : this.#searchOn(timeline, task)
    const target = task.type === 'show' ? task.at : task.end
    if (!done) {
      this.#post({ type: 'progress', run: this.#run, at: timeline.moment.at, target })
      return
    }
    this.#task = null
    if (task.type === 'show' && task.back !== undefined) goBack(timeline, task.back)
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

  /** Runs until the condition holds or its time is up; true when it is decided. */
  #searchOn(timeline: Timeline, task: Extract<Task, { type: 'until' }>): boolean {
    for (let i = 0; i < SLICE; i++) {
      if (timeline.holds(task.condition)) return true
      if (timeline.stepForward(task.end)) continue
      timeline.seek(task.end)
      return true
    }
    return false
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

type Task =
  /** Then it stands at `back`, which is not later. */
  | { type: 'show'; at: Micros; back?: Place; window: Window; stop: boolean; part?: number }
  | { type: 'job'; job: Job }
  | { type: 'jump'; id: number; search: Search; window: Window }
  | { type: 'until'; id: number; condition: Condition; end: Micros; window: Window }

type ShowTask = Extract<Task, { type: 'show' }>

/** Of what asks for a moment, how to come to it. */
function showTask(message: Extract<ToEngine, { type: 'show' | 'open' }>): ShowTask {
  const { at, steps, window, stopAtPart } = message
  return {
    type: 'show',
    at,
    window,
    stop: message.type === 'show' && message.stopAtViolation === true,
    ...(steps !== undefined && { back: { at, steps } }),
    ...(stopAtPart !== undefined && { part: stopAtPart }),
  }
}

const showOn = (timeline: Timeline, { at, stop, part }: ShowTask): boolean =>
  part === undefined ? timeline.seek(at, SLICE, stop) : timeline.reach(part, at, SLICE)

/** What the run stopped at on its way, if it did. */
function stopOf(timeline: Timeline, { stop, part }: ShowTask): Stop {
  const { stoppedAt, moment } = timeline
  if (stop && part === undefined && stoppedAt !== null) return { stoppedAt }
  const fired = part === undefined ? undefined : timeline.fired[part]
  return fired !== undefined && fired.at === moment.at && fired.steps === moment.steps ? { arrived: fired.index } : {}
}

const isJob = (message: ToEngine): message is JobMessage => JOBS.has(message.type)
const JOBS: ReadonlySet<ToEngine['type']> = new Set<JobMessage['type']>(['survey', 'hunt', 'compare', 'study'])

const loadJobs = async () => await import('./job.ts')
const loadJump = async () => await import('./jump.ts')

function goBack(timeline: Timeline, { at, steps }: Place): void {
  if (steps === undefined) timeline.seek(at)
  else if (steps <= timeline.moment.steps) timeline.goTo({ at, steps })
}

const loadReplay = async () => (await import('./lane-replay.ts')).LaneReplay
