import { change, useDesk } from './desk.ts'
import { Field, TextField } from './Field.tsx'
import { type Form, keysOf } from './form.ts'
import { grouped } from './words.ts'

const SOURCES: Record<Form['source'], string> = {
  uniform: 'numbered, each asked for once',
  zipf: 'few hot and many cold (Zipf)',
  list: 'my own, one a line',
}

/** Which keys, and how often each is asked for. */
export function KeysField() {
  const source = useDesk((s) => s.form.source)
  return (
    <div className="compare-keys">
      <Field label="Keys">
        <select
          className="input"
          value={source}
          onChange={(event) => change({ source: event.target.value as Form['source'] })}
        >
          {Object.entries(SOURCES).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </Field>
      {source === 'list' ? (
        <OwnKeys />
      ) : (
        <div className="compare-fields">
          <TextField field="count" label={source === 'zipf' ? 'Requests' : 'How many'} />
          {source === 'zipf' && <TextField field="distinct" label="Different keys" />}
          {source === 'zipf' && <TextField field="exponent" label="Exponent" />}
        </div>
      )}
    </div>
  )
}

function OwnKeys() {
  const { file, text } = useDesk((s) => s.form)
  return (
    <>
      {file === null ? (
        <Field label="Typed or pasted" wide>
          <textarea
            className="input compare-text"
            rows={4}
            spellCheck={false}
            value={text}
            placeholder={'user:1\nuser:2'}
            onChange={(event) => change({ text: event.target.value })}
          />
        </Field>
      ) : (
        <p className="compare-file">
          {grouped(file.keys.length)} keys from {file.name}
          <button type="button" className="button small" onClick={() => change({ file: null })}>
            Type them instead
          </button>
        </p>
      )}
      <label className="button small compare-open">
        From a file…
        <input type="file" className="visually-hidden" onChange={(event) => void open(event.currentTarget)} />
      </label>
    </>
  )
}

/** Reads a file as text. The same file may be chosen again. */
async function open(input: HTMLInputElement): Promise<void> {
  const file = input.files?.[0]
  if (file === undefined) return
  try {
    if (file.size > MOST_BYTES) throw new Error(`expected at most ${grouped(MOST_BYTES / 1_000_000)} MB`)
    change({ file: { name: file.name, keys: keysOf(await file.text()) } })
    useDesk.setState({ problem: null })
  } catch (error) {
    useDesk.setState({ problem: `${file.name}: ${error instanceof Error ? error.message : 'it cannot be read'}` })
  }
  input.value = ''
}

const MOST_BYTES = 100_000_000
