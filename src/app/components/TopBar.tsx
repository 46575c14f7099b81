import { memo } from 'react'
import { labIds } from '../catalogue.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { Icon } from '../../ui/icons.tsx'
import { DialogButton } from './DialogButton.tsx'
import { Logo } from './Logo.tsx'
import { ScenarioPicker } from './ScenarioPicker.tsx'
import { ServerCount } from './ServerCount.tsx'
import { SettingsButton } from './SettingsButton.tsx'
import './top-bar.css'

export const TopBar = memo(function TopBar() {
  return (
    <header className="top-bar">
      <h1 className="brand">
        <Logo />
        <span>Netsplit</span>
      </h1>
      <Labs />
      <GalleryButton />
      <ScenarioPicker />
      <ServerCount />
      <SettingsButton />
      <ShareButton />
      <PresentToggle />
      <SizeToggle />
      <ThemeToggle />
      <button
        type="button"
        className="icon-button top-help"
        aria-label="Help"
        title="Every key (?)"
        onClick={() => actions.openDialog('help')}
      >
        <Icon name="question" />
      </button>
    </header>
  )
})

/** The labs beside each other; on a phone, where they have no room, in a list. */
function Labs() {
  const open = useStore((s) => s.lab?.engine.id ?? s.run?.lab)
  return (
    <nav className="labs" aria-label="Labs">
      {labIds.map((id) => (
        <button
          key={id}
          type="button"
          aria-current={id === open ? 'page' : undefined}
          onClick={() => actions.openLab(id)}
        >
          {titleOf(id)}
        </button>
      ))}
      <select
        className="select"
        aria-label="Lab"
        value={open}
        onChange={(event) => actions.openLab(event.target.value)}
      >
        {labIds.map((id) => (
          <option key={id} value={id}>
            {titleOf(id)}
          </option>
        ))}
      </select>
    </nav>
  )
}

function GalleryButton() {
  return (
    <DialogButton
      dialog="gallery"
      icon="gallery"
      className="button settings-button top-gallery"
      title="Lessons, challenges and scenarios of every lab, each with a picture (G)"
    >
      <span>Gallery</span>
    </DialogButton>
  )
}

function ShareButton() {
  const loading = useStore((s) => s.frame === null)
  return (
    <DialogButton
      dialog="share"
      icon="share"
      className="button settings-button"
      disabled={loading ? 'the lab is loading' : null}
      title="A link to this very run, files, pictures (S)"
    >
      <span>Share</span>
    </DialogButton>
  )
}

function PresentToggle() {
  const presenting = useStore((s) => s.presenting !== null)
  return (
    <button
      type="button"
      className="icon-button top-present"
      aria-label="Present"
      aria-pressed={presenting}
      title={presenting ? 'End the presentation (Esc)' : 'Before an audience: full screen, large, nothing else (F)'}
      onClick={() => actions.setPresenting(presenting ? null : 'on')}
    >
      <Icon name="present" />
    </button>
  )
}

function SizeToggle() {
  const large = useStore((s) => s.size === 'projector')
  return (
    <button
      type="button"
      className="icon-button top-size"
      aria-label="Projector size"
      aria-pressed={large}
      title={large ? 'Back to the size of a desk (L)' : 'Large enough for the back row (L)'}
      onClick={() => actions.setSize(large ? 'desk' : 'projector')}
    >
      <Icon name="letters" />
    </button>
  )
}

function ThemeToggle() {
  const theme = useStore((s) => s.theme)
  const other = theme === 'paper' ? 'night' : 'paper'
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={theme === 'paper' ? 'Dark theme' : 'Light theme'}
      title={theme === 'paper' ? 'Dark theme (T)' : 'Light theme (T)'}
      onClick={() => actions.setTheme(other)}
    >
      <Icon name={theme === 'paper' ? 'moon' : 'sun'} />
    </button>
  )
}

/** A lab's name before its code is loaded: that of its folder. */
const titleOf = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1)
