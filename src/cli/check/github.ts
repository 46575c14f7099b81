import type { Checked, Unreadable } from './checked.ts'

/**
 * A line for each failure, as GitHub's runners turn it into an annotation at its file
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
 */
export function annotations(checked: readonly Checked[], unreadable: readonly Unreadable[]): string[] {
  return [
    ...checked.flatMap(({ file, name, failed }) =>
      failed.map(({ seed, line, told }) => error(file, line, `${name}, seed ${seed}`, told.join('\n'))),
    ),
    ...unreadable.map(({ file, problem }) => error(file, 1, 'not a scenario', problem)),
  ]
}

const error = (file: string, line: number, title: string, text: string): string =>
  `::error file=${property(file)},line=${line},title=${property(title)}::${data(text)}`

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
