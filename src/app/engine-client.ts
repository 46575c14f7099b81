import type {
  Answer,
  AnyRun,
  Expectation,
  Fired,
  FromEngine,
  Moment,
  Question,
  Script,
  ToEngine,
  Tree,
} from '../engine/messages.ts'
import type { Micros } from '../base/units.ts'
import type { Command } from '../kernel/command.ts'
import type { LabTypes } from '../kernel/types.ts'
import { mergeChronicle } from './merge.ts'
import { nextStop } from './next-stop.ts'
import type { PageState } from './state.ts'
import { openPort, type Port } from './port.ts'
import { share } from './share.ts'
import { useStore } from './store.ts'

/** An engine that says nothing for this long, though it was asked something, is taken for dead. */
const SILENCE_MS = 3_000

/** So many deaths in a row without a picture between them, and the page gives up on the run. */
const MAX_DEATHS = 3

/** The only future that there is. */
export const ONE: Tree = { name: 'Main', branches: [], redoable: false }

/** What is answered by a picture, without the numbers, which the client adds. */
type Request = ToEngine extends infer M ? (M extends { turn: number } ? Omit<M, 'run' | 'turn'> : never) : never

/**
 * The page's end of the pipe. It numbers what is asked, drops answers to what is no longer asked, and puts a fresh engine in
 * the place of one that died, with the run as it stood.
 */
export class EngineClient {
  #port: Port
  #asked = 0
  #answers = new Map<number, (answer: Answer) => void>()
  #waiting = false
  /** The number of the last picture that was asked for. */
  #turn = 0
  /** What came before its picture, to be shown with it. */
  #told: Partial<PageState> = {}
  /** A command is under way: the moment on show is not yet the one that it left behind. */
  #acting = false
  #watchdog: ReturnType<typeof setTimeout> | null = null
  #deaths = 0
  #expectations: readonly Expectation[] = []
  #window: Record<string, number> = {}
  readonly #onFrame = new Set<(moment: Moment) => void>()

  constructor() {
    this.#port = this.#open()
  }

  get window(): Record<string, number> {
    return this.#window
  }

  /** What the scenario on show expects. */
  get expectations(): readonly Expectation[] {
    return this.#expectations
  }

  /** The number of the last picture that was asked for. */
  get turn(): number {
    return this.#turn
  }

  /** Whether a picture was asked for and has not come. */
  get waiting(): boolean {
    return this.#waiting
  }

  /**
   * Opens a run at an instant; at one that had been left before, with how far its script and its steps had come. With the core
   * of its lab alone, if that will do for the picture: `whole` then brings the rest.
   */
  open(
    run: AnyRun,
    script: Script,
    expectations: readonly Expectation[],
    at: Micros,
    how: { fired?: readonly Fired[]; steps?: number; stopAtPart?: number; tree?: Tree; coreOnly?: boolean } = {},
  ): void {
    this.#expectations = expectations
    this.#window = {}
    this.#change(
      { type: 'open', value: run, script, fired: [], expectations, at, ...how, window: this.#window },
      {
        run,
        script,
        fired: how.fired ?? [],
        tree: how.tree ?? ONE,
        frame: null,
        reached: 0,
        stories: [],
        operations: [],
        violations: [],
        expectations: [],
      },
    )
  }

  /** The whole lab, after a picture with its core alone. */
  whole(): void {
    this.#port.post({ type: 'whole', run: useStore.getState().generation })
  }

  /**
   * Playing on stops at a violation, if the user wants it so; a jump to an instant does not. Both stop where a reader has to:
   * at this part of the script, or, left out, at the next step.
   */
  show(at: Micros, jump = false, part = nextStop(useStore.getState(), jump)): void {
    const stopAtViolation = !jump && useStore.getState().stopAtViolation
    const stop = { stopAtViolation, ...(part !== undefined && { stopAtPart: part }) }
    this.#send({ type: 'show', at, window: this.#window, ...stop })
  }

  /** Shows a moment that is known, to the step. */
  showMoment({ at, steps }: Moment): void {
    this.#send({ type: 'show', at, steps, window: this.#window })
  }

  /** Shows other parts of long things, at the moment on show or on the way to the one that was asked for. */
  look(change: Record<string, number>): void {
    this.#window = Object.fromEntries(Object.entries({ ...this.#window, ...change }).filter(([, value]) => value >= 0))
    this.#send({ type: 'look', window: this.#window })
  }

  step(by: 1 | -1): void {
    this.#send({ type: 'step', by, window: this.#window })
  }

  /** Does something at a moment; whatever was known of the time after it is out of date. */
  command(command: Command<LabTypes>, at: Moment, also: readonly Command<LabTypes>[] = []): void {
    const place = this.#acting ? null : at
    this.#acting = true
    const keeps = useStore.getState().reached > at.at
    this.#change({ type: 'command', at: place, command, also, keeps, window: this.#window }, { reached: at.at })
  }

