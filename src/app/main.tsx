import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/theme.css'
import './app.css'
import { App } from './App.tsx'
import { openAddress } from './address.ts'
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
void openAddress(location.search)

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
