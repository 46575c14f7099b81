import { expect, it } from 'vitest'
import { forgetRun, keepRun, type KeptRun, keptRuns, MOST_RUNS, type Store } from './kept-runs.ts'

const run = (id: string, link = 'run=1.raft.AAAA'): KeptRun => ({
  id,
  lab: 'raft',
  title: 'Free run',
  at: 1_000,
  savedAt: 1,
  commands: 2,
  query: '',
  link,
})

function memory(most = Number.POSITIVE_INFINITY): Store & { text: string | null } {
  return {
    text: null,
    getItem() {
      return this.text
    },
    setItem(_, text) {
      if (text.length > most) throw new Error('full')
      this.text = text
    },
  }
}

it('keeps the last ten, each once, the newest first', () => {
  const store = memory()
  for (let i = 1; i <= 12; i++) expect(keepRun(store, run(`r${i}`))).toBe(true)
  keepRun(store, { ...run('r5'), commands: 9 })
  const kept = keptRuns(store)
  expect(kept).toHaveLength(MOST_RUNS)
  expect(kept.slice(0, 3).map(({ id }) => id)).toEqual(['r5', 'r12', 'r11'])
  expect(kept[0]?.commands).toBe(9)
  forgetRun(store, 'r12')
  expect(keptRuns(store).some(({ id }) => id === 'r12')).toBe(false)
})

it('lets the oldest go where there is little room, and says if there is none', () => {
  const small = memory(5_000)
  for (let i = 1; i <= 5; i++) expect(keepRun(small, run(`r${i}`, 'x'.repeat(2_000)))).toBe(true)
  expect(keptRuns(small).map(({ id }) => id)).toEqual(['r5', 'r4'])
  expect(keepRun(memory(10), run('r1'))).toBe(false)
})

it.each(['nonsense', '{"a":1}', '[{"id":1}]', 'null'])('is empty where %s was put into the store', (text) => {
  const store = memory()
  store.setItem('', text)
  expect(keptRuns(store)).toEqual([])
})
