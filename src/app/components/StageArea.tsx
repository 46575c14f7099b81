import { memo, useState } from 'react'
import { Icon } from '../../ui/icons.tsx'
import { later } from '../../ui/later.ts'
import { MessageDesk } from '../../ui/stage/message-desk.ts'
import { guideOf } from '../next-stop.ts'
import { desk } from '../settings-desk.ts'
import { useStore } from '../store.ts'
import { Narration } from './Narration.tsx'
import { StageTools } from './StageTools.tsx'
import { type Shown, useLabProps, useShown, useShownSlowly } from './use-shown.ts'
import './stage-area.css'

const FirstSteps = later(async () => (await import('./FirstSteps.tsx')).FirstSteps, FirstStepPlace)

/** The largest thing on the page: the lab's own picture, what is told over it, and what one can do below it. */
export const StageArea = memo(function StageArea() {
  const loading = useStore((s) => s.frame === null)
  const embedded = useStore((s) => s.embedded)
  return (
    <main className="stage-area" aria-label="Stage" aria-busy={loading}>
      {embedded && <Name />}
      <div className="stage-words">
        <Narration />
        <FirstSteps />
      </div>
      <Legend />
      <div className="stage-slot">
        <Slot />
      </div>
      {embedded ? <div className="stage-foot" /> : <Foot />}
    </main>
  )
})

function Legend() {
  // A lab has hints for as many servers as it draws one by one: of a crowd there are no links to drag across.
  const links = useStore(({ lab, frame }) => {
    const most = lab?.engine.firstStepsUpTo
    return most === undefined || frame === null || frame.world.processes.length <= most
  })
  return (
    <p className="stage-legend">
      <span>Click a server to crash, restart or inspect it</span>
      {links && <span>Drag across links to cut them</span>}
      <span>Space plays · ← → step</span>
    </p>
  )
}

/** Where hints come, so that the picture does not jump. */
function FirstStepPlace() {
  return <div className="first-step-place" />
}

/** On a slide there is no top bar to say what this is. */
function Name() {
  const name = useStore((s) => s.scenario?.title ?? s.lab?.engine.about.title ?? '')
  return <h1 className="visually-hidden">Netsplit: {name}</h1>
}

/** The one part that follows every picture. */
function Slot() {
  const shown = useShown()
  return shown === null ? <StageSkeleton /> : <Picture shown={shown} />
}

/** Read and pressed, not watched. Beside a lesson or a challenge there may be little room: then the tools come when they are called. */
function Foot() {
  const shown = useShownSlowly()
  const isGuided = useStore(({ scenario }) => guideOf(scenario) !== null)
  const [open, setOpen] = useState(false)
  return (
    <div className="stage-foot" data-fold={isGuided ? (open ? 'open' : 'closed') : undefined}>
      {isGuided && (
        <button type="button" className="button stage-fold-handle" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'chevronDown' : 'chevronUp'} />
          <span>Tools</span>
        </button>
      )}
      {shown !== null && <StageTools shown={shown} />}
    </div>
  )
}

function Picture({ shown }: { shown: Shown }) {
  const { Stage } = shown.lab.view
  return (
    <MessageDesk value={desk}>
      <Stage {...useLabProps(shown)} />
    </MessageDesk>
  )
}

/** Five servers to be, where five servers will be. */
function StageSkeleton() {
  const places = [0, 1, 2, 3, 4].map((i) => (i / 5) * 2 * Math.PI - Math.PI / 2)
  return (
    <svg className="stage-skeleton" viewBox="-320 -320 640 640" role="img" aria-label="The lab is loading">
      {places.map((angle) => (
        <circle key={angle} cx={200 * Math.cos(angle)} cy={200 * Math.sin(angle)} r="38" />
      ))}
    </svg>
  )
}
