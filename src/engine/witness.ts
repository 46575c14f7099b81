import { must } from '../base/assert.ts'
import type { Micros } from '../base/units.ts'
import { type Violation, Watch } from '../check/monitor.ts'
import { type Event, eventCode } from '../kernel/event.ts'
import { type Observer, Simulation } from '../kernel/simulation.ts'
import type { LabTypes, Setup, World } from '../kernel/types.ts'
import type { AnyLab } from '../lab/definition.ts'
import type { Overview } from '../lab/lanes.ts'
import type { MetricsView } from '../lab/metrics.ts'
import type { Accounts } from './accounts.ts'
import { CHRONICLED, RunChronicle } from './chronicle.ts'
import type { Spy } from './jump.ts'
import { LOSSES, LossMemory } from './loss-memory.ts'
import type { Watched } from './messages.ts'
import type { MetricsRecorder } from './metrics-recorder.ts'
import type { OverviewRecorder } from './overview.ts'

/** What is known at a moment and wound back with the run: it is kept with each checkpoint. */
export interface Memory {
  readonly watch: Watch<LabTypes>
  readonly losses: LossMemory
  readonly metrics: MetricsRecorder | null
}

/** Executes again, beside the run on show, all that happened from an instant on. */
export type Replay = (from: Micros, observer: Observer<LabTypes>) => Simulation<LabTypes>

/**
 * The one listener to a timeline's run. What judges and measures is of the moment on show; the chronicle and the overview are
 * written when the run first gets somewhere, and are of the furthest one.
 */
export class Witness implements Observer<LabTypes> {
  wants: number
  readonly causes = false
  readonly chronicle: RunChronicle
  readonly #lab: AnyLab
  readonly #accounts: Accounts | null
  #watch: Watch<LabTypes>
  #losses = new LossMemory()
  #metrics: MetricsRecorder | null
  /** Of the furthest moment: the same while nobody winds back. */
  #allMetrics: MetricsRecorder | null
  readonly #overview: OverviewRecorder | null
  #spy: Spy | null = null

  /** @param accounts Needed if it measures or keeps an overview; without it, only the lab tells. */
  constructor(
    lab: AnyLab,
    setup: Setup<LabTypes>,
    accounts: Accounts | null,
    does: { measures: boolean; keepsOverview: boolean },
  ) {
    this.#lab = lab
    this.#accounts = accounts
    this.chronicle = new RunChronicle(lab, { ...setup, workload: setup.workload ?? null }, accounts)
    this.#watch = new Watch(lab.monitors)
    this.#metrics = does.measures ? new (this.#told().MetricsRecorder)(lab) : null
    this.#allMetrics = this.#metrics
    this.#overview = does.keepsOverview ? new (this.#told().OverviewRecorder)(lab) : null
    this.chronicle.undecided = () => this.watched().flatMap((w) => (w.undecided === null ? [] : [w.monitor]))
    this.wants = this.#wanted()
  }

  observe(event: Event<LabTypes>, world: World<LabTypes>): void {
    this.#spy?.look(event)
    const before = this.#watch.violations.length
    this.#watch.observe(event, world)
    this.#metrics?.observe(event, world)
    if (event.type === 'lost') this.#losses.add(this.#lab, event)
    if (event.seq <= this.chronicle.known) return
    // The world of a timeline's run is its simulation, which has not been handed over yet while it boots.
    this.chronicle.add(event, world instanceof Simulation ? world.steps : 0, world)
    if (this.#overview !== null && (this.#overview.wants & (1 << eventCode(event.type))) !== 0)
      this.#overview.add(event, world)
    for (const violation of this.#watch.violations.slice(before)) this.chronicle.violations.push(violation)
  }

  /** All up to event `seq` has happened: whether that is further than ever, or as far. */
  comesTo(seq: number): boolean {
    if (seq < this.chronicle.known) return false
    this.chronicle.known = seq
    this.#allMetrics = this.#metrics
    return true
  }

  /** Those up to the moment on show. */
  get violations(): readonly Violation[] {
    return this.#watch.violations
  }

  /** How many events each monitor has seen, and what it can no longer say. */
  watched(): Watched[] {
    const undecided = this.#watch.undecided()
    return this.#watch.monitors.map((m, i) => ({
      monitor: m.name,
      events: this.#watch.watched[i] ?? 0,
      undecided: undecided[i] ?? null,
    }))
  }

  /** The messages that died a short while before the moment on show. */
  get losses(): LossMemory {
    return this.#losses
  }

  /** All that was measured of a run that has come as far as `reached`. */
  metrics(reached: Micros): MetricsView {
    return this.#told().viewMetrics(must(this.#allMetrics, 'metrics of a timeline that measures'), reached)
  }

  overview(from: Micros, to: Micros, columns: number): Overview {
    const marks = this.#told().violationMarks(this.chronicle.violations, from, to)
    return must(this.#overview, 'a timeline that keeps an overview').view(from, to, columns, marks)
  }

  /** Lets somebody look at the events that the next steps make; null for nobody. */
  spy(spy: Spy | null): void {
    this.#spy = spy
    this.wants = this.#wanted()
  }

  memory(): Memory {
    return { watch: this.#watch.copy(), losses: this.#losses.copy(), metrics: this.#metrics?.copy() ?? null }
  }

  goBackTo({ watch, losses, metrics }: Memory): void {
    this.#watch = watch.copy()
    this.#losses = losses.copy()
    this.#metrics = metrics?.copy() ?? null
  }

  /** Drops all that was told and counted of what comes after the moment at which `sim` stands. */
  forget(sim: Simulation<LabTypes>, replay: Replay): void {
    if (sim.seq < this.chronicle.known) this.#cutOverview(sim, replay)
    this.chronicle.truncate(sim.seq, sim)
    this.#allMetrics = this.#metrics
  }

  /** A bin of the overview is forgotten as a whole, so what came in it before is counted once more. */
  #cutOverview({ seq, now }: Simulation<LabTypes>, replay: Replay): void {
    const overview = this.#overview
    if (overview === null) return
    const from = overview.truncate(seq, now)
    const observe = (event: Event<LabTypes>): void => {
      if (event.at >= from && event.seq <= seq) overview.count(event)
    }
    const sim = replay(from, { wants: overview.wants, causes: false, observe })
    while (sim.seq < seq && sim.step(now));
  }

  #wanted(): number {
    const own = this.#watch.wants | CHRONICLED | LOSSES
    return own | (this.#spy?.wants ?? 0) | (this.#metrics?.wants ?? 0) | (this.#overview?.wants ?? 0)
  }

  #told(): Accounts {
    return must(this.#accounts, 'what tells and measures')
  }
}
