import { create } from 'zustand'
import type { PageState } from './state.ts'

const initialState: PageState = {
  lab: null,
  scenario: null,
  step: 0,
  script: [],
  fired: [],
  tree: { name: 'Main', branches: [], redoable: false },
  run: null,
  generation: 0,
  frame: null,
  reached: 0,
  stories: [],
  operations: [],
  violations: [],
  expectations: [],
  foreign: null,
  playing: false,
  speed: 0.05,
  selected: null,
  menu: null,
  dialog: null,
  panel: null,
  details: false,
  hintsDismissed: false,
  theme: 'paper',
  size: 'desk',
  embedded: false,
  presenting: null,
  stopAtViolation: false,
  mix: null,
  jumpTo: null,
  notices: { plain: null, bad: null },
  offer: null,
  progress: null,
}

/** What the page knows, as a hook. It is changed by `actions` and by what the engine says, and by nothing else. */
export const useStore = create<PageState>()(() => initialState)
