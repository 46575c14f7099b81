import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Picture } from '../src/app/gallery/picture.ts'
import { drawables } from './pictures.ts'

test('everything in the gallery has a picture of what it is now; npx tsx scripts/pictures.ts draws them', async () => {
  const file = join(import.meta.dirname, '../src/app/gallery/pictures.json')
  const pictures = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Picture>
  const now = await drawables()
  expect(Object.fromEntries(Object.entries(pictures).map(([id, { digest }]) => [id, digest]))).toEqual(
    Object.fromEntries(now.map(({ id, digest }) => [id, digest])),
  )
  expect(new Set(now.map(({ id }) => id)).size).toBe(now.length)
  expect(Object.entries(pictures).flatMap(([id, { servers }]) => (servers.length > 0 ? [] : [id]))).toEqual([])
})
