import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ETCD_000, ETCD_002, jepsenLog } from '../src/check/etcd-histories.testing.ts'
import { expect, test } from './lab-page.ts'

const WORKLOAD = { rate: 25, readShare: 0.5, keys: 3, distribution: 'uniform' }

async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(
    ([file, content]) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([content], file))
      window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    },
    [name, text] as const,
  )
}

const verdict = (page: Page) => page.locator('.verdict')

test('judges the run up to the moment on show, and goes on as it grows', async ({ lab, page }) => {
  await lab.open()
  await page.keyboard.press('Space')
  await lab.dispatch({ type: 'workload', workload: WORKLOAD })
  await lab.advance(1_500)
  await page.getByRole('tab', { name: 'Client' }).click()
  await expect(verdict(page)).toHaveAttribute('data-verdict', 'ok')
  await expect(verdict(page).getByRole('status')).toHaveText('Linearizable')
  const early = Number(await verdict(page).getAttribute('data-judged'))
  expect(early).toBeGreaterThan(10)
  await lab.advance(1_500)
  await expect.poll(async () => Number(await verdict(page).getAttribute('data-judged'))).toBeGreaterThan(early + 10)
  await lab.seek(900)
  await expect.poll(async () => Number(await verdict(page).getAttribute('data-judged'))).toBeLessThan(early)
})

test('shows when each operation takes effect, walks by keyboard, and moves the run', async ({ lab, page }) => {
  await lab.open()
  await page.keyboard.press('Space')
  await lab.dispatch({ type: 'workload', workload: WORKLOAD })
  await lab.advance(1_500)
  await page.getByRole('tab', { name: 'Client' }).click()
  await expect(verdict(page)).toHaveAttribute('data-verdict', 'ok')
  await page.getByRole('switch', { name: 'Show an order' }).click()
  await expect(page.locator('.history-point').first()).toBeVisible()

  const bars = page.locator('.history-bar')
  await bars.first().focus()
  const before = await page.locator(':focus').getAttribute('data-operation-bar')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => page.locator(':focus').getAttribute('data-operation-bar')).not.toBe(before)
  const label = (await page.locator(':focus').getAttribute('aria-label')) ?? ''
  expect(label).toMatch(/^c\d: .+ (from|asked at) \d+\.\d{3} s/)
  const call = Number(/(?:from|asked at) (\d+\.\d{3}) s/.exec(label)?.[1])
  await page.keyboard.press('Enter')
  await expect.poll(async () => Math.abs((await lab.state()).atMs / 1000 - call)).toBeLessThan(0.002)

  const axis = await page.locator('.history-axis').boundingBox()
  if (axis === null) throw new Error('there is no axis')
  await page.mouse.click(axis.x + 10, axis.y + 10)
  await expect.poll(async () => (await lab.state()).atMs / 1000).toBeLessThan(call)
  const { violations } = await new AxeBuilder({ page }).include('.client-history').analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
})

test('shows which levels a run with a stale read keeps, and the two operations that break the next', async ({
  lab,
  page,
}) => {
  await lab.open('?scenario=raft/stale-read-dirty')
  await lab.seek(1_000)
  await page.getByRole('tab', { name: 'Client' }).click()
  await expect(verdict(page)).toHaveAttribute('data-verdict', 'illegal')
  await expect(verdict(page)).toContainText('It keeps: causal.')
  const rung = (level: string) => page.locator(`.ladder [data-level="${level}"]`)
  await expect(rung('causal')).toHaveAttribute('data-verdict', 'ok')
  await expect(rung('linearizable')).toContainText('promised')
  await expect(rung('linearizable')).toContainText('After c3: x ← 7 · ok there is no place for c5: read x · 5.')
  await rung('linearizable').getByRole('button', { name: 'Show both' }).click()
  const pair = page.locator('.history-bar[data-pointed]')
  await expect(pair).toHaveCount(2)
  // The answer stands on the time axis where it came, and a click on it takes the run there.
  await pair.last().click()
  await expect.poll(async () => (await lab.state()).atMs).toBeCloseTo(874, 0)
  await expect(verdict(page)).toHaveAttribute('data-verdict', 'ok')
  const { violations } = await new AxeBuilder({ page }).include('.client-history').analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
})

test('draws and judges a history that is dropped on the page, and gives the run back', async ({ lab, page }) => {
  await lab.open()
  await page.keyboard.press('Space')
  await drop(page, 'etcd_000.log', jepsenLog(ETCD_000))
  await expect(verdict(page)).toHaveAttribute('data-verdict', 'illegal')
  await expect(page.getByText(/cannot be placed\. The longest order of the others/)).toBeVisible()
  await page.locator('.verdict-who').click()
  await expect(page.locator('.history-bar[data-stuck]')).toBeInViewport({ ratio: 1 })
  const { violations } = await new AxeBuilder({ page }).include('.client-history').analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])

  await drop(page, 'etcd_002.log', jepsenLog(ETCD_002))
  await expect(verdict(page)).toHaveAttribute('data-verdict', 'ok')
  await drop(page, 'odd.log', 'INFO  jepsen.util - 0 :ok :read 1')
  await expect(page.getByText('odd.log:1: expected what process 0 has asked for, found :ok :read.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'etcd_002.log' })).toBeVisible()
  await page.getByRole('button', { name: 'Back to the run' }).click()
  await expect(page.getByText('Nobody has asked for anything yet.')).toBeVisible()
})
