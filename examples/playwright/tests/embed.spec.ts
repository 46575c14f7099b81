import { expect, test } from 'netsplit/playwright'

test('the element shows a lab on another page', async ({ page, packedPage }) => {
  await page.route(`${packedPage}lecture.html`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<script type="module" src="netsplit-embed.js"></script><netsplit-lab scenario="raft/leader-crash"></netsplit-lab>',
    }),
  )
  await page.goto(`${packedPage}lecture.html`)
  const frame = page.frameLocator('netsplit-lab iframe')
  await expect(frame.locator('[data-server]')).toHaveCount(5)
  await expect(page.locator('netsplit-lab iframe')).toHaveAttribute('title', /./)
})
