import { useEffect, useState } from 'react'

/** What is to be handed on, packed once, as its dialog opens; null as long as it is being packed. `pack` is always the same. */
export function usePacked<T>(pack: () => Promise<T | null>): T | 'failed' | null {
  const [packed, setPacked] = useState<T | 'failed' | null>(null)
  // The engine is asked once; nobody wants the answer any more when the dialog is closed.
  useEffect(() => {
    let open = true
    void pack().then((got) => open && setPacked(got ?? 'failed'))
    return () => {
      open = false
    }
  }, [pack])
  return packed
}
