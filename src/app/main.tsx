import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/theme.css'
import './app.css'
import { App } from './App.tsx'
import { openAddress, openFragment } from './address.ts'
import { onDemand, pageStands } from '../ui/later.ts'
import { runBefore } from './keep/tab.ts'
import { painted } from './settled.ts'
import { installTestApi } from './test-api.ts'
import { useStore } from './store.ts'

const embedded = new URLSearchParams(location.search).has('embed')
/** A frame off the screen paints nothing, and is asked for its picture all the same: on paper it will be seen. */
const late = () => new Promise<void>((resolve) => setTimeout(resolve, 500))

/** Most labs on a page are only looked at: what a hand needs comes when there is one. */
const touched = () =>
  new Promise<void>((resolve) => {
    for (const sign of ['pointerover', 'focusin']) addEventListener(sign, () => resolve(), { once: true })
  })

const firstPicture = new Promise<void>((resolve) => {
  const stop = useStore.subscribe((state) => {
    if (state.frame === null) return
    stop()
    void Promise.race([painted(), ...(embedded ? [late()] : [])]).then(resolve)
  })
})
installTestApi(firstPicture)
void firstPicture.then(() => pageStands(embedded ? touched() : Promise.resolve()))
// The window with a speaker's notes shows no run.
const notes = new URLSearchParams(location.search).has('notes')
if (!notes) void openPage()
// A link that is put into the address of a page that is open reloads nothing.
addEventListener('hashchange', () => void openFragment(location.hash))

/** After a reload the run is where it was; else the address says what to open. What is done in it is kept from then on. */
async function openPage(): Promise<void> {
  // A lab in a frame keeps nothing and brings nothing back: other frames of the tab, and whoever made them, share its store.
  if (embedded) void import('./embed/embedded.ts').then((m) => m.startEmbedded(location.search, firstPicture))
  const before = embedded ? null : runBefore()
  const restored = await openAddress(location.search, location.hash, before)
  await firstPicture
  if (!embedded) (await import('./keep/keeper.ts')).startKeeping(restored ? before : null)
  const { keepForOffline } = await import('./offline/register.ts')
  await keepForOffline()
}

const Notes = onDemand(async () => (await import('./present/NotesPage.tsx')).NotesPage)

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>{notes ? <Notes /> : <App />}</StrictMode>,
)
