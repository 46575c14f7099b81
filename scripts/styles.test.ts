import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const src = join(import.meta.dirname, '../src')
const sheets = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css'))

it('no stylesheet asks what an element holds: with each picture the browser would look at all of the page again', () => {
  expect(sheets.length).toBeGreaterThan(20)
  const asking = sheets.filter((file) =>
    /:has\(/.test(readFileSync(join(src, file), 'utf8').replace(/\/\*[^]*?\*\//g, '')),
  )
  expect(asking).toEqual([])
})
