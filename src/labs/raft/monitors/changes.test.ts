import { expect, it } from 'vitest'
import { chaosRun, PLANS } from '../chaos.testing.ts'
import { lab } from '../lab.ts'

const AGAIN = ', at every event'

/** The same monitors once more, each asked at every event. */
const ungated = lab.monitors.map((monitor) => {
  const { gate, ...rest } = monitor
  return gate === undefined ? { ...monitor, name: monitor.name + AGAIN } : { ...rest, name: rest.name + AGAIN }
})

it('hides nothing: with every mistake the same violations are found at the same events as without a gate', () => {
  expect(lab.monitors.filter(({ gate }) => gate !== undefined).length).toBeGreaterThan(10)
  let found = 0
  for (const { name, config } of lab.mistakes) {
    const monitors = [...lab.monitors, ...ungated]
    const { violations } = chaosRun(1, config, { ...PLANS[name], judged: false, monitors })
    const behind = violations.filter(({ monitor }) => !monitor.endsWith(AGAIN))
    const plain = violations.filter(({ monitor }) => monitor.endsWith(AGAIN))
    expect(behind, `with ${name}`).toEqual(plain.map((each) => ({ ...each, monitor: each.monitor.replace(AGAIN, '') })))
    found += behind.length
  }
  expect(found).toBeGreaterThan(100)
})
