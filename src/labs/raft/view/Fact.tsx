import type { ReactNode } from 'react'

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="raft-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
