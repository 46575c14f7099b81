import type { Page } from '@playwright/test'
import { hashFunctions } from '../src/labs/ring/hash/functions.ts'
import type { RingLabView } from '../src/labs/ring/observe.ts'
import { clockwise, presentCircle, ringOf } from '../src/labs/ring/store/view.ts'
import { placeOf } from '../src/labs/ring/store/shelf.ts'
import { expect, type LabPage, test } from './lab-page.ts'

const viewOf = async (lab: LabPage): Promise<RingLabView> => (await lab.state()).view as unknown as RingLabView

/** A ring of so many servers and tokens each, a moment after its start, with some keys. */
async function open(lab: LabPage, page: Page, servers: number, tokens: number): Promise<void> {
  await lab.open('?lab=ring')
  await page.evaluate(
    ([servers, tokens]) =>
      window.netsplit.open({
        format: 1,
        lab: 'ring',
        title: 'A ring',
        seed: 1,
        servers,
        setup: { config: { tokens } },
        script: [
          { at: '100ms', do: { write: 'alpha = 1', via: 'n1', as: 'a' } },
          { at: '200ms', do: { write: 'beta = 2', via: 'n2', as: 'b' } },
        ],
        until: '60s',
      }),
    [servers, tokens] as const,
  )
  await lab.seek(900)
}

const TURN = 2 * Math.PI

/** The first owner of a direction from the middle of the circle, by the engine's own lookup. */
function lookup(servers: number, tokens: number): (angle: number) => string {
  const ids = Array.from({ length: servers }, (_, i) => `n${i + 1}`)
  const circle = presentCircle(ringOf(ids, { tokens, hash: 'murmur3' }))
  return (angle) => clockwise(circle, Math.floor((((angle + TURN / 4) / TURN + 1) % 1) * 4294967296), 1)[0] as string
}

test('what is drawn at a place of the circle is the server that the lookup gives it to, in marks and in pixels', async ({
  lab,
  page,
}) => {
  await open(lab, page, 6, 8)
  const owner = lookup(6, 8)
  const angles = Array.from({ length: 360 }, (_, i) => ((i + 0.5) / 360) * TURN - TURN / 4)
  const drawn = await page.evaluate((angles) => {
    const band = document.querySelector('.ring-band')?.getBoundingClientRect() ?? new DOMRect()
    const r = band.width / 2
    return angles.map((angle) => {
      const [x, y] = [band.x + r * (1 + Math.cos(angle) * 0.95), band.y + r * (1 + Math.sin(angle) * 0.95)]
      const mark = document.elementsFromPoint(x, y).find((element) => element.closest('.ring-band') !== null)
      return mark?.closest<SVGElement>('[data-owner]')?.dataset['owner']
    })
  }, angles)
  // Two pixels to either side of a token, the browser's rounding decides.
  const clear = angles.map((angle) => [-0.014, 0, 0.014].every((off) => owner(angle + off) === owner(angle)))
  expect(clear.filter(Boolean).length).toBeGreaterThan(200)
  expect(angles.filter((angle, i) => clear[i] && drawn[i] !== owner(angle))).toEqual([])

  await open(lab, page, 100, 256)
  const { side, pixels, colours } = await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.ring-dense canvas') as HTMLCanvasElement
    const context = canvas.getContext('2d') as CanvasRenderingContext2D
    const side = canvas.width
    const { data } = context.getImageData(0, 0, side, side)
    const pixels = Array.from({ length: side * side }, (_, i) => i)
      .filter((i) => data[4 * i + 3] === 255 && i % 7 === 0)
      .map((i) => ({ i, colour: [...data.subarray(4 * i, 4 * i + 3)].join() }))
    const scratch = new OffscreenCanvas(1, 1).getContext('2d', {
      willReadFrequently: true,
    }) as OffscreenCanvasRenderingContext2D
    const colours = [...document.querySelectorAll<SVGElement>('[data-server]')].map((server) => {
      scratch.fillStyle = getComputedStyle(server.querySelector('.ring-mark') as Element).color
      scratch.fillRect(0, 0, 1, 1)
      return [server.dataset['server'] ?? '', [...scratch.getImageData(0, 0, 1, 1).data.subarray(0, 3)].join()] as const
    })
    return { side, pixels, colours }
  })
  const dense = lookup(100, 256)
  const colourOf = new Map(colours)
  const centre = (i: number) => Math.atan2(Math.floor(i / side) + 0.5 - side / 2, (i % side) + 0.5 - side / 2)
  expect(pixels.length).toBeGreaterThan(1000)
  expect(pixels.filter(({ i, colour }) => colour !== colourOf.get(dense(centre(i))))).toEqual([])
})

