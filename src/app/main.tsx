import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/theme.css'
import './app.css'
import { App } from './App.tsx'
import { openAddress, openFragment } from './address.ts'
import { pageStands } from '../ui/later.ts'
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
void openAddress(location.search, location.hash)
// A link that is put into the address of a page that is open reloads nothing.
addEventListener('hashchange', () => void openFragment(location.hash))

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
