import { useEffect } from 'react'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { Icon } from '../../ui/icons.tsx'
import './notice.css'

/** Long enough to read a sentence twice. What is bad stays until it is closed. */
const LASTS_MS = 8000

/** A sentence for the user, beside what they do and never in its way. */
export function Notice() {
  const notice = useStore((s) => s.notice)
  // A timer, which is the world outside React.
  useEffect(() => {
    if (notice?.tone !== 'plain') return
    const timer = setTimeout(() => actions.say(null), LASTS_MS)
    return () => clearTimeout(timer)
  }, [notice])
  return (
    <div className="notice-place">
      <div role="status">{notice?.tone === 'plain' && <Words {...notice} />}</div>
      <div role="alert">{notice?.tone === 'bad' && <Words {...notice} />}</div>
    </div>
  )
}

function Words({ text, tone }: { text: string; tone: 'plain' | 'bad' }) {
  return (
    <p className="notice" data-tone={tone}>
      <span>{text}</span>
      <button type="button" className="icon-button" aria-label="Close this notice" onClick={() => actions.say(null)}>
        <Icon name="close" />
      </button>
    </p>
  )
}
