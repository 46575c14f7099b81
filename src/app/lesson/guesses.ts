import { create } from 'zustand'

/** What the reader answered, and what the run did: by step and question. */
export interface Guesses {
  guessed: Readonly<Record<string, string>>
  /** The choices that the run has made true; one, unless somebody has led it elsewhere. */
  found: Readonly<Record<string, readonly string[]>>
}

export const NONE: Guesses = { guessed: {}, found: {} }

export const useGuesses = create<Guesses>()(() => NONE)

export const questionKey = (step: number, question: number): string => `${step}.${question}`

export const guess = (key: string, choice: string): void =>
  useGuesses.setState(({ guessed }) => ({ guessed: { ...guessed, [key]: choice } }))
