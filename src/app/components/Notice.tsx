import { useEffect } from 'react'
import { actions } from '../actions.ts'
import type { Tone } from '../state.ts'
import { useStore } from '../store.ts'
import { Icon } from '../../ui/icons.tsx'
import './notice.css'

/** Long enough to read a sentence twice. What is bad stays until it is closed. */
const LASTS_MS = 8000

/** A sentence for the user, beside what they do and never in its way. */
export function Notice() {
  const { plain, bad } = useStore((s) => s.notices)
  // A timer, which is the world outside React.
  useEffect(() => {
    if (plain === null) return
    const timer = setTimeout(() => actions.hush('plain'), LASTS_MS)
    return () => clearTimeout(timer)
  }, [plain])
  return (
    <div className="notice-place">
      <div role="status">{plain !== null && <Words text={plain} tone="plain" />}</div>
      <div role="alert">{bad !== null && <Words text={bad} tone="bad" />}</div>
    </div>
  )
}

function Words({ text, tone }: { text: string; tone: Tone }) {
  const offer = useStore((s) => (tone === 'bad' && s.offer?.text === text ? s.offer : null))
  return (
    <p className="notice" data-tone={tone}>
      <span>{text}</span>
      {offer !== null && (
        <button
          type="button"
          className="button small"
          onClick={() => {
            actions.hush(tone)
            offer.take()
          }}
        >
          {offer.label}
        </button>
      )}
      <button type="button" className="icon-button" aria-label="Close this notice" onClick={() => actions.hush(tone)}>
        <Icon name="close" />
      </button>
    </p>
  )
}