  /** Takes back the last thing that was done, or does it again. */
  turnBack(what: 'undo' | 'redo'): void {
    this.#change({ type: what, window: this.#window }, { reached: 0 })
  }

  /** Brings another branch on show. */
  switchTo(branch: number): void {
    this.#change({ type: 'switch', branch, window: this.#window }, { reached: 0 })
  }

  prune(branch: number): void {
    this.#send({ type: 'prune', branch, window: this.#window })
  }

  rename(branch: number | null, name: string): void {
    this.#send({ type: 'rename', branch, name, window: this.#window })
  }

  ask(question: Question): Promise<Answer> {
    const id = ++this.#asked
    this.#port.post({ type: 'ask', run: useStore.getState().generation, id, question })
    this.#arm()
    return new Promise((resolve) => this.#answers.set(id, resolve))
  }

  cancel(): void {
    for (const id of this.#answers.keys()) this.#port.post({ type: 'cancel', id })
  }

  /** Called at every picture of the run as it now stands. Returns how to stop. */
  onFrame(listener: (moment: Moment) => void): () => void {
    this.#onFrame.add(listener)
    return () => this.#onFrame.delete(listener)
  }

  #open(): Port {
    const port: Port = openPort({
      hear: (message) => port === this.#port && this.#hear(message),
      died: (why) => port === this.#port && this.#died(why),
    })
    return port
  }

  /** Asks for what changes the run, and then says so: who hears of it and asks about the run asks about the changed one. */
  #change(request: Request, change: Partial<PageState>): void {
    this.#told = {}
    const generation = useStore.getState().generation + 1
    this.#send(request, generation)
    useStore.setState({ ...change, generation })
  }

  #send(request: Request, run = useStore.getState().generation): void {
    this.#waiting = true
    this.#port.post({ ...request, run, turn: ++this.#turn })
    this.#arm()
  }

  #hear(message: FromEngine): void {
    this.#quiet()
    const { generation } = useStore.getState()
    if (message.type === 'answer') {
      this.#answers.get(message.id)?.(message.answer)
      this.#answers.delete(message.id)
      return
    }
    if (message.run < generation) {
      if (this.#waiting) this.#arm()
      return
    }
    switch (message.type) {
      case 'frame':
        this.#waiting = message.turn < this.#turn
        this.#acting = false
        this.#deaths = 0
        useStore.setState(({ frame, reached }) => ({
          ...this.#told,
          frame: { ...message, world: share(frame?.world, message.world), view: share(frame?.view, message.view) },
          reached: Math.max(reached, message.moment.at, message.reached),
          progress: null,
        }))
        this.#told = {}
        for (const listener of this.#onFrame) listener(message.moment)
        break
      case 'chronicle':
        this.#told = { ...this.#told, ...mergeChronicle({ ...useStore.getState(), ...this.#told }, message) }
        break
      case 'run':
        this.#told = { ...this.#told, run: message.value, fired: message.fired, tree: message.tree }
        break
      case 'progress':
        useStore.setState({ progress: { at: message.at, target: message.target } })
        this.#arm()
        break
      case 'broken':
        this.#died(message.text)
        break
      case 'surveyed':
      case 'hunted':
      case 'studying':
      case 'studied':
      case 'comparing':
      case 'compared':
      case 'strode':
        break
    }
    if (this.#answers.size > 0) this.#arm()
  }

  /** Puts a fresh engine in the place of this one, at the last moment that was on show. */
  #died(why: string): void {
    this.#quiet()
    this.#port.close()
    for (const resolve of this.#answers.values()) resolve({ type: 'error', text: why })
    this.#answers.clear()
    this.#told = {}
    const { run, script, fired, frame, notices, tree } = useStore.getState()
    this.#deaths++
    const last = this.#deaths >= MAX_DEATHS
    const at = this.#deaths === 1 ? (frame?.moment.at ?? 0) : 0
    const outcome =
      last || run === null ? 'The run could not be brought back.' : 'The run is back where it was, paused.'
    const change = {
      playing: false,
      progress: null,
      notices: { ...notices, bad: `The engine stopped: ${why}. ${outcome}` },
    }
    this.#port = this.#open()
    this.#waiting = false
    this.#acting = false
    if (last || run === null) {
      useStore.setState({ ...change, generation: useStore.getState().generation + 1 })
      return
    }
    const expectations = this.#expectations
    this.#change({ type: 'open', value: run, script, fired, expectations, at, tree, window: this.#window }, change)
  }

  #arm(): void {
    this.#watchdog ??= setTimeout(() => {
      this.#watchdog = null
      this.#died(`no answer for ${SILENCE_MS / 1000} s`)
    }, SILENCE_MS)
  }

  #quiet(): void {
    if (this.#watchdog !== null) clearTimeout(this.#watchdog)
    this.#watchdog = null
  }
}
