import type { ReactNode } from 'react'
import { change, useDesk } from './desk.ts'

type TextKey = 'servers' | 'weights' | 'tokens' | 'bound' | 'slots' | 'count' | 'distinct' | 'exponent'

export function TextField({ field, label, hint }: { field: TextKey; label: string; hint?: string }) {
  const value = useDesk((s) => s.form[field])
  return (
    <Field label={label}>
      <input
        className="input"
        inputMode={field === 'weights' ? 'text' : 'decimal'}
        value={value}
        placeholder={hint}
        onChange={(event) => change({ [field]: event.target.value })}
      />
    </Field>
  )
}

export function Field({ label, wide, children }: { label: string; wide?: boolean; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the control is the child
    <label className="compare-field" data-wide={wide}>
      <span>{label}</span>
      {children}
    </label>
  )
}
