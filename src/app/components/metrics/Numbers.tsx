interface NumbersProps {
  numbers: readonly { name: string; text: string; mark?: string }[]
  note?: string
}

/** A few numbers under their names, and what they are of. */
export function Numbers({ numbers, note }: NumbersProps) {
  return (
    <dl className="numbers">
      {numbers.map(({ name, text, mark }) => (
        <div key={name} data-mark={mark}>
          <dt>{name}</dt>
          <dd className="mono">{text}</dd>
        </div>
      ))}
      {note !== undefined && <dd className="numbers-note">{note}</dd>}
    </dl>
  )
}
