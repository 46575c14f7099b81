import { Fragment, useLayoutEffect, useRef, useState } from 'react'
import type { ProcessId } from '../../kernel/types.ts'
import type { Action, Offers } from '../../ui/lab-view.ts'
import { useLate } from '../../ui/later.ts'
import type { PageState } from '../state.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { askWhy } from '../why/ask.ts'
import { deedsAtHand } from './deeds.ts'
import { furtherDeeds } from './further-deeds.ts'
import { Menu, MenuItem } from './Menu.tsx'
import { type Shown, useShown } from './use-shown.ts'

/** What can be done with one process, at its mark. */
export function ServerMenu() {
  const menu = useStore((s) => s.menu)
  const shown = useShown()
  if (menu === null || shown === null) return null
  if (!shown.frame.world.processes.some((process) => process.id === menu.process)) return null
  return <MenuOf key={menu.process} menu={menu} shown={shown} />
}

interface MenuProps {
  menu: NonNullable<PageState['menu']>
  shown: Shown
}

/** It opens whole: what the lab offers beyond the first picture has come long before. */
function MenuOf({ menu, shown }: MenuProps) {
  const offers = useLate(shown.lab.view.actions, true)
  return offers === null ? null : <MenuAt menu={menu} shown={shown} offers={offers} />
}

function MenuAt({ menu, shown: { lab, frame }, offers }: MenuProps & { offers: Offers<unknown> }) {
  const id = menu.process
  const place = useRef<HTMLElement>(null)
  const groups = offers(frame.view, id).filter((group) => group.length > 0)
  const [further, setFurther] = useState(false)
  const rest = useRef<HTMLDivElement>(null)
  // How large the menu is is known only once it is laid out.
  useLayoutEffect(() => {
    keepInside(place.current as HTMLElement, menu)
    if (further) rest.current?.querySelector('button')?.focus()
  }, [menu, further])

  const close = (how: 'escaped' | 'left') => {
    actions.closeMenu()
    if (how === 'escaped') focusMark(id)
  }
  // After a pointer's choice the mark does not take the focus: Space should play, not open the menu again.
  const choose = ({ command, also = [] }: Pick<Action, 'command' | 'also'>, byKey: boolean) => {
    actions.dispatchAll([command, ...also])
    close(byKey ? 'escaped' : 'left')
  }
  return (
    <section ref={place} className="server-menu" aria-label={id}>
      <Menu label={`What to do with ${id}`} onClose={close}>
        <div className="menu-title" role="presentation">
          <strong>{id}</strong> {afterName(lab.view.describe(frame.view, frame.world, id), id)}
        </div>
        {deedsAtHand(frame.world, id).map((deed) => (
          <MenuItem
            key={deed.id}
            disabled={deed.disabled}
            shortcut={deed.shortcut}
            onChoose={(byKey) => choose(deed, byKey)}
          >
            {deed.label}
          </MenuItem>
        ))}
        <MenuItem shortcut="Y" onChoose={() => askWhy({ type: 'process', process: id })}>
          Why?
        </MenuItem>
        {!further && <MenuItem onChoose={() => setFurther(true)}>What else can befall it …</MenuItem>}
        {further && (
          <div ref={rest} role="group" aria-label="What else can befall it">
            <hr className="menu-line" />
            {furtherDeeds(frame.world, id).map((deed) => (
              <MenuItem key={deed.id} disabled={deed.disabled} onChoose={(byKey) => choose(deed, byKey)}>
                {deed.label}
              </MenuItem>
            ))}
          </div>
        )}
        {groups.map((group) => (
          <Fragment key={group[0]?.id}>
            <hr className="menu-line" />
            {group.map((action) => (
              <MenuItem key={action.id} disabled={action.disabled} onChoose={(byKey) => choose(action, byKey)}>
                {action.label}
              </MenuItem>
            ))}
          </Fragment>
        ))}
      </Menu>
    </section>
  )
}

/** Beside the mark, but never beyond the edge of the page. */
function keepInside(place: HTMLElement, { x, y }: { x: number; y: number }): void {
  const gap = 8
  const { width, height } = place.getBoundingClientRect()
  const left = Math.min(x, window.innerWidth - width - gap)
  const top = Math.min(y, window.innerHeight - height - gap)
  place.style.left = `${Math.max(gap, left)}px`
  place.style.top = `${Math.max(gap, top)}px`
}

/** `n3, leader of term 4` without the name that stands before it in bold. */
const afterName = (description: string, id: ProcessId): string =>
  description.startsWith(`${id}, `) ? description.slice(id.length + 2) : description

function focusMark(id: ProcessId): void {
  document.querySelector<HTMLElement | SVGElement>(`[data-server="${CSS.escape(id)}"]`)?.focus()
}