test('an owner crashes, another keeps a hint, and the hint goes home: by keyboard, on the stage and in the panels', async ({
  lab,
  page,
}) => {
  await open(lab, page, 6, 8)
  await page.keyboard.press('w')
  await expect(page.getByLabel('Key', { exact: true })).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('gamma')
  await page.getByLabel('Value').fill('7')
  await page.getByLabel('Coordinator').selectOption('n1')
  await page.getByRole('button', { name: 'Write', exact: true }).press('Enter')
  await lab.advance(400)
  const key = (await viewOf(lab)).keys.find((one) => one.key === 'gamma')
  expect(key?.copies.map(({ server }) => server).toSorted()).toEqual(key?.owners.toSorted())
  expect(key?.place).toBe(placeOf(hashFunctions.murmur3, 'gamma'))
  await expect(page.getByRole('button', { name: 'gamma', exact: true })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText('7 (n')).toBeVisible()

  const victim = key?.owners.findLast((id) => id !== 'n1') as string
  await lab.dispatch({ type: 'crash', process: victim })
  await page.getByLabel('Value').fill('8')
  await page.getByRole('button', { name: 'Write', exact: true }).press('Enter')
  await lab.advance(500)
  const keeper = (await viewOf(lab)).servers.find(({ hints }) => hints.length > 0)?.id as string
  await expect(lab.server(keeper)).toHaveAccessibleName(/keeps 1 hint/)
  await expect(page.getByRole('row', { name: /gamma/ }).getByText(`for ${victim}`)).toBeVisible()
  await page.getByRole('tab', { name: 'Server' }).click()
  await page.getByRole('combobox', { name: 'Server', exact: true }).last().selectOption(keeper)
  await expect(page.getByText('Hints that wait: 1')).toBeVisible()

  await lab.dispatch({ type: 'restart', process: victim })
  await lab.until('all replicas agree')
  await lab.advance(1)
  await expect(lab.server(keeper)).toHaveAttribute('data-hints', '0')
  await expect(page.getByText('Hints that wait: 0')).toBeVisible()
})

test('N, R and W change while the run goes on, and the picture says what that buys', async ({ lab, page }) => {
  await open(lab, page, 6, 8)
  await page.getByRole('button', { name: /^N 3 · R 2 · W 2/ }).click()
  const card = page.getByRole('dialog', { name: 'N, R and W' })
  await expect(card.getByText(/R \+ W = 4 > 3/).last()).toBeVisible()
  await card.getByRole('button', { name: 'R: one less' }).click()
  await expect(card.getByText(/R \+ W = 3 ≤ 3: .*stale/).last()).toBeVisible()
  await expect(card.locator('[data-in="both"]')).toHaveCount(0)
  expect((await viewOf(lab)).r).toBe(1)
  await expect(card.getByRole('button', { name: 'R: one less' })).toBeDisabled()
  await page.keyboard.press('Escape')
  await expect(card).toBeHidden()
})

test('a token is dragged, a server joins and leaves, and what cannot be says why', async ({ lab, page }) => {
  await open(lab, page, 4, 4)
  const before = await viewOf(lab)
  const handle = page.locator('.ring-handle').first()
  const token = Number(await handle.getAttribute('data-token'))
  const box = await handle.locator('path').boundingBox()
  const band = await page.locator('.ring-band').boundingBox()
  if (box === null || band === null) throw new Error('the circle is not on the page')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(band.x + band.width / 2 + 3, band.y + band.height - 8, { steps: 5 })
  await expect(page.locator('.ring-ghost')).toBeVisible()
  await page.mouse.up()
  await expect.poll(async () => (await lab.state()).commands.length).toBe(3)
  await lab.until('all servers know the same ring')
  const moved = await viewOf(lab)
  expect(moved.circle?.digest).not.toBe(before.circle?.digest)
  expect(Object.values(moved.circle?.at ?? {})).not.toContain(token)

  await page.getByRole('button', { name: 'Server', exact: true }).click()
  await lab.advance(100)
  await expect(lab.server('n5')).toHaveAttribute('data-member', 'joining')
  await expect(page.locator('.ring-coming path').first()).toBeVisible()
  await lab.until('n5 is in the ring')
  await lab.choose('n1', 'Leave the ring')
  await lab.advance(4000)
  await expect(lab.server('n1')).toHaveAttribute('data-member', 'left')
  await lab.server('n1').press('Enter')
  await expect(page.getByRole('menuitem', { name: /Leave the ring/ })).toContainText('n1 has left')
  await page.keyboard.press('Escape')
})

test('the ladder: a replica that is paused falls behind its leader; ranges are fixed, and say so', async ({
  lab,
  page,
}) => {
  await lab.open('?lab=ring')
  await page.getByRole('tab', { name: 'Load' }).click()
  await page.getByRole('button', { name: '2 Leader' }).click()
  await expect.poll(async () => (await viewOf(lab)).layout).toBe('replicas')
  await lab.dispatch({ type: 'pause', process: 'n3' })
  await lab.dispatch({ type: 'invoke', client: 'c1', operation: { type: 'put', key: 'x', value: '1' } })
  await lab.advance(300)
  await expect(lab.server('n3')).toHaveAccessibleName(/1 key behind/)
  await expect(lab.server('n2')).not.toHaveAccessibleName(/behind/)
  await page.getByRole('button', { name: '3 Ranges' }).click()
  await expect.poll(async () => (await viewOf(lab)).layout).toBe('ranges')
  await expect(page.locator('.ring-band [data-owner]')).toHaveCount(36)
  await expect(page.getByRole('button', { name: 'Server', exact: true })).toBeDisabled()
})
