import type { Locator, Page } from '@playwright/test'
import { defaultSetup, freshRun } from '../src/lab/setup.ts'
import { lab as raft } from '../src/labs/raft/lab.ts'
import { LaneReplay } from '../src/engine/lane-replay.ts'
import { Timeline } from '../src/engine/timeline.ts'
import type { AnyLab } from '../src/lab/definition.ts'
import type { LabTypes } from '../src/kernel/types.ts'
import { MS } from '../src/base/units.ts'
import { expect, test } from './lab-page.ts'

const moment = (page: Page): Locator => page.getByRole('slider', { name: 'Moment' })
const plot = (page: Page): Locator => page.locator('.lane-plot')

test('a crash is a mark and a hatched span on its lane, a restart another mark', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(700)
  await lab.dispatch({ type: 'crash', process: 'n3' })
  await lab.advance(200)
  await expect(page.locator('[data-mark="crashed"]')).toHaveAttribute('data-lane', 'n3')
  const span = page.locator('[data-span="down"]')
  await expect(span).toHaveAttribute('data-lane', 'n3')
  const lane = await page.locator('.lane-name', { hasText: 'n3' }).boundingBox()
  const box = await span.boundingBox()
  if (lane === null || box === null) throw new Error('the lane is not on the page')
  expect(Math.abs(lane.y + lane.height / 2 - box.y - box.height / 2)).toBeLessThan(3)
  await lab.dispatch({ type: 'restart', process: 'n3' })
  await lab.advance(50)
  await expect(page.locator('[data-mark="started"]')).toHaveAttribute('data-lane', 'n3')
})

test('a cut is shaded over all lanes, and says so', async ({ lab, page }) => {
  await lab.open('?scenario=raft/leader-isolated')
  await lab.until('there is a stale leader')
  await expect(page.locator('[data-span="cut"]').first()).toBeAttached()
  const box = await page.locator('[data-span="cut"]').first().boundingBox()
  const area = await plot(page).boundingBox()
  expect(Math.abs((box?.height ?? 0) - (area?.height ?? 99))).toBeLessThan(3)
  await expect(page.locator('.lane-word').first()).toHaveText('cut')
})

test('there is a line for every message that the engine knows to have come or died', async ({ lab, page }) => {
  await lab.open()
  const { seed } = await lab.seek(1_200)
  await expect(page.locator('[data-diagram="drawn"]')).toBeVisible()
  // The window shows the whole run so far, with nothing cut off at its left.
  const engine: AnyLab = raft
  const timeline = new Timeline(engine, freshRun<LabTypes>(engine, defaultSetup<LabTypes>(engine, seed)))
  timeline.seek(1_200 * MS)
  const messages = new LaneReplay(timeline, 0, 1_200 * MS).goOn(Number.POSITIVE_INFINITY)?.messages ?? []
  const ended = messages.filter(({ fate }) => fate !== 'flying').length
  const flying = messages.length - ended
  const lines = page.locator('[data-diagram] > .lane-messages')
  await expect(lines).toHaveAttribute('data-messages', String(ended))
  const drawn = await lines
    .locator('path')
    .evaluateAll((paths) =>
      paths.map((path) => (path.getAttribute('d') ?? '').split('M').length - 1).reduce((a, b) => a + b, 0),
    )
  expect(drawn).toBe(ended)
  await expect(page.locator('.lane-live .lane-messages')).toHaveAttribute('data-messages', String(flying))
})

test('a click seeks, and picks out the process of the lane', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(1_000)
  const area = await plot(page).boundingBox()
  const name = await page.locator('.lane-name', { hasText: 'n4' }).boundingBox()
  if (area === null || name === null) throw new Error('the diagram is not on the page')
  await page.mouse.click(area.x + area.width / 4, name.y + name.height / 2)
  await expect.poll(async () => Math.abs((await lab.state()).atMs - 350)).toBeLessThan(15)
  await expect(page.locator('.lane-name[data-selected]')).toHaveText('n4')
})

test('a drag scrubs, and the strip below leads anywhere in the run', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(4_000)
  await lab.seek(3_500)
  const head = await page.locator('.lane-head').boundingBox()
  if (head === null) throw new Error('no playhead')
  await page.mouse.move(head.x, head.y + 60)
  await page.mouse.down()
  await page.mouse.move(head.x - 150, head.y + 60, { steps: 4 })
  await page.mouse.up()
  await expect.poll(async () => (await lab.state()).atMs).toBeLessThan(3_400)
  const strip = await page.locator('.run-strip').boundingBox()
  if (strip === null) throw new Error('no strip')
  await page.mouse.click(strip.x + 2, strip.y + strip.height / 2)
  await expect.poll(async () => (await lab.state()).atMs).toBeLessThan(20)
})

