import type { Frame, Page } from '@playwright/test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { LabState } from '../src/embed/protocol.ts'
import { expect, test } from './lab-page.ts'
import { serveFolder } from './static-server.ts'

const examples = fileURLToPath(new URL('../dist-examples/', import.meta.url))

/** A deck as whoever gives a talk sees it. */
class DeckPage {
  readonly page: Page
  constructor(page: Page) {
    this.page = page
  }
  slide(): Promise<number> {
    return this.page.evaluate(() => (window as unknown as { Reveal: Deck }).Reveal.getIndices().h)
  }
  /** What the lab of a slide said last. */
  said(id: string): Promise<LabState | null> {
    return this.page.evaluate((one) => document.querySelector<LabElement>(`#${one}`)?.state ?? null, id)
  }
  async frame(id: string): Promise<Frame> {
    const handle = await this.page.waitForFunction(
      (one) => document.querySelector(`#${one}`)?.shadowRoot?.querySelector('iframe') ?? null,
      id,
    )
    const frame = await handle.asElement()?.contentFrame()
    if (frame === null || frame === undefined) throw new Error(`${id} has no frame`)
    return frame
  }
  async expectStep(id: string, step: number): Promise<void> {
    await expect.poll(async () => (await this.said(id))?.step).toBe(step)
  }
  async expectPlaying(id: string, playing: boolean): Promise<void> {
    await expect.poll(async () => (await this.said(id))?.playing).toBe(playing)
  }
}

interface Deck {
  getIndices(): { h: number }
  isPaused(): boolean
}
interface LabElement extends HTMLElement {
  state: LabState | null
}

const PLACES = {
  'over http': () => serveFolder(examples, '/talks/'),
  'from disk': async () => ({ url: pathToFileURL(examples).href, close: async () => undefined }),
}

for (const [where, open] of Object.entries(PLACES)) {
  test(`labs follow a deck of reveal.js in both directions, ${where}`, async ({ lab, page }) => {
    const place = await open()
    const deck = new DeckPage(page)
    const press = (key: string) => page.keyboard.press(key)
    await page.goto(`${place.url}reveal/index.html`)
    await expect(page.getByRole('heading', { name: /What happens/ })).toBeVisible()
    expect(page.frames()).toHaveLength(1)

    // The lab comes with its slide; fragments are its steps, there and back.
    await press('PageDown')
    await deck.expectStep('crash', 1)
    await deck.expectPlaying('crash', true)
    expect(page.frames()).toHaveLength(2)
    expect(page.workers()).toHaveLength(1)
    await press('PageDown')
    await deck.expectStep('crash', 2)
    await press('PageDown')
    await deck.expectStep('crash', 3)
    await press('PageUp')
    await deck.expectStep('crash', 2)

    // A gesture in the scaled deck lands where it is made, and the keys of the lab stay in it.
    const frame = await deck.frame('crash')
    await frame.getByRole('button', { name: 'Pause', exact: true }).click()
    await stroke(page, frame)
    await expect
      .poll(() =>
        frame.evaluate(async () =>
          ((await window.netsplit.state()).world as { cuts: { from: string; to: string }[] }).cuts.map(
            ({ from, to }) => `${from}-${to}`,
          ),
        ),
      )
      .toContain('n1-n2')
    const before = await frame.evaluate(async () => (await window.netsplit.state()).steps)
    await press('ArrowRight')
    await expect.poll(() => frame.evaluate(async () => (await window.netsplit.state()).steps)).toBeGreaterThan(before)
    await press('Space')
    await deck.expectPlaying('crash', true)
    expect(await deck.slide()).toBe(1)

    // The buttons of a clicker move the deck from inside a lab, each once.
    await press('b')
    await expect.poll(() => page.evaluate(() => (window as unknown as { Reveal: Deck }).Reveal.isPaused())).toBe(true)
    await press('b')
    await press('PageDown')
    await deck.expectStep('crash', 3)
    await press('PageDown')
    await deck.expectStep('crash', 4)
    expect(await deck.slide()).toBe(1)
    await press('PageDown')
    await expect.poll(() => deck.slide()).toBe(2)
    await deck.expectPlaying('crash', false)
    await deck.expectPlaying('isolated', true)
    const isolated = await deck.frame('isolated')
    await isolated.getByRole('button', { name: 'Pause', exact: true }).click()
    await press('PageDown')
    await expect.poll(() => deck.slide()).toBe(3)

    // What is pressed on the deck stays on the deck, and a lab goes on where it was.
    await press('PageUp')
    await expect.poll(() => deck.slide()).toBe(2)
    await press('PageUp')
    await expect.poll(() => deck.slide()).toBe(1)
    await deck.expectPlaying('crash', true)
    await deck.expectPlaying('isolated', false)
    await deck.expectStep('crash', 4)
    expect(lab.said.splice(0)).toEqual([])
    await page.goto('about:blank')
    lab.said.splice(0)
    await place.close()
  })
}

/** Across the link between the first two servers, as a hand draws it. */
async function stroke(page: Page, frame: Frame): Promise<void> {
  const [a, b] = await Promise.all(['n1', 'n2'].map((id) => frame.locator(`[data-server="${id}"]`).boundingBox()))
  if (!a || !b) throw new Error('the servers are not drawn')
  const middle = { x: (a.x + b.x + (a.width + b.width) / 2) / 2, y: (a.y + b.y + (a.height + b.height) / 2) / 2 }
  const [dx, dy] = [(a.y - b.y) / 6, (b.x - a.x) / 6]
  await page.mouse.move(middle.x - dx, middle.y - dy)
  await page.mouse.down()
  await page.mouse.move(middle.x, middle.y, { steps: 4 })
  await page.mouse.move(middle.x + dx, middle.y + dy, { steps: 4 })
  await page.mouse.up()
}
