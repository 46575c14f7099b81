import { expect, test } from './lab-page.ts'

test('a lesson is played by keys alone and by mouse; back restores the moment, and the address opens the step', async ({
  lab,
  page,
}) => {
  await lab.open('?scenario=raft/elections')
  const lesson = page.getByRole('region', { name: 'Lesson' })
  const at = (step: number) => expect(lesson.getByText(`Step ${step} of 9`)).toBeVisible()
  await at(1)
  expect((await lab.state()).commands).toEqual([])

  // By keys: a guess, and two steps on, the second without waiting for the clock.
  await lesson.getByRole('radio', { name: 'n3' }).press('Space')
  for (const step of [2, 3]) {
    await page.keyboard.press('PageDown')
    await expect.poll(async () => (await lab.state()).playing).toBe(true)
    await page.keyboard.press('PageDown')
    await at(step)
  }
  await expect(lesson.getByText('✓ n3, as you said')).toBeVisible()
  const third = await lab.fingerprint()
  await expect(page).toHaveURL(/scenario=raft\/elections&step=3/)

  await page.keyboard.press('PageUp')
  await at(2)
  const before = await lab.state()
  await page.keyboard.press('PageUp')
  await at(1)
  expect((await lab.state()).atMs).toBeLessThan(before.atMs)

  // By mouse: straight to a step that was reached, and on to the deed that the next one offers.
  await lesson.getByRole('button', { name: /^Step 3/ }).click()
  await at(3)
  expect(await lab.fingerprint()).toBe(third)
  await lesson.getByRole('button', { name: /^Step 5/ }).click()
  await at(5)
  await expect(lab.server('n3')).toHaveAttribute('data-status', 'down')
  await lesson.getByRole('button', { name: 'Back' }).click()
  await at(4)
  await expect(lab.server('n3')).toHaveAttribute('data-status', 'up')

  // A term explains itself to the pointer and to the focus.
  await lesson.getByRole('button', { name: 'heartbeat' }).hover()
  await expect(page.getByRole('tooltip').filter({ hasText: 'Raft paper §5.2' })).toBeVisible()

  await lab.open('?scenario=raft/elections&step=3')
  await at(3)
  expect(await lab.fingerprint()).toBe(third)
})

const LESSONS = [
  'raft/elections',
  'raft/replication',
  'raft/safety',
  'raft/reads',
  'raft/membership',
  'gossip/failure-detection',
  'ring/consistent-hashing',
  'ring/quorums',
]

test('each of the eight lessons is played to its end by keys alone, its questions answered, its panels in sight', async ({
  lab,
  page,
}) => {
  // Sixty-five steps take a quiet machine a quarter of the limit, and a busy one all of it.
  test.slow()
  await page.setViewportSize({ width: 1024, height: 768 })
  const lesson = page.getByRole('region', { name: 'Lesson' })
  await lab.open()
  for (const id of LESSONS) {
    // One after the other in one page: to load it eight times is half of the time.
    await page.evaluate((lesson) => window.netsplit.open(lesson), id)
    await expect(lesson.getByText('Step 1 of')).toBeVisible()
    while (!(await lesson.getByText('The lesson ends here.').isVisible())) {
      for (const question of await lesson.getByRole('group').all()) {
        await question.getByRole('radio').last().press('Space')
        await expect(question.getByRole('radio').last()).toBeChecked()
      }
      if ((await lesson.getAttribute('data-panel')) !== null)
        await expect(page.getByRole('tabpanel')).toBeInViewport({ ratio: 0.9 })
      const before = await lesson.locator('.lesson-count').innerText()
      // The second time it goes there at once, and if it has just come by itself, no further.
      await page.keyboard.press('PageDown')
      await page.keyboard.press('PageDown')
      await page.waitForFunction(isThere, before)
    }
  }
})

/** Runs in the page: whether it stands at another step than before. */
function isThere(before: string): boolean {
  const [count, way] = ['.lesson-count', '.lesson footer'].map((part) => document.querySelector(part)?.textContent)
  return count !== before && way?.includes('Skip ahead') === false
}