test('the keyboard moves it, from mark to mark too, and says where it is', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(700)
  await lab.dispatch({ type: 'crash', process: 'n3' })
  await lab.advance(300)
  await expect(moment(page)).toHaveAttribute('aria-valuetext', '1.000 s simulated')
  await moment(page).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(moment(page)).toHaveAttribute('aria-valuetext', '0.986 s simulated')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(moment(page)).toHaveAttribute('aria-valuetext', '1.126 s simulated')
  await expect(page.locator('[data-mark="crashed"]')).toBeAttached()
  await page.keyboard.press('ArrowDown')
  await expect(moment(page)).toHaveAttribute('aria-valuetext', '0.700 s simulated, n3 crashed')
  await page.keyboard.press('End')
  await expect.poll(async () => (await lab.state()).atMs).toBeGreaterThan(1_000)
  await page.keyboard.press('Home')
  await expect(moment(page)).toHaveAttribute('aria-valuetext', '0.000 s simulated')
})

test('names the message under the pointer, and leads to its delivery', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(1_000)
  await expect(page.locator('[data-diagram] > .lane-messages path').first()).toBeAttached()
  const place = await page.evaluate(() => {
    const path = document.querySelector<SVGPathElement>('[data-diagram] > .lane-messages path')
    const [, x1, y1, x2, y2] = /^M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)/.exec(path?.getAttribute('d') ?? '') ?? []
    const matrix = path?.getScreenCTM()
    if (matrix === null || matrix === undefined) return null
    // A third of the way, where few lines meet.
    const at = (a: unknown, b: unknown) => Number(a) + (Number(b) - Number(a)) * 0.4
    const { x, y } = new DOMPoint(at(x1, x2), at(y1, y2)).matrixTransform(matrix)
    return { x, y }
  })
  if (place === null) throw new Error('no message is drawn')
  await page.mouse.move(place.x, place.y)
  await expect(page.locator('.lane-tip')).toContainText(/, n\d → n\d/)
  await expect(page.locator('.lane-tip')).toContainText('there after')
  await page.mouse.click(place.x, place.y)
  await expect.poll(async () => (await lab.state()).atMs).toBeLessThan(500)
})

test('on a slide the strip alone is left', async ({ lab, page }) => {
  await lab.open('?embed')
  await expect(moment(page)).toBeVisible()
  await expect(plot(page)).toHaveCount(0)
})

test('the wheel and the keys lead from the whole run to single messages, which are added up while they are many', async ({
  lab,
  page,
}) => {
  await lab.open()
  await lab.dispatch({ type: 'workload', workload: { rate: 20, readShare: 0.5, keys: 3, distribution: 'uniform' } })
  await lab.seek(90_000)
  await moment(page).focus()
  await page.keyboard.press('0')
  const note = page.locator('.lane-note')
  await expect(note).toHaveText(/^[\d,]{5,} messages, added up in columns of \d+ ms\. Zoom in to see each$/)
  await expect(page.locator('[data-columns="n1"] .lane-wave').first()).toBeAttached()
  await expect(page.locator('[data-diagram] > .lane-messages')).toHaveAttribute('data-messages', '0')
  const all = Number((await note.textContent())?.split(' ')[0]?.replace(',', ''))

  // A filter counts again.
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('checkbox', { name: 'AppendEntries', exact: true }).uncheck()
  await expect(page.getByRole('button', { name: 'Filter: 1 hidden' })).toBeVisible()
  await expect.poll(async () => Number((await note.textContent())?.split(' ')[0]?.replace(',', ''))).toBeLessThan(all)
  await page.getByRole('checkbox', { name: 'n5' }).uncheck()
  await expect(page.locator('.lane-name', { hasText: 'n5' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.keyboard.press('Escape')
  await expect(page.locator('.lane-name', { hasText: 'n5' })).toHaveCount(1)

  // Around the pointer, far from the moment on show, until each message is a line; then a drag moves along.
  const area = await plot(page).boundingBox()
  if (area === null) throw new Error('no diagram')
  await page.mouse.move(area.x + area.width / 3, area.y + 40)
  const shown = page.locator('.zoom output')
  await expect(shown).toHaveText(/min|s$/)
  for (let i = 0; i < 20 && !((await shown.textContent()) ?? '').endsWith('ms'); i++) await page.mouse.wheel(0, -240)
  await expect(note).toBeEmpty()
  await expect(page.locator('[data-diagram] > .lane-messages')).not.toHaveAttribute('data-messages', '0')
  const follow = page.getByRole('button', { name: 'Follow', exact: true })
  await expect(follow).toBeVisible()
  expect((await lab.state()).atMs).toBe(90_000)
  const tick = page.locator('.lane-axis text:not([data-hidden])').first()
  const before = Number.parseFloat((await tick.textContent()) ?? '')
  await page.mouse.down()
  await page.mouse.move(area.x + area.width / 3 - 300, area.y + 40, { steps: 3 })
  await page.mouse.up()
  await expect.poll(async () => Number.parseFloat((await tick.textContent()) ?? '')).toBeGreaterThan(before)
  expect((await lab.state()).atMs).toBe(90_000)
  await follow.click()
  await expect(follow).toHaveCount(0)
})
