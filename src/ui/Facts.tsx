import './facts.css'

/** What there is to know of something, a name and a text each. */
export function Facts({
  facts,
  isBad,
}: {
  facts: readonly (readonly [string, string])[]
  isBad?(name: string): boolean
}) {
  return (
    <dl className="facts">
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-bad={isBad?.(name) || undefined}>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
