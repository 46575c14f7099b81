import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './lab-page.ts'

test('servers are taken in, made learners, removed and promoted by click and by keyboard; a refusal says why', async ({
  lab,
  page,
}) => {
  test.slow()
  await lab.open('?paused')
  await lab.seek(1_000)
  const leader = await lab.leader()
  await page.getByRole('tab', { name: 'Server' }).click()
  const form = page.getByRole('group', { name: 'Change who takes part' })
  const set = (name: string) => page.locator(`[data-set="${name}"]`)

  // A sixth server starts, asks, learns, and is promoted when it holds what is committed.
  await form.getByRole('button', { name: 'Add a server, n6' }).click()
  await lab.advance(150)
  await expect(set('learners')).toContainText('n6')
  await expect(form.getByRole('button', { name: 'Change one server' })).toHaveAttribute('aria-disabled', 'true')
  await lab.advance(400)
  await expect(set('voters')).toContainText('n6')
  await expect(lab.server('n6')).toHaveAccessibleName(/^n6, follower of term/)

  // A joint change takes two at once, and shows both sets until it is left.
  const [one, other] = ['n2', 'n3', 'n4'].filter((id) => id !== leader) as [string, string]
  await form.getByLabel(`${one} is to be`).selectOption('learner')
  await form.getByLabel(`${other} is to be`).selectOption('left out')
  await expect(form.getByRole('status')).toContainText('more than one server changes')
  await form.getByLabel('left by itself').uncheck()
  await form.getByRole('button', { name: 'Joint change' }).click()
  await lab.advance(300)
  await expect(set('old voters').locator('b')).toHaveCount(6)
  await expect(set('new voters').locator('b')).toHaveCount(4)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  // While it is joint, the menu says why a single change is refused.
  await lab.server(one).press('Enter')
  const promote = page.getByRole('menuitem', { name: /^Promote to a voter/ })
  await expect(promote).toHaveAttribute('aria-disabled', 'true')
  await expect(promote).toContainText('leave the joint configuration first')
  await page.keyboard.press('Escape')
  await form.getByRole('button', { name: 'Leave the joint configuration' }).click()
  await lab.advance(100)
  await expect(set('voters').locator('b')).toHaveCount(4)
  await expect(lab.server(one)).toHaveAccessibleName(/learner/)
  await expect(form.getByLabel(`${other} is to be`)).toHaveValue('outside')
  // Nobody tells a server that it is removed: it would campaign before long.
  await lab.dispatch({ type: 'crash', process: other })

  // By keyboard alone: the learner becomes a voter again.
  await lab.server(one).press('Enter')
  await expect(page.getByRole('menuitem', { name: /^Crash/ })).toBeFocused()
  await page.keyboard.press('p')
  while (!(await promote.evaluate((item) => item === document.activeElement))) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await lab.advance(300)
  await expect(set('voters')).toContainText(one)

  // The leader hands over.
  await lab.choose(one, `Hand the leadership to ${one}`)
  const { view } = await lab.advance(400)
  expect(view.leader).toBe(one)
})

test('a read is asked for in the way that was chosen, and its answer says where it comes from', async ({
  lab,
  page,
}) => {
  await lab.open('?paused')
  await lab.seek(1_000)
  const leader = await lab.leader()
  await page.getByRole('button', { name: 'Write', exact: true }).click()
  await lab.advance(400)
  await page.getByRole('button', { name: 'How to read' }).click()
  await page.getByRole('menuitemradio', { name: /^By ReadIndex/ }).press('Enter')
  await page.getByRole('button', { name: 'Read ReadIndex' }).click()
  await lab.advance(300)
  await expect(page.getByText(`${leader} answers`).first()).toContainText('by ReadIndex, as of entry 2, in term 1')
  await page.getByRole('tab', { name: 'Server' }).click()
  const answer = page.locator('[data-mode="readIndex"]')
  await expect(answer).toContainText('read x: 1')
  await expect(answer).toContainText('as of entry 2, in term 1')
  await expect(page.locator('[data-session]')).toContainText('no. 1')
})
