import type { Locator, Page } from '@playwright/test'
import type { RaftConfig } from '../src/labs/raft/config.ts'
import type { WorldView } from '../src/lab/world-view.ts'
import { expect, type LabPage, test } from './lab-page.ts'

const worldOf = async (lab: LabPage) => (await lab.state()).world as WorldView
const configOf = async (lab: LabPage) => (await worldOf(lab)).config as RaftConfig

async function openSettings(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await expect(dialog).toBeVisible()
  return dialog
}

const number = (within: Locator, name: string) => within.getByRole('spinbutton', { name, exact: true })

test('a change is a command at the instant on screen, and is undone like one', async ({ lab, page }) => {
  await lab.open()
  const { atMs } = await lab.seek(700)
  const dialog = await openSettings(page)
  await expect(dialog.getByRole('spinbutton')).toHaveCount(8)
  await number(dialog, 'Heartbeat every').fill('45')
  await number(dialog, 'Heartbeat every').press('Enter')
  await expect.poll(async () => (await configOf(lab)).heartbeatInterval).toBe(45_000)
  const { commands, atMs: still } = await lab.state()
  expect(commands).toMatchObject([
    { at: 700_000, command: { type: 'configure', config: { heartbeatInterval: 45_000 } } },
  ])
  expect(still).toBe(atMs)
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await expect(number(dialog, 'Heartbeat every')).toHaveValue('60')
  expect((await lab.state()).commands).toEqual([])
})

test('a number out of range gets one sentence, and the run goes on', async ({ lab, page }) => {
  await lab.open()
  const dialog = await openSettings(page)
  const before = (await lab.state()).atMs
  const field = number(dialog, 'Heartbeat every')
  await field.fill('0')
  await field.press('Enter')
  await expect(dialog.getByRole('alert').filter({ hasText: /\S/ })).toHaveText([
    'It must be from 1 ms to 60 s, not 0 ms.',
  ])
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(/It must be from 1 ms to 60 s/)
  expect((await lab.state()).commands).toEqual([])
  await expect.poll(async () => (await lab.state()).atMs).toBeGreaterThan(before)
  await number(dialog, 'Election timeout, at least').fill('400')
  await number(dialog, 'Election timeout, at least').press('Enter')
  await expect(dialog.getByText('The least must not be above the most, 300 ms.')).toBeVisible()
  await field.fill('50')
  await field.press('Enter')
  await expect(field).not.toHaveAttribute('aria-invalid')
  await expect.poll(async () => (await configOf(lab)).heartbeatInterval).toBe(50_000)
})

test('the WAN preset changes latencies and timeouts, and one undo takes it back', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(700)
  const dialog = await openSettings(page)
  await expect(dialog.getByRole('button', { name: 'Lecture' })).toHaveAttribute('aria-pressed', 'true')
  await dialog.getByRole('button', { name: 'WAN' }).click()
  await expect(dialog.getByRole('button', { name: 'WAN' })).toHaveAttribute('aria-pressed', 'true')
  const { network, config } = (await worldOf(lab)) as WorldView & { config: RaftConfig }
  expect(network.latency).toEqual({ type: 'uniform', min: 30_000, max: 40_000 })
  expect(config.electionTimeoutMin).toBe(300_000)
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await expect(dialog.getByRole('button', { name: 'Lecture' })).toHaveAttribute('aria-pressed', 'true')
  expect((await lab.state()).commands).toEqual([])
})

test('all settings have a range, a source and a mark; some wait for a fresh run', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(700)
  const dialog = await openSettings(page)
  await dialog.getByRole('button', { name: 'All settings' }).click()
  for (const says of await dialog.locator('[data-setting] .setting-says').allTextContents())
    expect(says).toMatch(/ · .*(live|needs a fresh run)$/)
  const servers = number(dialog, 'Number of servers')
  await servers.fill('3')
  await servers.press('Enter')
  await expect(dialog.getByText('1 change waits for a fresh run.')).toBeVisible()
  expect((await worldOf(lab)).processes.filter(({ beside }) => beside === null)).toHaveLength(5)
  await dialog.getByRole('button', { name: 'Start afresh with these' }).click()
  await expect.poll(async () => (await worldOf(lab)).processes.filter(({ beside }) => beside === null).length).toBe(3)
})

test('a mistake leads to a violation, and the run stops there if asked', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(700)
  await page.getByRole('tab', { name: /Checks/ }).click()
  await page.getByRole('switch', { name: 'Stop at the first violation' }).click()
  const dialog = await openSettings(page)
  await dialog.getByRole('button', { name: 'Break the protocol' }).click()
  await dialog.getByRole('switch', { name: 'Vote twice in a term' }).click()
  await expect(dialog.getByRole('switch', { name: 'Vote twice in a term' })).toHaveAttribute('aria-checked', 'true')
  await dialog.getByRole('button', { name: 'Align timers' }).click()
  await expect.poll(async () => (await lab.state()).commands.length).toBeGreaterThan(2)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  const notice = page.getByRole('alert').filter({ hasText: 'Stopped at' })
  await expect(notice).toContainText(
    /One Vote per Term is broken\. n\d gave its vote in term \d+ to n\d and to n\d\./,
    {
      timeout: 15_000,
    },
  )
  const { playing, violations, atMs } = await lab.state()
  expect(playing).toBe(false)
  expect(violations).toHaveLength(1)
  expect((violations[0] as { at: number }).at / 1000).toBe(atMs)
  const check = page.locator('.check').filter({ hasText: 'One Vote per Term' })
  await expect(check).toHaveAttribute('data-state', 'bad')
  await lab.advance(300)
  await check.getByRole('button').first().click()
  await expect.poll(async () => (await lab.state()).atMs).toBe(atMs)
})

