import { readFileSync } from 'node:fs'
import { verify } from '../src/cli/verify.ts'
import { MISTAKES } from '../src/labs/raft/config.ts'
import { expect, test } from './lab-page.ts'

test('a challenge is judged as one works at it, and what is handed in is verified by the command line', async ({
  lab,
  page,
}) => {
  await lab.open('?scenario=raft/two-leaders-by-mistake')
  const task = page.getByRole('region', { name: 'Challenge' })
  await expect(task.getByText('not yet')).toBeVisible()
  await task.getByRole('button', { name: 'A hint' }).click()
  await expect(task.getByText('and need six')).toBeVisible()
  await lab.advance(10)
  const mistakes = Object.fromEntries(MISTAKES.map((name) => [name, name === 'voteTwice']))
  await lab.dispatch({ type: 'configure', config: { mistakes } })
  await lab.dispatch({ type: 'fire', process: 'n1', timer: 'election' })
  await lab.dispatch({ type: 'fire', process: 'n2', timer: 'election' })
  await expect(task.getByText('2 of 2')).toBeVisible()
  await lab.until('violation of "Election Safety"')
  await expect(task.getByText('✓ met')).toBeVisible()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    task.getByRole('button', { name: 'Save to hand in' }).click(),
  ])
  expect(file.suggestedFilename()).toBe('raft-two-leaders-by-mistake-hand-in.json')
  const data: unknown = JSON.parse(readFileSync(await file.path(), 'utf8'))
  expect(await verify(data, 'hand-in.json')).toMatchObject({ outcome: 'passed', challenge: { verdict: 'met' } })

  await task.getByRole('button', { name: 'Begin again' }).click()
  await expect(task.getByText('not yet')).toBeVisible()
  // What a challenge counts is in reach of a hand, too: here by keys.
  await lab.server('n3').press('Enter')
  await page.getByRole('menuitem', { name: 'What else can befall it' }).press('Enter')
  await page.keyboard.press('Enter')
  await expect
    .poll(async () => (await lab.state()).commands)
    .toMatchObject([{ command: { type: 'stall', process: 'n3' } }])
  await expect(task.getByText('(not allowed)')).toBeVisible()
  await expect(task.getByText('More was used than is allowed')).toBeVisible()
})
