import type { Checked, Failure, Unreadable } from './checked.ts'

/**
 * The outcome as JUnit XML, as build servers read it: a suite for each file, a case for each seed that failed and one for
 * all that passed; a file that cannot be read is an error. There is no one norm; these are the elements and attributes that
 * Jenkins, GitLab and GitHub's reporters share (https://github.com/testmoapp/junitxml).
 */
export function junitXml(checked: readonly Checked[], unreadable: readonly Unreadable[]): string {
  const suites = [...checked.map(suiteOf), ...unreadable.map(errorSuite)]
  const total = { tests: sum(suites, 'tests'), failures: sum(suites, 'failures'), errors: unreadable.length }
  const time = checked.reduce((all, { seconds }) => all + seconds, 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="netsplit"${counts(total)} time="${time.toFixed(3)}">`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n')
}

interface Counts {
  tests: number
  failures: number
  errors: number
}

interface Suite extends Counts {
  lines: string[]
}

function suiteOf({ name, file, passed, failed, seconds }: Checked): Suite {
  const count = { tests: failed.length + (passed > 0 ? 1 : 0), failures: failed.length, errors: 0 }
  const all = passed === 1 ? 'passes' : `passes with ${passed} seeds`
  const cases = [
    ...(passed > 0 ? [`    <testcase classname="${escaped(name)}" name="${all}" file="${escaped(file)}"/>`] : []),
    ...failed.flatMap((failure) => failedCase(name, file, failure)),
  ]
  const head = `  <testsuite name="${escaped(name)}"${counts(count)} time="${seconds.toFixed(3)}">`
  return { ...count, lines: [head, ...cases, '  </testsuite>'] }
}

function failedCase(name: string, file: string, { seed, why, told }: Failure): string[] {
  return [
    `    <testcase classname="${escaped(name)}" name="seed ${seed}" file="${escaped(file)}">`,
    `      <failure type="expectation" message="${escaped(why[0] ?? 'failed')}">${escaped(told.join('\n'))}</failure>`,
    '    </testcase>',
  ]
}

function errorSuite({ file, problem }: Unreadable): Suite {
  const count = { tests: 1, failures: 0, errors: 1 }
  const lines = [
    `  <testsuite name="${escaped(file)}"${counts(count)} time="0.000">`,
    `    <testcase classname="${escaped(file)}" name="can be read" file="${escaped(file)}">`,
    `      <error type="scenario" message="${escaped(problem)}"/>`,
    '    </testcase>',
    '  </testsuite>',
  ]
  return { ...count, lines }
}

const counts = ({ tests, failures, errors }: Counts): string =>
  ` tests="${tests}" failures="${failures}" errors="${errors}"`

const sum = (suites: readonly Suite[], key: keyof Counts): number => suites.reduce((all, suite) => all + suite[key], 0)

/** For an attribute or a text. What XML 1.0 cannot hold at all (most control characters) is left out. */
const escaped = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- the characters that section 2.2 of XML 1.0 forbids
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
