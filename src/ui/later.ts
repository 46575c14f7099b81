import { type ComponentType, createElement, use, useEffect, useState } from 'react'

/** What the first picture does without: its code comes once the page stands, whether it is asked for before or not. */
const loads: (() => Promise<unknown>)[] = []
let begin: () => void = () => undefined
const standing = new Promise<void>((resolve) => {
  begin = resolve
})

/**
 * A component whose code is no part of the first load. It needs a `Suspense` around it, and does not suspend once it has
 * come: a menu is there with the click that opens it.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const once = whenStands(load)
  return function Later(props: P) {
    return createElement(use(once()), props)
  }
}

/** The same for anything else that can wait: one promise, however often it is asked for. */
export function whenStands<T>(load: () => Promise<T>): () => Promise<T> {
  let promise: Promise<T> | null = null
  const once = () => (promise ??= known(standing.then(load)))
  loads.push(once)
  return once
}

/** React reads from a promise itself what has come of it; one that does not say so is waited for once more. */
function known<T>(promise: Promise<T>): Promise<T> {
  void promise.then(
    (value) => Object.assign(promise, { status: 'fulfilled', value }),
    () => undefined,
  )
  return promise
}

/** What `load` brings, once it is wanted and there; null before. `load` must always be the same function. */
export function useLate<T>(load: () => Promise<T>, wanted: boolean): T | null {
  const [got, setGot] = useState<T | null>(null)
  // Code on its way is the world outside React.
  useEffect(() => {
    if (!wanted) return
    let asked = true
    void load().then((value) => asked && setGot(() => value))
    return () => {
      asked = false
    }
  }, [load, wanted])
  return got
}

/** The first picture is painted: what was asked for comes at once, then one after the other all that may yet be. */
export async function pageStands(): Promise<void> {
  begin()
  for (const load of loads.splice(0)) await load().catch(() => undefined)
}
