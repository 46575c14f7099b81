import { KINDS } from '../../compare/kinds.ts'
import type { HashName } from '../../hash/functions.ts'
import type { PartitionerKind } from '../../partition/partitioner.ts'
import { change, useDesk } from './desk.ts'
import type { Form } from './form.ts'
import { Field, TextField } from './Field.tsx'
import { KeysField } from './KeysField.tsx'
import { Tool } from '../../../../ui/Tool.tsx'

const ALL = Object.keys(KINDS) as PartitionerKind[]
const HASHES: Record<HashName, string> = {
  murmur3: 'murmur3',
  murmur3x86: 'murmur3, 32 bits',
  cassandra: 'Cassandra’s murmur3',
  md5: 'MD5',
  xxh64: 'xxHash64',
  crc16: 'CRC-16',
  fnv1a: 'FNV-1a',
  'fnv1a-finished': 'FNV-1a, finished',
}

/** What to compare. A rule that is ticked is compared at once; the rest waits for Enter or the button. */
export function CompareForm({ onBegin, running }: { onBegin(): void; running: boolean }) {
  const form = useDesk((s) => s.form)
  const rings = form.kinds.includes('ring') || form.kinds.includes('bounded')
  const open = ['modulo', 'ring', 'jump', 'bounded'].some((kind) => form.kinds.includes(kind as PartitionerKind))
  return (
    <form
      className="compare-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onBegin()
      }}
    >
      <Rules kinds={form.kinds} onChange={onBegin} />
      <details className="compare-more">
        <summary>{inWords(form)}</summary>
        <div className="compare-fields">
          <TextField field="servers" label="Servers" />
          <TextField field="weights" label="Weights" hint="1, 2, 1" />
          <LeavesField leaves={form.leaves} />
          {rings && <TextField field="tokens" label="Tokens each" />}
          {open && <HashField hash={form.hash} />}
          {form.kinds.includes('bounded') && <TextField field="bound" label="Bound, %" />}
          {form.kinds.includes('maglev') && <TextField field="slots" label="Slots of Maglev" />}
        </div>
        <KeysField />
        <Tool submits className="button primary" disabled={running ? 'a comparison is running' : null}>
          Compare
        </Tool>
      </details>
    </form>
  )
}

function Rules({ kinds, onChange }: { kinds: readonly PartitionerKind[]; onChange(): void }) {
  return (
    <fieldset className="compare-rules">
      <legend>Rules</legend>
      {ALL.map((kind) => (
        <label key={kind} title={KINDS[kind].source}>
          <input
            type="checkbox"
            checked={kinds.includes(kind)}
            onChange={(event) => {
              change({ kinds: ALL.filter((k) => (k === kind ? event.target.checked : kinds.includes(k))) })
              onChange()
            }}
          />
          {KINDS[kind].label}
        </label>
      ))}
    </fieldset>
  )
}

function inWords({ servers, tokens, source, count, file, kinds }: Form): string {
  const keys = source === 'list' ? (file === null ? 'keys of your own' : `keys from ${file.name}`) : `${count} keys`
  const each = kinds.includes('ring') || kinds.includes('bounded') ? `, ${tokens} tokens each` : ''
  return `${servers} servers${each}, ${source === 'zipf' ? `${count} requests by Zipf` : keys}`
}

/** A rule that cannot lose any server but the last has no figure then, and the table says why. */
function LeavesField({ leaves }: Pick<Form, 'leaves'>) {
  return (
    <Field label="Who leaves">
      <select
        className="input"
        value={leaves}
        onChange={(event) => change({ leaves: event.target.value as Form['leaves'] })}
      >
        <option value="last">the last server</option>
        <option value="middle">one in the middle</option>
      </select>
    </Field>
  )
}

function HashField({ hash }: { hash: HashName }) {
  return (
    <Field label="Hash">
      <select className="input" value={hash} onChange={(event) => change({ hash: event.target.value as HashName })}>
        {Object.entries(HASHES).map(([name, label]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  )
}
