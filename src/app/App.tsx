import { lazy, Suspense } from 'react'
import { Dialogs } from './components/Dialogs.tsx'
import { DropTarget } from './components/DropTarget.tsx'
import { Keyboard } from './components/Keyboard.tsx'
import { Notice } from './components/Notice.tsx'
import { Scrubber } from './components/Scrubber.tsx'
import { SideDrawer } from './components/SideDrawer.tsx'
import { StageArea } from './components/StageArea.tsx'
import { TopBar } from './components/TopBar.tsx'
import { Transport } from './components/Transport.tsx'
import { AskWhy } from '../ui/ask-why.ts'
import { useStore } from './store.ts'
import { askWhy } from './why/ask.ts'
import './app.css'

/** With the reader of Markdown: nobody loads it who opens no lesson. */
const Lesson = lazy(async () => ({ default: (await import('./lesson/Lesson.tsx')).Lesson }))

/** The page: the stage, what one can read beside it, and time below. On a slide (`?embed`), stage and time alone. */
export function App() {
  const embedded = useStore((s) => s.embedded)
  const inSteps = useStore((s) => (s.scenario?.steps.length ?? 0) > 0)
  return (
    <AskWhy value={askWhy}>
      <div className="shell" data-embedded={embedded || undefined} data-lesson={(inSteps && !embedded) || undefined}>
        {!embedded && <TopBar />}
        <StageArea />
        <Suspense fallback={null}>{inSteps && <Lesson />}</Suspense>
        {!embedded && <SideDrawer />}
        <footer className="time">
          <Transport />
          <Scrubber />
        </footer>
        <Notice />
        <Dialogs />
        <Keyboard />
        {!embedded && <DropTarget />}
      </div>
    </AskWhy>
  )
}
