import { Suspense } from 'react'
import { Dialogs } from './components/Dialogs.tsx'
import { Keyboard } from './components/Keyboard.tsx'
import { Notice } from './components/Notice.tsx'
import { Scrubber } from './components/Scrubber.tsx'
import { SideDrawer } from './components/SideDrawer.tsx'
import { StageArea } from './components/StageArea.tsx'
import { TopBar } from './components/TopBar.tsx'
import { Transport } from './components/Transport.tsx'
import { useStore } from './store.ts'
import { later } from '../ui/later.ts'
import './app.css'

const DropTarget = later(async () => (await import('./components/DropTarget.tsx')).DropTarget)

/** The page: the stage, what one can read beside it, and time below. On a slide (`?embed`), stage and time alone. */
export function App() {
  const embedded = useStore((s) => s.embedded)
  return (
    <div className="shell" data-embedded={embedded || undefined}>
      {!embedded && <TopBar />}
      <StageArea />
      {!embedded && <SideDrawer />}
      <footer className="time">
        <Transport />
        <Scrubber />
      </footer>
      <Notice />
      <Dialogs />
      <Keyboard />
      <Suspense fallback={null}>{!embedded && <DropTarget />}</Suspense>
    </div>
  )
}
