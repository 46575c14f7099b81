import type { Checked, Failure } from './checked.ts'

/** A row for each file, then each failure with the story up to it and how to see it. */
export function tellChecked(checked: readonly Checked[]): void {
  const width = Math.max('scenario'.length, ...checked.map(({ name }) => name.length))
  const row = (name: string, ...cells: (string | number)[]): string =>
    name.padEnd(width) + cells.map((cell) => String(cell).padStart(8)).join('')
  console.log(row('scenario', 'runs', 'passed', 'failed'))
  for (const { name, runs, passed, failed } of checked) console.log(row(name, runs, passed, failed.length))
  for (const { name, failed } of checked) for (const each of failed) tellFailure(name, each)
}

function tellFailure(name: string, { seed, told }: Failure): void {
  console.log(`\n${name}, seed ${seed}`)
  for (const line of told) console.log(line === '' ? '' : `  ${line}`)
}
