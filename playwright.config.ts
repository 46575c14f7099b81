import { existsSync } from 'node:fs'
import { defineConfig, devices } from '@playwright/test'
import { findChromium } from './scripts/browser.mjs'

const browser = await findChromium()
/** Only when it is asked for (`npm run test:firefox`): the same tests once more would double the time of the check. */
const firefox = process.env['FIREFOX_PATH'] ?? ''
const port = Number(process.env['PORT'] ?? 4173)

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  workers: 2,
  // Limits for a page that hangs, not measures of speed: tests wait for conditions.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${port}`,
    // A recorder costs half the time of the check again; a failure is recorded when it is asked for (--trace on).
    trace: 'off',
    screenshot: 'only-on-failure',
    video: 'off',
    // Keeping the whole page for offline use is one test's business, and work for every other.
    serviceWorkers: 'block',
  },
  projects: [
    {
      name: 'chromium',
      use: {
        ...devices['Desktop Chrome'],
        viewport: { width: 1440, height: 900 },
        launchOptions: { ...(browser && { executablePath: browser.path }), args: ['--disable-gpu', '--disable-quic'] },
      },
    },
    ...(existsSync(firefox)
      ? [
          {
            name: 'firefox',
            grep: /@firefox/,
            use: {
              ...devices['Desktop Firefox'],
              channel: 'moz-firefox',
              viewport: { width: 1440, height: 900 },
              launchOptions: { executablePath: firefox },
            },
          },
        ]
      : []),
  ],
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    url: `http://localhost:${port}`,
    reuseExistingServer: !process.env['CI'],
  },
})
