import { readFileSync } from 'node:fs'

/** Adds up the reports of Vitest and Playwright; one that is missing counts as a failure. */
export function count(files) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const file of files) add(total, file)
  return total
}

function add(total, file) {
  let report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    console.error(`no report: ${file}`)
    total.failed++
    return
  }
  const { stats } = report
  total.passed += stats ? stats.expected : report.numPassedTests
  total.failed += stats ? stats.unexpected + stats.flaky : report.numFailedTests
  total.skipped += stats ? stats.skipped : report.numPendingTests + report.numTodoTests
}
