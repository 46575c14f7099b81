import { MS, type Micros } from '../../base/units.ts'
import type { ProcessId } from '../../kernel/types.ts'
import type { WorldView } from '../../lab/world-view.ts'
import { cursor } from '../playback.ts'
import type { PageState } from '../state.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { deedsFor } from './deeds.ts'
import { type Deed, heal } from './heal.ts'
import { nextSpeed } from './speed.ts'
import { askWhyHere } from '../why/ask.ts'

const LEAP: Micros = 100 * MS

/**
 * Takes the keys that the help lists, wherever the focus is, unless what has it needs them itself; `early` are those that came
 * before, with what else happened meanwhile. Returns how to stop.
 */
export function takeKeys(early: readonly Event[]): () => void {
  for (const event of early) {
    if (event instanceof PointerEvent) rememberClick(event)
    else if (event instanceof KeyboardEvent) onKeyDown(event)
    else if (event instanceof FocusEvent) forgetClick(event)
  }
  // Keys pressed anywhere on the page arrive at the window.
  window.addEventListener('keydown', onKeyDown)
  window.addEventListener('pointerdown', rememberClick, true)
  window.addEventListener('focusin', forgetClick, true)
  return () => {
    window.removeEventListener('keydown', onKeyDown)
    window.removeEventListener('pointerdown', rememberClick, true)
    window.removeEventListener('focusin', forgetClick, true)
  }
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || isTakenBy(event)) return
  if (press(event, useStore.getState())) event.preventDefault()
}

function press(event: KeyboardEvent, state: Keyed): boolean {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (event.ctrlKey || event.metaKey) {
    if (key === 'z') return did(() => (event.shiftKey ? actions.redo() : actions.undo()))
    return key === 'y' && did(() => actions.redo())
  }
  if (event.altKey) return false
  return inTime(key, event, state) || onServers(key, event.target, state) || onPage(key, state)
}

function inTime(
  key: string,
  { shiftKey: shift, timeStamp }: KeyboardEvent,
  { speed, reached, jumpTo, scenario }: Keyed,
): boolean {
  switch (key) {
    case 'PageDown':
      return (scenario?.steps.length ?? 0) > 0 && did(() => actions.goOn(timeStamp))
    case 'PageUp':
      return (scenario?.steps.length ?? 0) > 0 && did(() => actions.goBack())
    case ' ':
      return did(() => actions.toggle())
    case 'ArrowRight':
      return did(() => (shift ? actions.seek(cursor.now() + LEAP) : actions.step(1)))
    case 'ArrowLeft':
      return did(() => (shift ? actions.seek(Math.max(0, cursor.now() - LEAP)) : actions.step(-1)))
    case 'Home':
      return did(() => actions.seek(0))
    case 'End':
      return did(() => actions.seek(reached))
    case ',':
      return did(() => actions.jump(jumpTo ?? 'fault', -1))
    case '.':
      return did(() => actions.jump(jumpTo ?? 'fault', 1))
    case '[':
      return did(() => actions.setSpeed(nextSpeed(speed, -1)))
    case ']':
      return did(() => actions.setSpeed(nextSpeed(speed, 1)))
    default:
      return false
  }
}

function onServers(key: string, target: EventTarget | null, { selected, frame }: Keyed): boolean {
  if (!['c', 'r', 'p', 'h'].includes(key) || frame === null) return false
  if (key === 'h') return did(() => attempt(heal(frame.world)))
  const id = focused(target) ?? selected
  const process = frame.world.processes.find((one) => one.id === id)
  if (process === undefined) {
    actions.say({ text: 'Pick out a server first: click it, or Tab to it.', tone: 'plain' })
    return true
  }
  const what = key === 'c' ? 'crash' : key === 'r' ? 'restart' : process.status === 'paused' ? 'resume' : 'pause'
  attemptOn(frame.world, process.id, what)
  return true
}

