import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './lab-page.ts'

test('the chain of an election leads, link by link, to the crash that the user ordered', async ({ lab, page }) => {
  await lab.open()
  const old = await lab.leader()
  await page.keyboard.press('Space')
  await lab.choose(old, 'Crash')
  await expect(lab.server(old)).toHaveAttribute('data-status', 'down')
  const { atMs: crashedAt } = await lab.state()
  await lab.until('there is a leader')
  const leader = await lab.leader()
  await lab.choose(leader, 'Why?')
  const panel = page.getByRole('dialog', { name: 'Why?' })
  const chain = panel.locator('.why section', { hasText: `Why does ${leader} lead in term` })
  await expect(chain.getByRole('listitem').first()).toContainText(`${leader} wins term`)
  await expect(chain).toContainText(`no AppendEntries or InstallSnapshot from ${old} had come`)
  const last = chain.getByRole('listitem').last()
  await expect(last).toContainText(`You crashed ${old}`)
  await expect(last).toContainText('what you did')
  await expect(page.locator('.lane-past')).not.toHaveAttribute('data-hops', '0')
  const { violations } = await new AxeBuilder({ page }).include('.drawer').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await last.getByRole('button').press('Enter')
  await expect.poll(async () => (await lab.state()).atMs).toBe(crashedAt)
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(page.locator('.lane-past')).toHaveCount(0)
})

test('an entry that is not committed: by key, the panel names the servers that are cut off, and the cut', async ({
  lab,
  page,
}) => {
  await lab.open()
  await lab.until('there is a leader')
  const leader = await lab.leader()
  const cut = ['n1', 'n2', 'n3', 'n4', 'n5'].filter((id) => id !== leader).slice(0, 3)
  const links = cut.flatMap((id) => [
    { from: id, to: leader },
    { from: leader, to: id },
  ])
  await lab.dispatch({ type: 'cut', links })
  const operation = { command: { type: 'put', key: 'x', value: '9' }, via: leader }
  await lab.dispatch({ type: 'invoke', client: leader.replace('n', 'c'), operation })
  const { view } = await lab.advance(120)
  const index = view.servers.find(({ id }) => id === leader)?.lastIndex ?? 0
  await page.locator(`[data-entry="${leader}:${index}"]`).press('Enter')
  const panel = page.getByRole('dialog', { name: 'Why?' })
  const whyNot = panel.locator('.why section', { hasText: `Why is entry ${index} not committed?` })
  await expect(whyNot).toContainText(`${cut[0]}, ${cut[1]} and ${cut[2]} are cut off from ${leader}.`)
  await expect(whyNot).toContainText('it takes 3 of 5')
  await expect(whyNot.getByRole('button', { name: /You cut/ })).toBeVisible()
  const how = panel.locator('.why section', { hasText: `How did entry ${index}` })
  await expect(how).toContainText('what you did')
})
