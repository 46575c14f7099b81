import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { labsOnDisk } from '../../cli/loaders.ts'
import { runToEnd } from '../../engine/run-scenario.ts'
import { readScenario } from '../../lab/scenario.ts'
import { mistakes } from './mistakes.ts'

interface File {
  name: string
  value: { setup?: { mistakes?: string[] } }
}

const folder = join(import.meta.dirname, 'scenarios')
const files: File[] = readdirSync(folder)
  .map((name) => ({ name, value: parse(readFileSync(join(folder, name), 'utf8')) as File['value'] }))
  .filter(({ value }) => value.setup?.mistakes !== undefined)

async function violated(value: unknown): Promise<string[]> {
  const read = await readScenario(labsOnDisk(), value)
  if (!read.ok) throw new Error(read.error)
  const { result } = await runToEnd(read.value.lab, read.value.scenario)
  return result.violations.map(({ monitor }) => monitor)
}

describe('a scenario with a mistake on purpose', () => {
  it.each(files)('breaks what the mistake says, and nothing without it: $name', async ({ value }) => {
    const made = value.setup?.mistakes ?? []
    const caught = await violated(value)
    for (const name of made) expect(caught).toContain(mistakes.find((mistake) => mistake.name === name)?.caughtBy)
    expect(await violated({ ...value, setup: { ...value.setup, mistakes: [] } })).toEqual([])
  })

  it('stands in the card of the lab, with what catches it', () => {
    const card = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
    for (const { name, label, caughtBy } of mistakes) {
      const shown = files.filter(({ value }) => value.setup?.mistakes?.includes(name))
      const links = shown.map((file) => `[${file.name.split('.')[0]}](scenarios/${file.name})`).join(', ')
      expect(card).toContain(`| ${label} | ${caughtBy} | ${links} |`)
    }
  })
})
