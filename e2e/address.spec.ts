import { expect, test } from './lab-page.ts'

test('opens what the address asks for', async ({ lab, page }) => {
  await lab.open('?scenario=raft/leader-crash&seed=7&theme=night')
  expect(await lab.state()).toMatchObject({ lab: 'raft', seed: 7 })
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night')
})

test('opens another lab', async ({ lab }) => {
  await lab.open('?lab=ping')
  expect((await lab.state()).lab).toBe('ping')
})

test('shows in ?embed the stage and the transport, and nothing else', async ({ lab, page }) => {
  await lab.open('?embed&scenario=raft/leader-crash')
  await expect(page.getByRole('banner')).toHaveCount(0)
  await expect(lab.server('n1')).toBeVisible()
  await expect(page.getByRole('button', { name: /pause/i })).toBeVisible()
})

for (const [query, field] of [
  ['?seed=-1', 'seed'],
  ['?seed=4294967296', 'seed'],
  ['?servers=12', 'servers'],
  ['?theme=pink', 'theme'],
  ['?lab=paxos', 'lab'],
  ['?scenario=raft/nothing', 'scenario'],
] as const) {
  test(`says what is wrong with ${query}, and opens without it`, async ({ lab, page }) => {
    await lab.open(query)
    await expect(page.getByRole('alert')).toContainText(field)
    expect((await lab.state()).lab).toBe('raft')
  })
}
