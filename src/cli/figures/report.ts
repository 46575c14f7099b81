import type { Experiment } from '../../lab/figures.ts'
import type { Judgement } from '../../lab/judge.ts'

/** What an experiment came to. */
export interface Outcome {
  lab: string
  experiment: Experiment
  trials: number
  judgements: Judgement[]
}

/** The table of an experiment: each published number, what was measured, and how far apart they are. */
export function table({ lab, experiment, trials, judgements }: Outcome): string {
  const rows = judgements.map((j) => [
    j.title,
    number(j.published, j),
    number(j.measured, j),
    j.standardError === null ? '' : `± ${number(j.standardError, j)}`,
    j.deviation === null ? '' : signed(j.deviation),
    VERDICT[j.judged][j.ok ? 0 : 1],
    j.source,
  ])
  const all = [HEAD, ...rows]
  const widths = HEAD.map((_, i) => Math.max(...all.map((row) => (row[i] as string).length)))
  const line = (row: string[]): string =>
    row
      .map((cell, i) => (i === 0 || i > 4 ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number)))
      .join('  ')
  return [
    `${lab} · ${experiment.title} (${trials.toLocaleString('en')} trials, --only ${experiment.id})`,
    ...wrap(experiment.setup),
    ...all.map((row) => `  ${line(row)}`.trimEnd()),
    '',
  ].join('\n')
}

/** The same as plain data, for `--json`. */
export function asData({ lab, experiment, trials, judgements }: Outcome) {
  const { id, title, setup } = experiment
  return { lab, id, title, setup, trials, figures: judgements }
}

const HEAD = ['figure', 'published', 'measured', 'std. error', 'deviation', '', 'source']
const VERDICT = {
  equal: ['ok', 'FAILED'],
  atMost: ['ok, at most', 'FAILED, at most'],
  report: ['report', 'report'],
} as const

function number(value: number, { unit, digits }: Judgement): string {
  const text = (unit === 'share' ? value * 100 : value).toFixed(digits)
  return unit === '' ? text : `${text} ${unit === 'share' ? '%' : unit}`
}

const signed = (x: number): string => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(1)}`

function wrap(text: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line.length + word.length > 108) {
      lines.push(line)
      line = ''
    }
    line += `${line === '' ? '  ' : ' '}${word}`
  }
  return [...lines, line]
}
