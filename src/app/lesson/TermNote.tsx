import { type KeyboardEvent, useId, useRef } from 'react'
import type { Term } from '../../lab/glossary.ts'

/** A term of art in a text: what it means and who says so, while the pointer or the focus is on it. Browsers break no line inside a button. */
export function TermNote({ term, words }: { term: Term; words: string }) {
  const note = useId()
  const card = useRef<HTMLSpanElement>(null)
  const place = useRef<HTMLSpanElement>(null)
  const show = () => {
    if (card.current === null || place.current === null || card.current.matches(':popover-open')) return
    card.current.showPopover()
    const { left, top, bottom } = place.current.getBoundingClientRect()
    const { width, height } = card.current.getBoundingClientRect()
    const under = bottom + 6 + height <= innerHeight - 8
    card.current.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`
    card.current.style.top = `${under ? bottom + 6 : Math.max(8, top - height - 6)}px`
  }
  const hide = () => card.current?.matches(':popover-open') && card.current.hidePopover()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !hide()) return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <>
      <span
        ref={place}
        role="button"
        tabIndex={0}
        className="term"
        aria-describedby={note}
        onPointerEnter={show}
        onPointerLeave={() => document.activeElement !== place.current && hide()}
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={onKeyDown}
      >
        {words}
      </span>
      <span ref={card} id={note} role="tooltip" popover="manual" className="term-note">
        <b>{term.term}</b> {term.says}
        <small>{term.source}</small>
      </span>
    </>
  )
}
