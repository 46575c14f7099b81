import type { FromEngine } from '../engine/messages.ts'
import type { StudyListener } from '../ui/lab-view.ts'
import { openPort, type Port } from './port.ts'

/**
 * Runs a calculation of a lab in an engine of its own, so that the run on show goes on. Returns how to stop it: the engine is
 * shut down at once, whatever it is at.
 */
export function startStudy(lab: string, name: string, request: unknown, listener: StudyListener): () => void {
  let open = true
  const stop = (): void => {
    open = false
    port.close()
  }
  const finish = (tell: () => void): void => {
    if (!open) return
    stop()
    tell()
  }
  const hear = (message: FromEngine): void => {
    if (!open) return
    if (message.type === 'studying') listener.progress(message.progress)
    else if (message.type === 'broken') finish(() => listener.failed(message.text))
    else if (message.type === 'studied') {
      const { outcome } = message
      finish(() => (outcome.ok ? listener.done(outcome.value) : listener.failed(outcome.error)))
    }
  }
  const port: Port = openPort({ hear, died: (why) => finish(() => listener.failed(why)) })
  port.post({ type: 'study', run: 0, lab, name, request })
  return stop
}
