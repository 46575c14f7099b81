import type { Page } from '@playwright/test'
import { expect, type LabPage, test } from './lab-page.ts'

test('shows a newcomer a running cluster with a leader, and says what to try', async ({ lab, page }) => {
  await lab.open()
  const { view, playing, lab: name } = await lab.state()
  expect(name).toBe('raft')
  expect(playing).toBe(true)
  await expect(lab.server(view.leader as string)).toHaveAttribute('data-role', 'leader')
  await expect(page.getByText(`Click ${view.leader}`)).toBeVisible()
  await expect(page.getByText('simulated')).toBeVisible()
})

test('lets the leader be crashed by mouse, and elects another', async ({ lab }) => {
  await lab.open()
  const old = await lab.leader()
  await lab.choose(old, /^Crash/)
  await expect(lab.server(old)).toHaveAttribute('data-status', 'down')
  const { view } = await lab.until('there is a leader')
  expect(view.leader).not.toBe(old)
  await expect(lab.server(view.leader as string)).toHaveAttribute('data-leader', 'true')
})

test('says on a disabled item why it cannot be done', async ({ lab, page }) => {
  await lab.open()
  const leader = await lab.leader()
  await lab.server(leader).click()
  const timeout = page.getByRole('menuitem', { name: /^Time out now/ })
  await expect(timeout).toHaveAttribute('aria-disabled', 'true')
  await expect(timeout).toContainText('a leader has no election timeout')
})

test('cuts by a stroke, keeps both sides apart, heals, and explains the write that was lost', async ({ lab, page }) => {
  await lab.open()
  await lab.advance(100)
  const old = await lab.leader()
  await stroke(lab, page, old)
  const { world } = await lab.state()
  const { cuts } = world as { cuts: { from: string; to: string }[] }
  expect(cuts.filter(({ from }) => from === old).length).toBeGreaterThanOrEqual(3)

  await write(page, 'x', '6', old)
  await lab.until('there is a stale leader')
  const { view } = await lab.until('there is a leader')
  expect(view.leader).not.toBe(old)
  await expect(lab.server(old)).toContainText('stale')
  await write(page, 'x', '7', view.leader as string)
  await lab.until('key x is 7 on a majority')
  const lost = `c${old.slice(1)}#1`
  await lab.until(`${lost} is unknown`)
  await page.getByRole('button', { name: /^Heal/ }).last().click()
  await lab.until('key x is 7 everywhere')
  const { stories, violations } = await lab.state()
  expect(stories.map(({ text }) => text).join('\n')).toMatch(
    new RegExp(`${old} drops entry \\d+ \\(x ← 6\\): no majority held it`),
  )
  expect(violations).toEqual([])
})

test('a hint counts as followed by what came of it', async ({ lab, page }) => {
  await lab.open()
  const hint = page.getByRole('region', { name: 'What to try' })
  await lab.dispatch({ type: 'crash', process: await lab.leader() })
  await expect(hint).toContainText('1 of 4')
  await expect(hint).toContainText('Watch the arcs')
  await lab.until('there is a leader')
  await expect(hint).toContainText('2 of 4')
  await write(page, 'x', '5', 'leader')
  await lab.until('key x is 5 on a majority')
  await lab.advance(100)
  await expect(hint).toContainText('3 of 4')
})

test('says that nobody leads while a write waits for a leader', async ({ lab, page }) => {
  await lab.open()
  await lab.dispatch({ type: 'crash', process: await lab.leader() })
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await expect(page.getByText(/No leader yet: c\d keeps trying/)).toBeVisible()
  await lab.until('there is a leader')
  await expect(page.getByText(/No leader yet/)).toBeHidden()
})

test('offers the same next value in the menu and in the bar', async ({ lab, page }) => {
  await lab.open()
  await lab.advance(20)
  await lab.choose(await lab.leader(), 'Write x = 1 here')
  await expect(page.getByRole('textbox', { name: 'Value' })).toHaveValue('2')
  await lab.server('n2').click()
  await expect(page.getByRole('menuitem', { name: 'Write x = 2 here' })).toBeVisible()
})

