import { client } from './playback.ts'

/** Does something that a picture answers, and resolves when that picture is painted. */
export async function settled(act: () => void): Promise<void> {
  const frame = nextFrame()
  act()
  await frame
  await painted()
}

/** The next picture of the run as it will stand after what is asked now. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const stop = client.onFrame(() => {
      if (client.waiting) return
      stop()
      resolve()
    })
  })
}

/** React has drawn what the store holds, and the browser has painted it. */
export function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))
}
