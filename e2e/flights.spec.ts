import { expect, test } from './lab-page.ts'

/** Nine servers whose messages are long under way, and clients that ask a lot. */
const CROWD = {
  format: 1,
  lab: 'raft',
  title: 'A hundred messages at once',
  seed: 7,
  servers: 9,
  setup: {
    config: { electionTimeoutMin: '4s', electionTimeoutMax: '6s', heartbeatInterval: '300ms' },
    network: { latency: { uniform: ['600ms', '900ms'] } },
    workload: { rate: 20, readShare: 0.2, keys: 3, distribution: 'uniform' },
  },
  script: [],
  until: '600s',
}

test('a hundred messages in flight each have a mark, which is born, moves and goes', async ({ lab, page }) => {
  await lab.open()
  await page.evaluate((file) => window.netsplit.open(file), CROWD)
  const { world } = (await lab.seek(30_000)) as { world: { flights: { id: string }[] } }
  expect(world.flights.length).toBeGreaterThanOrEqual(100)
  const ids = () =>
    page.locator('[data-message]').evaluateAll((marks) => marks.map((mark) => (mark as SVGElement).dataset['message']))
  const shown = await ids()
  if (world.flights.length <= 240) expect(new Set(shown)).toEqual(new Set(world.flights.map(({ id }) => id)))
  else await expect(page.getByText(`240 of ${world.flights.length} messages shown`)).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('hundred.png') })
  const later = (await lab.seek(32_000)) as { world: { flights: { id: string }[] } }
  const known = new Set(later.world.flights.map(({ id }) => id))
  for (const id of await ids()) expect(known.has(id as string)).toBe(true)
})

test('a stroke that begins on a server cuts, and a press that stays opens its menu', async ({ lab, page }) => {
  await lab.open()
  await lab.until('there is a leader')
  const [from, over] = [await lab.place('n1'), await lab.place('n3')]
  const [a, b] = [await lab.place('n2'), await lab.place('n5')]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + over.x) / 2, (from.y + over.y) / 2, { steps: 5 })
  await page.mouse.move((a.x + b.x) / 2 + 4, (a.y + b.y) / 2 + 90, { steps: 5 })
  await page.mouse.up()
  await expect(page.getByRole('menu')).toHaveCount(0)
  await expect.poll(async () => ((await lab.state()).world as { cuts: unknown[] }).cuts.length).toBeGreaterThan(0)
  await lab.server('n4').click()
  await expect(page.getByRole('menu')).toBeVisible()
})
