import { useKeyboard } from './use-keyboard.ts'

/** Draws nothing: a component of its own, so that a frame renders this and not the page. */
export function Keyboard() {
  useKeyboard()
  return null
}