function onPage(key: string, { theme, size, selected, menu, dialog }: Keyed): boolean {
  switch (key) {
    case 'x':
      return did(() => actions.openDialog('cut'))
    case 'w':
      return did(() =>
        document.querySelector<HTMLElement>('[data-write], [data-bar] input, [data-bar] button')?.focus(),
      )
    case 't':
      return did(() => actions.setTheme(theme === 'paper' ? 'night' : 'paper'))
    case 'l':
      return did(() => actions.setSize(size === 'projector' ? 'desk' : 'projector'))
    case 'j':
      return did(() => document.querySelector<HTMLElement>('[data-jump]')?.click())
    case 'y':
      return did(askWhyHere)
    case 'b':
      return did(() => actions.openDialog('branches'))
    case 'v':
      return did(() => actions.openDialog('compare'))
    case 'm':
      return did(() => actions.openDialog('hand'))
    case 'f':
      return did(() => actions.setPresenting('on'))
    case 'g':
      return did(() => actions.openDialog('gallery'))
    case 's':
      return did(() => actions.openDialog('share'))
    case '?':
      return did(() => actions.openDialog('help'))
    case 'Escape':
      if (dialog !== null) return did(() => actions.openDialog(null))
      // A menu whose code is still on its way has no keys of its own.
      if (menu !== null) return did(() => actions.closeMenu())
      return selected !== null && did(() => actions.select(null))
    default:
      return false
  }
}

function attemptOn(world: WorldView, id: ProcessId, what: string): void {
  const deed = deedsFor(world, id).find((one) => one.id === what)
  if (deed !== undefined) attempt(deed)
}

function attempt(deed: Deed): void {
  if (deed.disabled === null) actions.dispatch(deed.command)
  else actions.say({ text: `${deed.label}: ${deed.disabled}.`, tone: 'plain' })
}

const MOVES = /^(Arrow|Home|End|Page)/

/** Typing is never a command; a slider, a menu, tabs, a server keep their arrows; a button keeps its Space. */
function isTakenBy(event: KeyboardEvent): boolean {
  const { target, key } = event
  if (!(target instanceof Element)) return false
  if (target.closest('[role="menu"], textarea, select, [contenteditable="true"]')) return true
  // Beside an open drawer the run goes on, and what was done there can be taken back there.
  const dialog = target.closest('dialog')
  if (dialog !== null && !(dialog.matches('.drawer') && (event.ctrlKey || event.metaKey))) return true
  // One of a few choices has no use for them.
  if (key.startsWith('Page') && target.matches('input[type="radio"]')) return false
  if (target.closest('input:not([type="range"], [type="checkbox"], [type="button"])')) return true
  if (MOVES.test(key))
    return target.closest('[role="slider"], [role="tablist"], [role="tabpanel"], input, [data-server]') !== null
  if (key !== ' ') return false
  const button = target.closest<HTMLElement>(`${BUTTONS}, input:not([type="range"]), [data-server]`)
  if (button === null) return false
  if (button !== clicked || button.matches('input, [data-server]')) return true
  // A button that was only clicked does not hold on to Space; the release of the key must not press it either.
  button.blur()
  return false
}

const BUTTONS = 'button, a, summary, [role="button"]'

/**
 * The button that the pointer pressed last, until the focus goes elsewhere. The browser cannot tell: with the first key it
 * takes a button that was clicked for one that was reached by Tab.
 */
let clicked: Element | null = null

function rememberClick({ target }: PointerEvent): void {
  clicked = target instanceof Element ? target.closest(BUTTONS) : null
}

function forgetClick({ target }: FocusEvent): void {
  if (target !== clicked) clicked = null
}

const focused = (target: EventTarget | null): ProcessId | null =>
  target instanceof Element ? (target.closest('[data-server]')?.getAttribute('data-server') ?? null) : null

function did(what: () => void): true {
  what()
  return true
}

type Keyed = Pick<
  PageState,
  'speed' | 'reached' | 'jumpTo' | 'scenario' | 'selected' | 'menu' | 'dialog' | 'frame' | 'theme' | 'size'
>
