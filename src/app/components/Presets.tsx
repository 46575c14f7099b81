import type { LabTypes } from '../../kernel/types.ts'
import type { AnyLab, Preset } from '../../lab/definition.ts'
import type { WorldView } from '../../lab/world-view.ts'
import { actions } from '../actions.ts'
import { isPreset, presetCommands } from '../settings.ts'

/** Settings that go together, applied to the run as it goes on. */
export function Presets({ lab, world }: { lab: AnyLab; world: WorldView }) {
  const presets: readonly Preset<LabTypes>[] = lab.presets ?? []
  if (presets.length === 0) return null
  const current = presets.find((preset) => isPreset(preset, world))
  return (
    <section className="presets" aria-labelledby="presets-title">
      <h3 id="presets-title">Presets</h3>
      <div className="presets-row" role="group" aria-labelledby="presets-title">
        {presets.map((preset) => (
          <button
            key={preset.name}
            type="button"
            className="button small"
            aria-pressed={preset === current}
            title={preset.source === undefined ? preset.says : `${preset.says} (${preset.source})`}
            onClick={() => preset !== current && actions.dispatchAll(presetCommands(preset))}
          >
            {preset.label}
          </button>
        ))}
      </div>
      <p className="setting-says" aria-live="polite">
        {current === undefined ? 'Values of your own.' : current.says}{' '}
        {current?.source !== undefined && <span>{current.source}</span>}
      </p>
    </section>
  )
}
