/**
 * Netsplit for Playwright: `import { expect, test } from 'netsplit/playwright'`. See docs/PLAYWRIGHT.md.
 */
export { test } from './fixtures.ts'
export type { LabOptions, LabTest } from './fixtures.ts'
export { expect } from './matchers.ts'
export type { Agreement, Within } from './matchers.ts'
export { Lab } from './lab.ts'
export type { PageSnapshot } from '../app/test-api.ts'
