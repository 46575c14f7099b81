import { useEffect, useRef, useState } from 'react'
import { Words } from '../lesson/Words.tsx'
import { openChannel, type ToNotes, type ToPresenter } from './channel.ts'
import '../lesson/lesson.css'
import './notes.css'

/** The speaker’s window: what to say, what comes next, and how long it has been. It follows the presentation. */
export function NotesPage() {
  const [shown, send] = usePresentation()
  useEffect(() => {
    document.title = 'Notes · Netsplit'
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'PageDown' || key === 'ArrowRight') send({ type: 'goOn' })
      if (key === 'PageUp' || key === 'ArrowLeft') send({ type: 'goBack' })
      if (key === 'b' || key === 'B') send({ type: 'blank' })
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [send])
  return (
    <main className="notes">
      <header>
        <h1>{shown?.title ?? 'Notes'}</h1>
        <Elapsed />
      </header>
      {shown === null ? (
        <p className="dim">No presentation is running in this browser. Open a lesson and press F there.</p>
      ) : (
        <Shown shown={shown} />
      )}
      <footer>
        <button type="button" className="button" onClick={() => send({ type: 'goBack' })}>
          Back
        </button>
        <button
          type="button"
          className="button"
          aria-pressed={shown?.blank ?? false}
          onClick={() => send({ type: 'blank' })}
        >
          Dark
        </button>
        <button type="button" className="button primary" onClick={() => send({ type: 'goOn' })}>
          {shown?.playing === true ? 'Skip ahead' : 'Go on'}
        </button>
      </footer>
    </main>
  )
}

function Shown({ shown }: { shown: ToNotes }) {
  return (
    <section aria-live="polite">
      {shown.count > 0 && (
        <p className="dim">
          Step {shown.step + 1} of {shown.count}
        </p>
      )}
      <h2>{shown.heading}</h2>
      {shown.notes !== '' && (
        <div className="notes-own">
          <Words text={shown.notes} glossary={[]} />
        </div>
      )}
      <div className="lesson-text">
        <Words text={shown.words} glossary={[]} />
      </div>
      {shown.next !== '' && (
        <p className="notes-next">
          Next: <b>{shown.next}</b>
        </p>
      )}
    </section>
  )
}

function usePresentation(): [ToNotes | null, (message: ToPresenter) => void] {
  const [shown, setShown] = useState<ToNotes | null>(null)
  const channel = useRef<BroadcastChannel | null>(null)
  const [send] = useState(() => (message: ToPresenter) => channel.current?.postMessage(message))
  useEffect(() => {
    const opened = openChannel()
    channel.current = opened
    if (opened === null) return
    opened.onmessage = ({ data }: MessageEvent<ToNotes>) => data.type === 'step' && setShown(data)
    opened.postMessage({ type: 'hello' })
    return () => opened.close()
  }, [])
  return [shown, send]
}

/** Minutes and seconds since the window was opened. */
function Elapsed() {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const begun = performance.now()
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - begun) / 1_000)), 500)
    return () => clearInterval(timer)
  }, [])
  return <time>{`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`}</time>
}
