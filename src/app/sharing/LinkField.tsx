import { type ReactNode, useRef, useState } from 'react'
import { MAX_LINK, SAFE_LINK } from '../../lab/shared/link.ts'
import './link-field.css'

interface LinkFieldProps {
  address: string
  /** What it opens. */
  says: ReactNode
  /** The fingerprint that it must reach, or those. */
  fingerprint: string
  /** What finds no room in it. */
  caution?: ReactNode
}

/** An address to copy, with how long it is; one that is too long for any browser is not offered. */
export function LinkField({ address, says, fingerprint, caution = null }: LinkFieldProps) {
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState<'copied' | 'by hand' | null>(null)
  const { length } = address
  const copy = async () => {
    field.current?.select()
    setCopied(await toClipboard(address))
  }
  if (length > MAX_LINK)
    return <p>This run is too long for a link ({length.toLocaleString('en')} characters). Save it as a file.</p>
  return (
    <>
      <p className="dim">{says}</p>
      <div className="share-link" data-first="">
        <input ref={field} readOnly aria-label="Link" value={address} onFocus={({ target }) => target.select()} />
        <button type="button" className="button primary" onClick={() => void copy()}>
          {copied === 'copied' ? 'Copied' : 'Copy'}
        </button>
      </div>
      <p className="share-facts dim" role="status">
        {copied === 'by hand' && 'The browser does not let the page copy; the link is marked, press Ctrl C. '}
        {copied === 'copied' && 'Copied. '}
        {length.toLocaleString('en')} characters, fingerprint <span className="mono">{fingerprint}</span>
      </p>
      {caution}
      {length > SAFE_LINK && (
        <p className="share-caution">
          Longer than {SAFE_LINK.toLocaleString('en')} characters: some programs cut such a link. A file is safer.
        </p>
      )}
    </>
  )
}

async function toClipboard(text: string): Promise<'copied' | 'by hand'> {
  try {
    await navigator.clipboard.writeText(text)
    return 'copied'
  } catch {
    // Without a secure address or leave, there is no clipboard.
    return 'by hand'
  }
}
