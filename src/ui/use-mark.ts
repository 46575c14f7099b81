import { type RefObject, useLayoutEffect } from 'react'

/**
 * Puts an attribute on an ancestor for as long as this is there and `on`, for styles that depend on it. `:has()` would say
 * the same, but a browser then looks again at all that the ancestor holds whenever anything in it changes: with each picture.
 */
export function useMark(ref: RefObject<Element | null>, ancestor: string, mark: `data-${string}`, on = true): void {
  // The ancestor is drawn by another component.
  useLayoutEffect(() => {
    const marked = on ? ref.current?.closest(ancestor) : null
    marked?.setAttribute(mark, '')
    return () => marked?.removeAttribute(mark)
  }, [ref, ancestor, mark, on])
}
