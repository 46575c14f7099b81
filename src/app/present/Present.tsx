import { useEffect, useRef, useState } from 'react'
import { useMark } from '../../ui/use-mark.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { openChannel, type ToNotes, type ToPresenter } from './channel.ts'
import { drawTrail } from './trail.ts'
import './present.css'

/** So long after the last move of the pointer all of it goes away. */
const REST_MS = 2_500

/** The page before an audience: full screen, large, the controls away until the pointer asks for them. */
export function Present() {
  const place = useRef<HTMLElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const blank = useStore((s) => s.presenting === 'blank')
  const awake = useAwake()
  useMark(place, '.shell', 'data-presenting')
  useMark(place, '.shell', 'data-awake', awake !== null)
  useMark(place, '.shell', 'data-controls', awake === 'controls')
  useFullScreen()
  useNotes()
  useClicker()
  // The trail is drawn past React, as often as the screen is painted.
  useEffect(() => {
    if (canvas.current === null) return
    const color = getComputedStyle(canvas.current).color
    return drawTrail(canvas.current, color, matchMedia('(prefers-reduced-motion: reduce)').matches)
  }, [])
  return (
    <aside ref={place} className="present" aria-label="Presentation">
      {!blank && <canvas ref={canvas} className="present-trail" />}
      {blank && (
        <button type="button" className="present-blank" onClick={() => actions.setPresenting('on')}>
          <span className="visually-hidden">The screen is dark: show it again (B)</span>
        </button>
      )}
      {awake !== null && !blank && (
        <div className="present-tools">
          <button
            type="button"
            className="button"
            title="Words for the speaker, in a window that follows (N)"
            onClick={openNotes}
          >
            Notes
          </button>
          <button type="button" className="button" title="Dark (B)" onClick={() => actions.setPresenting('blank')}>
            Dark
          </button>
          <button
            type="button"
            className="button"
            title="End the presentation (Esc)"
            onClick={() => actions.setPresenting(null)}
          >
            End
          </button>
        </div>
      )}
    </aside>
  )
}

/** The speaker’s window: the same page, of which it shows the notes alone. */
function openNotes(): void {
  const opened = window.open(`${location.pathname}?notes`, 'netsplit-notes', 'popup,width=760,height=620')
  if (opened === null)
    actions.say({
      text: 'The browser kept the window with the notes closed. Allow it, and press N again.',
      tone: 'bad',
    })
}

/**
 * What the pointer or the focus has called: the three buttons of the presentation, or at an edge all controls. Whoever points
 * at something in the middle covers nothing.
 */
function useAwake(): 'buttons' | 'controls' | null {
  const [awake, setAwake] = useState<'buttons' | 'controls' | null>('controls')
  useEffect(() => {
    let timer = setTimeout(() => setAwake(null), REST_MS)
    const wake = (event: Event) => {
      setAwake(asksForControls(event) ? 'controls' : 'buttons')
      clearTimeout(timer)
      timer = setTimeout(() => setAwake(null), REST_MS)
    }
    const events = ['pointermove', 'pointerdown', 'focusin'] as const
    for (const event of events) addEventListener(event, wake)
    return () => {
      clearTimeout(timer)
      for (const event of events) removeEventListener(event, wake)
    }
  }, [])
  return awake
}

/** So near to the upper or lower edge, in pixels, the pointer wants what hides there. */
const EDGE = 28

function asksForControls(event: Event): boolean {
  const { target } = event
  if (target instanceof Element && target.closest('.top-bar, .time') !== null) return true
  return event instanceof PointerEvent && (event.clientY < EDGE || event.clientY > innerHeight - EDGE)
}

/** A clicker's keys, wherever the focus is, before anything else on the page can take them. */
function useClicker(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const inDialog = event.target instanceof Element && event.target.closest('dialog, textarea, select') !== null
      if (inDialog || event.ctrlKey || event.metaKey || event.altKey || !clicked(event)) return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    addEventListener('keydown', press, true)
    return () => removeEventListener('keydown', press, true)
  }, [])
}

function clicked({ key, timeStamp }: KeyboardEvent): boolean {
  const { scenario, presenting, playing } = useStore.getState()
  const inSteps = (scenario?.steps.length ?? 0) > 0
  switch (key) {
    case 'PageDown':
      if (presenting === 'blank') actions.setPresenting('on')
      else if (inSteps) actions.goOn(timeStamp)
      else actions.toggle()
      return true
    case 'PageUp':
      if (presenting === 'blank') actions.setPresenting('on')
      else if (inSteps) actions.goBack()
      else if (playing) actions.pause()
      else actions.seek(0)
      return true
    case 'b':
    case 'B':
      actions.setPresenting(presenting === 'blank' ? 'on' : 'blank')
      return true
    case 'n':
    case 'N':
      openNotes()
      return true
    case 'Escape':
      actions.setPresenting(null)
      return true
    default:
      return false
  }
}

/** Large, and over the whole screen if the browser lets it; whoever leaves that with Escape has ended the presentation. */
function useFullScreen(): void {
  useEffect(() => {
    const { size } = useStore.getState()
    const show = (to: typeof size) => {
      document.documentElement.dataset['size'] = to
      useStore.setState({ size: to })
    }
    show('projector')
    // Without a key or a click before it, as from the address, a browser refuses, and says so on the console.
    const wouldRefuse = 'userActivation' in navigator && !navigator.userActivation.isActive
    if (!wouldRefuse) document.documentElement.requestFullscreen?.().catch(() => undefined)
    const left = () => document.fullscreenElement === null && actions.setPresenting(null)
    document.addEventListener('fullscreenchange', left)
    return () => {
      document.removeEventListener('fullscreenchange', left)
      if (document.fullscreenElement !== null) void document.exitFullscreen()
      show(size)
    }
  }, [])
}

/** Tells the notes where the presentation is, and does what they ask for. */
function useNotes(): void {
  useEffect(() => {
    const channel = openChannel()
    if (channel === null) return
    let told = ''
    const tell = () => {
      const message = whereItIs()
      const text = JSON.stringify(message)
      if (text !== told) channel.postMessage(message)
      told = text
    }
    channel.onmessage = ({ data }: MessageEvent<ToPresenter>) => {
      if (data.type === 'hello') told = ''
      if (data.type === 'goOn') actions.goOn()
      if (data.type === 'goBack') actions.goBack()
      if (data.type === 'blank') actions.setPresenting(useStore.getState().presenting === 'blank' ? 'on' : 'blank')
      tell()
    }
    tell()
    const stop = useStore.subscribe(tell)
    return () => {
      stop()
      channel.close()
    }
  }, [])
}

function whereItIs(): ToNotes {
  const { scenario, step, playing, presenting, lab } = useStore.getState()
  const steps = scenario?.steps ?? []
  const { title = '', words = '', notes = '' } = steps[step] ?? {}
  return {
    type: 'step',
    title: scenario?.title ?? lab?.engine.about.title ?? '',
    step,
    count: steps.length,
    heading: title,
    words,
    notes,
    next: steps[step + 1]?.title ?? '',
    playing,
    blank: presenting === 'blank',
  }
}
