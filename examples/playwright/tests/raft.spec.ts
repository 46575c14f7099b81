import { expect, test } from 'netsplit/playwright'

test('five servers survive the crash of their leader, and a cut', async ({ lab, page }) => {
  await expect(lab).not.toHaveLeader()
  await expect(lab).toHaveLeader(null, { withinMs: 5_000 })
  const leader = (await lab.leader()) as string
  await expect(lab).toHaveLeader(leader)

  await lab.crash(leader)
  await expect(lab.server(leader)).toHaveAttribute('data-status', 'down')
  await expect(lab).not.toHaveLeader()
  await expect(lab).toHaveLeader(null, { withinMs: 5_000 })
  await expect(lab).toSatisfy('some server has reached term 2')

  const next = (await lab.leader()) as string
  const others = ['n1', 'n2', 'n3', 'n4', 'n5'].filter((id) => id !== next)
  await lab.cut([next], others)
  await lab.restart(leader)
  await lab.advance(3_000)
  await expect(lab).toSatisfy(`${next} thinks it leads`)
  await expect(lab).not.toHaveLeader(next)
  await lab.heal()
  await expect(lab).toAgreeOn('logs', { withinMs: 10_000 })
  await expect(lab).toHaveNoViolation()
  await expect(page).toHaveTitle(/Netsplit/)

  // What cannot be done fails the test that asks for it.
  await expect(lab.crash('n9')).rejects.toThrow('crash: there is no process called n9')
  await expect(lab.seek(-1)).rejects.toThrow('seek: expected simulated milliseconds from 0 on, found -1')
})

test('a leader that answers from its own store is found out', async ({ lab }) => {
  await lab.open('raft/stale-read-dirty')
  await expect(lab).toBeLinearizable()
  await lab.runUntil('violation of "Fresh Reads"')
  await expect(lab).not.toBeLinearizable()
  await expect(lab).not.toHaveNoViolation()
})

test('a failure tells the story up to it, and the link that opens it', async ({ lab }) => {
  await lab.open('raft/leader-crash', { seed: 3 })
  await lab.runUntil('there is a leader')
  const failure = await expect(lab)
    .toSatisfy('n1 is down', { withinMs: 50 })
    .then(
      () => '',
      (error: Error) => error.message,
    )
  expect(failure).toMatch(/^raft, seed 3, at [\d.]+ ms: expected “n1 is down”\n {2}for 50 simulated ms\nup to it\n/)
  expect(failure).toMatch(/wins term \d+ with votes of/)
  const fingerprint = await lab.fingerprint()
  await lab.visit(/it opens at\n {2}(\S+)/.exec(failure)?.[1] ?? '')
  await expect.poll(() => lab.fingerprint()).toBe(fingerprint)
})
