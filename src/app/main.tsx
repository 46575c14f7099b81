import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/theme.css'
import './app.css'
import { App } from './App.tsx'
import { openAddress, openFragment } from './address.ts'
import { pageStands } from '../ui/later.ts'
import { runBefore } from './keep/tab.ts'
import { installTestApi } from './test-api.ts'
import { useStore } from './store.ts'

const firstPicture = new Promise<void>((resolve) => {
  const stop = useStore.subscribe((state) => {
    if (state.frame === null) return
    stop()
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
  })
})
installTestApi(firstPicture)
void firstPicture.then(pageStands)
void openPage()
// A link that is put into the address of a page that is open reloads nothing.
addEventListener('hashchange', () => void openFragment(location.hash))

/** After a reload the run is where it was; else the address says what to open. What is done in it is kept from then on. */
async function openPage(): Promise<void> {
  const before = runBefore()
  const restored = await openAddress(location.search, location.hash, before)
  await firstPicture
  const { startKeeping } = await import('./keep/keeper.ts')
  startKeeping(restored ? before : null)
  const { keepForOffline } = await import('./offline/register.ts')
  await keepForOffline()
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
