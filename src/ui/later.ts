import { type ComponentType, createElement, useEffect, useState } from 'react'

/** What the first picture does without: its code comes once the page stands, whether it is asked for before or not. */
const loads: (() => Promise<unknown>)[] = []
let begin: () => void = () => undefined
const standing = new Promise<void>((resolve) => {
  begin = resolve
})

/**
 * A component whose code is no part of the first load; `Place` keeps its place until it has come, and nothing does if left
 * out. What has come is there at once: a menu with the click that opens it.
 *
 * It does not suspend: React shows what was waited for 300 ms after the last placeholder at the earliest.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>, Place?: ComponentType<P>) {
  return held(whenStands, load, Place)
}

/** The same for what comes only when it is first shown: few pages ever do. */
export function onDemand<P extends object>(load: () => Promise<ComponentType<P>>, Place?: ComponentType<P>) {
  return held(onlyOnce, load, Place)
}

function held<P extends object>(
  when: typeof onlyOnce,
  load: () => Promise<ComponentType<P>>,
  Place?: ComponentType<P>,
): ComponentType<P> {
  let come: ComponentType<P> | null = null
  const once = when(async () => (come = await load()))
  return function Later(props: P) {
    const [Here, setHere] = useState<ComponentType<P> | null>(() => come)
    // Code on its way is the world outside React.
    useEffect(() => {
      if (Here !== null) return
      let wanted = true
      void once().then((component) => wanted && setHere(() => component), leftOut)
      return () => {
        wanted = false
      }
    }, [Here])
    const Shown = Here ?? Place
    return Shown === undefined ? null : createElement(Shown, props)
  }
}

/** The same for anything else that can wait: one promise, however often it is asked for. */
export function whenStands<T>(load: () => Promise<T>): () => Promise<T> {
  const once = onlyOnce(() => standing.then(load))
  loads.push(once)
  return once
}

/** What could not be had, as without a network, is tried again when it is asked for again. */
function onlyOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let promise: Promise<T> | null = null
  return () =>
    (promise ??= load().catch((error: unknown) => {
      promise = null
      throw error
    }))
}

/** Who leaves the page, or has no network, has not got it: its place stays, and the next time it is asked for again. */
export const leftOut = (): void => undefined

/** What `load` brings, once it is wanted and there; null before. `load` must always be the same function. */
export function useLate<T>(load: () => Promise<T>, wanted: boolean): T | null {
  const [got, setGot] = useState<T | null>(null)
  // Code on its way is the world outside React.
  useEffect(() => {
    if (!wanted) return
    let asked = true
    void load().then((value) => asked && setGot(() => value), leftOut)
    return () => {
      asked = false
    }
  }, [load, wanted])
  return got
}

/**
 * The first picture is painted: what was asked for comes at once, then, once somebody may want it, one after the other all
 * that may yet be.
 */
export async function pageStands(wanted: Promise<void>): Promise<void> {
  begin()
  await wanted
  // What comes may itself have something that comes later.
  for (let load = loads.shift(); load !== undefined; load = loads.shift()) await load().catch(() => undefined)
}
