import type { FromEngine, ToEngine } from '../engine/messages.ts'
import workerAddress from 'virtual:engine-worker'
import { engineLoaders } from './catalogue.ts'

/** One end of the pipe to an engine, wherever it runs. */
export interface Port {
  post(message: ToEngine): void
  close(): void
}

interface Listener {
  hear(message: FromEngine): void
  /** The engine died without a word. */
  died(why: string): void
}

/** A picture that nobody plays (`?embed&still`): one moment is soon executed. */
const STILL = new URLSearchParams(location.search).has('still')

/** Starts an engine in a worker; where none can start or none is worth it, on the page itself, in slices. */
export function openPort(listener: Listener): Port {
  if (STILL) return pagePort(listener)
  try {
    return workerPort(listener)
  } catch {
    return pagePort(listener)
  }
}

function workerPort(listener: Listener): Port {
  const worker = new Worker(workerAddress, { type: 'module', name: 'netsplit engine' })
  let heard = false
  worker.addEventListener('message', (event: MessageEvent<FromEngine>) => {
    heard = true
    listener.hear(event.data)
  })
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    listener.died(heard ? event.message || 'the worker stopped' : 'the worker did not start')
  })
  return { post: (message) => worker.postMessage(message), close: () => worker.terminate() }
}

/** The same session on the page: slower to answer, and the same to the bit. */
function pagePort(listener: Listener): Port {
  const early: ToEngine[] = []
  let post = (message: ToEngine): void => void early.push(message)
  let open = true
  void import('../engine/inline.ts').then(({ inlineSession }) => {
    const session = inlineSession(
      engineLoaders,
      (message) => open && listener.hear(message),
      (go) => setTimeout(go, 0),
      () => performance.now() * 1000,
    )
    post = session.post
    for (const message of early) post(message)
  })
  return {
    post: (message) => post(message),
    close: () => {
      open = false
      post = () => {}
    },
  }
}
