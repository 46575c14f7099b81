import { DialogButton } from './DialogButton.tsx'

/** Opens the settings of the lab on show. */
export function SettingsButton() {
  return (
    <DialogButton
      dialog="settings"
      icon="sliders"
      className="button settings-button"
      title="Timeouts, network, disk, presets, mistakes"
    >
      <span>Settings</span>
    </DialogButton>
  )
}
