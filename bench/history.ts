import { checkHistory } from '../src/check/linearizability.ts'
import { models } from '../src/check/models.ts'
import { judgeLevels } from '../src/check/levels.ts'
import { randomHistory } from '../src/check/random-history.testing.ts'
import { cpuSeconds, type Figure, median } from './figures.ts'

const ROUNDS = 5
const TIMES = 10

/** CPU milliseconds to judge a history: good ones by length, keys and clients, a bad one, and one with lost answers. */
export function historyFigures(): Figure[] {
  const shapes = {
    'history.2000': { operations: 2_000, clients: 10, keys: 10 },
    'history.2000.lost': { operations: 2_000, clients: 10, keys: 10, lost: 0.05 },
    'history.2000.bad': { operations: 2_000, clients: 10, keys: 10, bad: true },
    'history.2000.crowd': { operations: 2_000, clients: 50, keys: 1 },
    'history.20000': { operations: 20_000, clients: 10, keys: 10 },
  }
  const figures = Object.entries(shapes).map(([name, shape]): Figure => {
    const operations = randomHistory({ seed: 7, ...shape })
    return { name, value: costOf(() => checkHistory(models.keyValue, operations)), unit: 'cpu-ms' }
  })
  const bad = randomHistory({ seed: 7, ...shapes['history.2000.bad'] })
  const judged = checkHistory(models.keyValue, bad)
  const levels = costOf(() => judgeLevels(models.keyValue, bad, judged))
  return [...figures, { name: 'history.2000.levels', value: levels, unit: 'cpu-ms' }]
}

/** Several times in a round: a forced collection between two takes optimised code with it. */
function costOf(go: () => void): number {
  const round = (): void => {
    for (let i = 0; i < TIMES; i++) go()
  }
  round()
  return Math.round((10_000 * median(Array.from({ length: ROUNDS }, () => cpuSeconds(round)))) / TIMES) / 10
}
