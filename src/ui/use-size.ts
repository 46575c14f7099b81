import { type RefObject, useLayoutEffect, useState } from 'react'

export interface Size {
  width: number
  height: number
}

/** The size of an element in whole pixels, as it changes; null before it is known. */
export function useSize(ref: RefObject<Element | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null)
  // The browser alone knows the size, and it says so only to an observer.
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return
    const measure = () => setSize((known) => sameOr(known, element.getBoundingClientRect()))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return size
}

function sameOr(known: Size | null, rect: DOMRect): Size {
  const width = Math.round(rect.width)
  const height = Math.round(rect.height)
  return known !== null && known.width === width && known.height === height ? known : { width, height }
}