test('timers that are aligned expire together', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(700)
  const dialog = await openSettings(page)
  await dialog.getByRole('button', { name: 'Align timers' }).click()
  const dues = async () =>
    (await worldOf(lab)).processes.flatMap(({ timers }) =>
      timers.filter(({ timer }) => timer === 'election').map(({ dueAt }) => dueAt),
    )
  await expect.poll(async () => new Set(await dues()).size).toBe(1)
  expect(await dues()).toHaveLength(4)
  await dialog.getByRole('button', { name: 'Spread timers' }).click()
  await expect.poll(async () => new Set(await dues()).size).toBe(4)
})

test('a message shows what it says, and is dropped by keyboard', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(700)
  let flights = (await worldOf(lab)).flights
  while (!flights.some(({ type }) => type === 'AppendEntries'))
    flights = ((await lab.advance(5)).world as WorldView).flights
  const { id } = flights.find(({ type }) => type === 'AppendEntries') as { id: string }
  await page.locator(`[data-message="${id}"]`).focus()
  await page.keyboard.press('Enter')
  const menu = page.getByRole('menu', { name: /AppendEntries from/ })
  await expect(menu.getByRole('menuitem')).toHaveText([
    /Why\?/,
    /Deliver now/,
    /Drop/,
    /Duplicate/,
    /by 10 ms/,
    /by 50 ms/,
    /by 200 ms/,
  ])
  const contents = page.locator('.flight-contents')
  await expect(contents).toContainText(
    /term\d+leaderIdn\dprevLogIndex1prevLogTerm1entriesnone: a heartbeatleaderCommit1/,
  )
  await expect(menu.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(menu).toBeHidden()
  await expect
    .poll(async () => (await lab.state()).commands)
    .toMatchObject([{ command: { type: 'message', id, do: 'drop' } }])
  expect((await worldOf(lab)).flights.map((flight) => flight.id)).not.toContain(id)
})

test('a message to a server that is down cannot be delivered, and says why', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(700)
  let flights = (await worldOf(lab)).flights
  while (!flights.some(({ type }) => type === 'AppendEntries'))
    flights = ((await lab.advance(5)).world as WorldView).flights
  const { id, to } = flights.find(({ type }) => type === 'AppendEntries') as { id: string; to: string }
  await lab.dispatch({ type: 'pause', process: to })
  await page.locator(`[data-message="${id}"]`).focus()
  await page.keyboard.press('Enter')
  const deliver = page.getByRole('menuitem', { name: /Deliver now/ })
  await expect(deliver).toHaveAttribute('aria-disabled', 'true')
  await expect(deliver).toContainText(`${to} is paused`)
  await page.keyboard.press('Escape')
  await expect(page.locator(`[data-message="${id}"]`)).toBeFocused()
})

test('the workload has a rate, a mix and keys, which change while it runs', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(700)
  await page.getByRole('button', { name: 'Workload settings' }).click()
  const dialog = page.getByRole('dialog', { name: 'Workload' })
  await number(dialog, 'Rate').fill('50')
  await number(dialog, 'Rate').press('Enter')
  await dialog.getByLabel('Distribution of the keys').selectOption('zipf')
  expect((await lab.state()).commands).toEqual([])
  await dialog.getByRole('button', { name: 'Start' }).click()
  await expect.poll(async () => (await worldOf(lab)).workload).toMatchObject({ rate: 50, distribution: 'zipf' })
  await number(dialog, 'Share of reads').fill('101')
  await number(dialog, 'Share of reads').press('Enter')
  await expect(dialog.getByText('It must be from 0 to 100 %, not 101 %.')).toBeVisible()
  await number(dialog, 'Share of reads').fill('100')
  await number(dialog, 'Share of reads').press('Enter')
  await expect.poll(async () => (await worldOf(lab)).workload).toMatchObject({ readShare: 1 })
  await dialog.getByRole('button', { name: 'Stop' }).click()
  await expect.poll(async () => (await worldOf(lab)).workload).toBeNull()
})

test('by keyboard alone: open, change the loss, close, and be where one was', async ({ lab, page }) => {
  await lab.open()
  await lab.seek(700)
  const button = page.getByRole('button', { name: 'Settings', exact: true })
  await button.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  const loss = number(dialog, 'Message loss')
  for (let i = 0; i < 40; i++) {
    if (await loss.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await expect(loss).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('12.5')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await worldOf(lab)).network.loss).toBe(0.125)
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await worldOf(lab)).network.loss).toBeGreaterThan(0.125)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(button).toBeFocused()
})

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
]) {
  test(`beside the settings the stage and the time stay in reach, ${viewport.width} wide`, async ({ lab, page }) => {
    await page.setViewportSize(viewport)
    await lab.open()
    await lab.seek(700)
    const dialog = await openSettings(page)
    const side = await dialog.boundingBox()
    if (side === null) throw new Error('the settings have no place')
    for (const id of ['n1', 'n2', 'n3', 'n4', 'n5']) {
      const { x, y } = await lab.place(id)
      expect(x < side.x || y < side.y).toBe(true)
    }
    await lab.choose('n2', /^Crash/)
    await expect(lab.server('n2')).toHaveAttribute('data-status', 'down')
    await page.getByRole('button', { name: 'Play', exact: true }).click()
    await expect.poll(async () => (await lab.state()).atMs).toBeGreaterThan(700)
    await expect(dialog).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })
}
