import { join } from 'node:path'
import { build, type Rollup } from 'vite'
import { expect, test } from './lab-page.ts'
import { bitsOf, MATH_VECTORS } from '../src/base/math.vectors.ts'

test('base/math gives in the browser, bit for bit, what it gives in Node @firefox', async ({ page }) => {
  const entry = join(import.meta.dirname, '../src/base/math.ts')
  const lib = { entry, formats: ['iife' as const], name: 'exactMath' }
  const output = (await build({
    configFile: false,
    logLevel: 'silent',
    build: { lib, write: false },
  })) as Rollup.RollupOutput[]
  await page.setContent('<title>math</title>')
  await page.addScriptTag({ content: output[0]?.output[0].code ?? '' })
  for (const [name, cases] of Object.entries(MATH_VECTORS)) {
    const inputs = cases.map(([x]) => x)
    const values = await page.evaluate(
      ([f, xs]) =>
        xs.map(
          (x) =>
            (globalThis as unknown as { exactMath: Record<string, (x: number) => number> }).exactMath[f]?.(x) ??
            Number.NaN,
        ),
      [name, inputs] as const,
    )
    expect(values.map(bitsOf), name).toEqual(cases.map(([, bits]) => bits))
  }
})
