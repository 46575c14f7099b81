import { useEffect, useState } from 'react'
import type { Glossary } from '../../lab/glossary.ts'
import { useStore } from '../store.ts'

const NOTHING: Glossary = []

/** The terms of the lab on show; none until they have come. */
export function useGlossary(): Glossary {
  const lab = useStore((s) => s.lab?.engine)
  const [terms, setTerms] = useState(NOTHING)
  // Code on its way is the world outside React.
  useEffect(() => {
    let wanted = true
    void lab?.glossary?.().then((found) => wanted && setTerms(found))
    return () => {
      wanted = false
    }
  }, [lab])
  return terms
}
