import { actions } from '../actions.ts'
import { useStore } from '../store.ts'

/** Opens the settings of the lab on show. */
export function SettingsButton() {
  const open = useStore((s) => s.dialog === 'settings')
  return (
    <button
      type="button"
      className="button settings-button"
      aria-haspopup="dialog"
      aria-expanded={open}
      title="Timeouts, network, disk, presets, mistakes"
      onClick={() => actions.openDialog(open ? null : 'settings')}
    >
      <Sliders />
      <span>Settings</span>
    </button>
  )
}

function Sliders() {
  return (
    <svg
      className="icon"
      width={16}
      height={16}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M2 4.5h5.2M11.3 4.5H14M2 11.5h2.7M8.8 11.5H14" />
      <circle cx="9.2" cy="4.5" r="1.9" />
      <circle cx="6.8" cy="11.5" r="1.9" />
    </svg>
  )
}
