import { type ConsoleMessage, expect, type Locator, type Page, test as base } from '@playwright/test'
import type { PageSnapshot, TestApi } from '../src/app/test-api.ts'
import type { RaftView } from '../src/labs/raft/observe.ts'

declare global {
  interface Window {
    netsplit: TestApi
  }
}

type Snapshot = PageSnapshot & { view: RaftView }

/** What Playwright itself says where a test does without the service worker. */
const BLOCKED = 'Service Worker registration blocked by Playwright'

/** The page as its tests speak of it. Nothing here sleeps: every call ends when the picture is painted. */
export class LabPage {
  readonly page: Page
  /** What the console said, which must be nothing. */
  readonly said: string[] = []

  constructor(page: Page) {
    this.page = page
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() !== 'debug' && message.text() !== BLOCKED)
        this.said.push(`${message.type()}: ${message.text()}`)
    })
    page.on('pageerror', (error) => this.said.push(`error: ${error.message}`))
    page.on('requestfailed', (request) => this.said.push(`failed: ${request.url()}`))
  }

  async open(query = ''): Promise<this> {
    await this.page.goto(`/${query}`)
    await this.page.waitForFunction(() => 'netsplit' in window)
    await this.page.evaluate(() => window.netsplit.ready)
    return this
  }

  server(id: string): Locator {
    return this.page.locator(`[data-server="${id}"]`)
  }
  async state(): Promise<Snapshot> {
    return (await this.page.evaluate(() => window.netsplit.state())) as Snapshot
  }
  async seek(ms: number): Promise<Snapshot> {
    return (await this.page.evaluate((t) => window.netsplit.seek(t), ms)) as Snapshot
  }
  async advance(ms: number): Promise<Snapshot> {
    return (await this.page.evaluate((t) => window.netsplit.advance(t), ms)) as Snapshot
  }
  async until(condition: string, limitMs = 20_000): Promise<Snapshot> {
    return (await this.page.evaluate(([c, limit]) => window.netsplit.runUntil(c, { limitMs: limit }), [
      condition,
      limitMs,
    ] as const)) as Snapshot
  }
  async dispatch(command: object): Promise<Snapshot> {
    return (await this.page.evaluate((c) => window.netsplit.dispatch(c as never), command)) as Snapshot
  }
  async fingerprint(): Promise<string> {
    return await this.page.evaluate(() => window.netsplit.fingerprint())
  }
  async leader(): Promise<string> {
    const { leader } = (await this.state()).view
    expect(leader).not.toBeNull()
    return leader as string
  }

  /** Opens a server's menu by mouse and picks an item. */
  async choose(id: string, item: string | RegExp): Promise<void> {
    await this.server(id).click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }

  /** The middle of a server's mark. */
  async place(id: string): Promise<{ x: number; y: number }> {
    const box = await this.server(id).boundingBox()
    if (box === null) throw new Error(`${id} is not on the page`)
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
}

/** A page on which nothing may be said in the console, in any test. */
export const test = base.extend<{ lab: LabPage }>({
  lab: async ({ page }, provide) => {
    const lab = new LabPage(page)
    await provide(lab)
    expect(lab.said).toEqual([])
  },
})

export { expect }
