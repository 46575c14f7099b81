import { DropTarget } from './components/DropTarget.tsx'
import { Keyboard } from './components/Keyboard.tsx'
import { Scrubber } from './components/Scrubber.tsx'
import { SideDrawer } from './components/SideDrawer.tsx'
import { StageArea } from './components/StageArea.tsx'
import { TopBar } from './components/TopBar.tsx'
import { Transport } from './components/Transport.tsx'
import { AskWhy } from '../ui/ask-why.ts'
import { later, onDemand } from '../ui/later.ts'
import { guideOf } from './next-stop.ts'
import { useStore } from './store.ts'
import { askWhy } from './why/ask.ts'
import './app.css'

/** With the reader of Markdown: nobody loads it who opens neither a lesson nor a challenge. */
const Guide = onDemand(async () => (await import('./lesson/Lesson.tsx')).Guide)

const Dialogs = later(async () => (await import('./components/Dialogs.tsx')).Dialogs)
const Notice = later(async () => (await import('./components/Notice.tsx')).Notice)

const Present = onDemand(async () => (await import('./present/Present.tsx')).Present)

/** The page: the stage, what one can read beside it, and time below. On a slide (`?embed`), stage and time alone. */
export function App() {
  const embedded = useStore((s) => s.embedded)
  const presenting = useStore((s) => s.presenting !== null)
  const guided = useStore(({ scenario }) => guideOf(scenario))
  return (
    <AskWhy value={askWhy}>
      <div
        className="shell"
        data-embedded={embedded || undefined}
        data-lesson={guided && !embedded ? guided : undefined}
      >
        {!embedded && <TopBar />}
        <StageArea />
        {guided && <Guide />}
        {!embedded && <SideDrawer />}
        <footer className="time">
          <Transport />
          <Scrubber />
        </footer>
        {presenting && <Present />}
        <Notice />
        <Dialogs />
        <Keyboard />
        {!embedded && <DropTarget />}
      </div>
    </AskWhy>
  )
}
