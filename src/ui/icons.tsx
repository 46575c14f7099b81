import { memo, type ReactNode } from 'react'

/** Icons of our own: no emoji font can be relied on. 16 units wide, in the colour and size of the text around them. */
export type IconName = keyof typeof SHAPES

export const Icon = memo(function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {SHAPES[name]}
    </svg>
  )
})

const filled = (d: string): ReactNode => <path d={d} fill="currentColor" stroke="none" />
const path = (d: string): ReactNode => <path d={d} />

const SHAPES = {
  play: filled('M4.5 2.8v10.4c0 .5.5.8.9.5l8-5.2c.4-.3.4-.8 0-1L5.4 2.3c-.4-.3-.9 0-.9.5z'),
  pause: (
    <>
      <rect x="3.5" y="2.5" width="3.2" height="11" rx="1" fill="currentColor" stroke="none" />
      <rect x="9.3" y="2.5" width="3.2" height="11" rx="1" fill="currentColor" stroke="none" />
    </>
  ),
  start: (
    <>
      {path('M3 3v10')}
      {path('M13 3 6 8l7 5z')}
    </>
  ),
  scissors: (
    <>
      <circle cx="4" cy="4" r="2" />
      <circle cx="4" cy="12" r="2" />
      {path('M5.6 5.2 13.5 12M5.6 10.8 13.5 4')}
    </>
  ),
  pencil: path('M2.5 13.5l.8-3.3 7.6-7.6a1.4 1.4 0 0 1 2 0l.5.5a1.4 1.4 0 0 1 0 2l-7.6 7.6zM9.5 4l2.5 2.5'),
  heal: path('M2 8h3.2M10.8 8H14M6.4 10.8a2.8 2.8 0 0 1 0-5.6M9.6 5.2a2.8 2.8 0 0 1 0 5.6M6.5 8h3'),
  question: (
    <>
      {path('M5.6 5.9a2.5 2.5 0 1 1 3.7 2.2c-.9.5-1.3 1-1.3 1.9')}
      <circle cx="8" cy="12.7" r=".95" fill="currentColor" stroke="none" />
    </>
  ),
  letters: path('M1.8 12.5 5.4 3h.2l3.6 9.5M3 9.4h5M10.2 12.5 12.4 7h.2l2.2 5.5M10.9 10.8h3.2'),
  /** What there is, side by side. */
  gallery: path('M2.5 2.5h4.2v4.2H2.5zM9.3 2.5h4.2v4.2H9.3zM2.5 9.3h4.2v4.2H2.5zM9.3 9.3h4.2v4.2H9.3z'),
  /** A screen on its stand. */
  present: path('M1.5 3h13M2.5 3v7.5h11V3M8 10.5v1.7M5 14l3-1.8 3 1.8'),
  sun: (
    <>
      <circle cx="8" cy="8" r="2.9" />
      {path('M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1')}
    </>
  ),
  moon: path('M13.3 9.6A5.7 5.7 0 0 1 6.4 2.7a5.7 5.7 0 1 0 6.9 6.9z'),
  close: path('M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4'),
  chevronDown: path('M4 6.2 8 10.2l4-4'),
  chevronUp: path('M4 9.8 8 5.8l4 4'),
  chevronLeft: path('M9.8 4 5.8 8l4 4'),
  chevronRight: path('M6.2 4l4 4-4 4'),
  arrow: path('M2.5 8h10.5M9.2 4.2 13 8l-3.8 3.8'),
  more: (
    <>
      {[3, 8, 13].map((cx) => (
        <circle key={cx} cx={cx} cy="8" r="1.4" fill="currentColor" stroke="none" />
      ))}
    </>
  ),
  check: path('M3 8.5 6.5 12 13 4.5'),
  undo: path('M5.5 3 2.5 6l3 3M2.8 6h6.7a3.8 3.8 0 0 1 0 7.5H6'),
  plus: path('M8 3v10M3 8h10'),
  minus: path('M3 8h10'),
  /** Over something, to the next. */
  jump: (
    <>
      {path('M2 11.5c1-6 9-7.5 11-2M13.5 5.5v4.2h-4.2')}
      <circle cx="7.5" cy="12" r="1" fill="currentColor" />
    </>
  ),
  sliders: (
    <>
      {path('M2 4.5h5.2M11.3 4.5H14M2 11.5h2.7M8.8 11.5H14')}
      <circle cx="9.2" cy="4.5" r="1.9" />
      <circle cx="6.8" cy="11.5" r="1.9" />
    </>
  ),
  fork: path('M2 11h5.5c3 0 2.5-6 6.5-6M2 11h12'),
  share: path('M8 9.5V2M5 4.7 8 1.8l3 2.9M3 8v5.5h10V8'),
} as const
