import { createContext } from 'react'
import type { Subject } from '../lab/explain.ts'

/** Asks why something is as it is; null where nobody answers. */
export const AskWhy = createContext<((subject: Subject) => void) | null>(null)