test('the chip of a cut goes when the cut is healed, and by itself', async ({ lab, page }) => {
  await lab.open()
  await lab.advance(20)
  const chip = page.getByRole('group', { name: 'The cut that you have drawn' })
  await stroke(lab, page, await lab.leader())
  await expect(chip).toBeVisible()
  await page.keyboard.press('h')
  await expect(chip).toBeHidden()
  await stroke(lab, page, await lab.leader())
  await expect(chip).toBeVisible()
  await expect(chip).toBeHidden({ timeout: 9_000 })
})

test('reads back what was written', async ({ lab, page }) => {
  await lab.open()
  await write(page, 'y', '42', 'leader')
  await lab.until('key y is 42 everywhere')
  await page.getByRole('textbox', { name: 'Key' }).fill('y')
  await page.getByRole('button', { name: 'Read', exact: true }).click()
  const leader = await lab.leader()
  await lab.until(`c${leader.slice(1)}#2 returned 42`)
})

test('winds back to before the crash and takes another way from there', async ({ lab }) => {
  await lab.open()
  await lab.seek(600)
  const old = await lab.leader()
  await lab.dispatch({ type: 'crash', process: old })
  await lab.until('there is a leader')
  await lab.seek(599)
  await expect(lab.server(old)).toHaveAttribute('data-role', 'leader')
  await lab.dispatch({ type: 'pause', process: old })
  const { commands } = await lab.state()
  expect(commands).toHaveLength(1)
  await expect(lab.server(old)).toHaveAttribute('data-status', 'paused')
})

async function write(page: Page, key: string, value: string, via: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Key' }).fill(key)
  await page.getByRole('textbox', { name: 'Value' }).fill(value)
  const ask = page.getByRole('combobox', { name: 'Ask which server' })
  const option = await ask
    .locator('option')
    .evaluateAll(
      (all, name) => (all as HTMLOptionElement[]).find((o) => o.value === name || o.value === '')?.value,
      via,
    )
  await ask.selectOption(via === 'leader' ? (option ?? '') : via)
  await page.getByRole('button', { name: 'Write', exact: true }).click()
}

/** A stroke between the server and all others: around its mark, on the side of the middle of the ring. */
async function stroke(lab: LabPage, page: Page, id: string): Promise<void> {
  const places = await Promise.all(['n1', 'n2', 'n3', 'n4', 'n5'].map((n) => lab.place(n)))
  const middle = { x: places.reduce((s, p) => s + p.x, 0) / 5, y: places.reduce((s, p) => s + p.y, 0) / 5 }
  const at = await lab.place(id)
  const toMiddle = { x: (middle.x - at.x) * 0.45, y: (middle.y - at.y) * 0.45 }
  const across = { x: -toMiddle.y * 3.2, y: toMiddle.x * 3.2 }
  const from = { x: at.x + toMiddle.x + across.x, y: at.y + toMiddle.y + across.y }
  const to = { x: at.x + toMiddle.x - across.x, y: at.y + toMiddle.y - across.y }
  const clamp = (p: { x: number; y: number }) => ({ x: Math.max(8, p.x), y: Math.max(70, Math.min(740, p.y)) })
  const [a, b] = [clamp(from), clamp(to)]
  await page.mouse.move(a.x, a.y)
  await page.mouse.down()
  await page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2, { steps: 6 })
  await page.mouse.move(b.x, b.y, { steps: 6 })
  await page.mouse.up()
  await lab.advance(1)
}

test('does both of two things that are asked before the first has been drawn', async ({ lab, page }) => {
  await lab.open()
  await lab.advance(100)
  await page.evaluate(async () => {
    const both = [
      window.netsplit.dispatch({ type: 'crash', process: 'n2' }),
      window.netsplit.dispatch({ type: 'crash', process: 'n3' }),
    ]
    await Promise.all(both)
  })
  await expect(lab.server('n2')).toHaveAttribute('data-status', 'down')
  await expect(lab.server('n3')).toHaveAttribute('data-status', 'down')
})
