import type { Locator, Page } from '@playwright/test'
import type { PageSnapshot, TestApi } from '../app/test-api.ts'
import type { Command } from '../kernel/command.ts'
import type { LabTypes, Link, ProcessId } from '../kernel/types.ts'

/** For how long a run goes on in search of a condition if nothing else is said, in simulated milliseconds. */
const LIMIT_MS = 60_000

/** What of the page's own interface is called from here. */
type Asked = Exclude<keyof TestApi, 'ready'>

/**
 * The page of a lab, as a test drives it. All times are simulated milliseconds; every promise resolves when the picture that
 * belongs to it is painted, so no test sleeps. What cannot be done rejects with the page's own sentence.
 */
export class Lab {
  readonly page: Page
  /** The page is served by the tests, and no longer than they last. */
  readonly servedHere: boolean

  constructor(page: Page, { servedHere = false }: { servedHere?: boolean } = {}) {
    this.page = page
    this.servedHere = servedHere
  }

  /** Goes to an address of the page, such as one that `link` gave, and waits for its first picture. */
  async visit(address: string): Promise<void> {
    // From the page itself, an address that differs in its fragment alone would load nothing.
    if (this.page.url().split('#')[0] === address.split('#')[0]) await this.page.goto('about:blank')
    await this.page.goto(address)
    await this.page.waitForFunction(() => 'netsplit' in window)
    await this.page.evaluate(() => (window as unknown as { netsplit: TestApi }).netsplit.ready)
  }

  /** Opens a ready-made scenario by its name (`raft/leader-crash`), or any by its content, paused at its start. */
  open(scenario: string | object, options: { seed?: number } = {}): Promise<PageSnapshot> {
    return this.#call('open', scenario, options)
  }

  state(): Promise<PageSnapshot> {
    return this.#call('state')
  }

  /** Goes on by so much. */
  advance(ms: number): Promise<PageSnapshot> {
    return this.#call('advance', ms)
  }

  /** Shows this instant, earlier or later. */
  seek(ms: number): Promise<PageSnapshot> {
    return this.#call('seek', ms)
  }

  /** Runs on until a sentence of the predicate language holds (docs/SCENARIO.md); rejects if it does not within the limit. */
  runUntil(condition: string, { limitMs = LIMIT_MS }: { limitMs?: number } = {}): Promise<PageSnapshot> {
    return this.#call('runUntil', condition, { limitMs })
  }

  /** Whether a sentence holds at the instant on show. Rejects if the lab does not understand it. */
  holds(condition: string): Promise<boolean> {
    return this.#call('holds', condition)
  }

  /** Does something at the instant on show; rejects, with the reason, if it cannot be done. */
  dispatch(command: Command<LabTypes>): Promise<PageSnapshot> {
    return this.#call('dispatch', command)
  }

  crash(process: ProcessId): Promise<PageSnapshot> {
    return this.dispatch({ type: 'crash', process })
  }

  restart(process: ProcessId): Promise<PageSnapshot> {
    return this.dispatch({ type: 'restart', process })
  }

  /** Cuts all links between two groups, both ways. */
  cut(some: readonly ProcessId[], others: readonly ProcessId[]): Promise<PageSnapshot> {
    const pairs = some.flatMap((a) => others.map((b) => [a, b] as const))
    const links = pairs.flatMap(([a, b]) => [
      { from: a, to: b },
      { from: b, to: a },
    ])
    return this.dispatch({ type: 'cut', links })
  }

  /** Mends every cut. */
  async heal(): Promise<PageSnapshot> {
    const { world } = await this.state()
    return await this.dispatch({ type: 'mend', links: (world as { cuts: readonly Link[] }).cuts })
  }

  /** Who leads, in a lab whose servers elect one; null while nobody does. */
  async leader(): Promise<ProcessId | null> {
    const { view } = await this.state()
    return (view as { leader?: ProcessId | null }).leader ?? null
  }

  /** 16 hex digits over all that has happened: the same in every browser and in Node. */
  fingerprint(): Promise<string> {
    return this.#call('fingerprint')
  }

  /** The address that opens the page at this very moment. */
  link(): Promise<string> {
    return this.#call('link')
  }

  /** The mark of a server on the stage. */
  server(id: ProcessId): Locator {
    return this.page.locator(`[data-server="${id}"]`)
  }

  async #call<K extends Asked>(name: K, ...args: Parameters<TestApi[K]>): Promise<Awaited<ReturnType<TestApi[K]>>> {
    const result = await this.page.evaluate(
      ([asked, given]) => {
        const api = (window as unknown as { netsplit: Record<string, (...args: unknown[]) => unknown> }).netsplit
        return api[asked]?.(...given)
      },
      [name as string, args as unknown[]] as const,
    )
    return result as Awaited<ReturnType<TestApi[K]>>
  }
}
