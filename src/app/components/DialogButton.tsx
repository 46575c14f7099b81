import type { ReactNode } from 'react'
import { Icon, type IconName } from '../../ui/icons.tsx'
import { actions } from '../actions.ts'
import type { PageState } from '../state.ts'
import { useStore } from '../store.ts'
import { Tool } from './Tool.tsx'

interface DialogButtonProps {
  dialog: NonNullable<PageState['dialog']>
  icon: IconName
  className: string
  label?: string | undefined
  title: string
  /** Why it cannot be opened now, or null. */
  disabled?: string | null
  children?: ReactNode
}

/** Opens a dialog, and closes it again. */
export function DialogButton({ dialog, icon, label, children, ...tool }: DialogButtonProps) {
  const open = useStore((s) => s.dialog === dialog)
  return (
    <Tool
      {...tool}
      {...(label !== undefined && { label })}
      popup="dialog"
      expanded={open}
      onClick={() => actions.openDialog(open ? null : dialog)}
    >
      <Icon name={icon} />
      {children}
    </Tool>
  )
}
