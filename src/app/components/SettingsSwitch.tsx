interface SwitchProps {
  id?: string
  on: boolean
  describedBy?: string
  /** It breaks something. */
  bad?: boolean
  onSwitch(on: boolean): void
}

/** On or off, as the world has it: it moves when the change has happened. Its label goes around it. */
export function Switch({ id, on, describedBy, bad = false, onSwitch }: SwitchProps) {
  return (
    <button
      id={id}
      type="button"
      role="switch"
      className={bad ? 'switch bad' : 'switch'}
      aria-checked={on}
      aria-describedby={describedBy}
      onClick={() => onSwitch(!on)}
    />
  )
}
