import { useMemo } from 'react'
import type { Frame } from '../../engine/messages.ts'
import type { LabProps } from '../../ui/lab-view.ts'
import { cursor } from '../playback.ts'
import type { PageState } from '../state.ts'
import { actions } from '../actions.ts'
import { useStore } from '../store.ts'
import { startStudy } from '../study-desk.ts'
import { READING_MS, useSlowly } from './use-throttled.ts'

/** A lab and a picture of it: only ever both, and of the same lab. */
export interface Shown {
  lab: NonNullable<PageState['lab']>
  frame: Frame
}

export function useShown(): Shown | null {
  return useStore(shownOf)
}

/** The lab alone, which is the same for all pictures of it. */
export function useShownLab(): Shown['lab'] | null {
  return useStore(labOf)
}

/** Both, a few times a second while time runs: for what is read and not watched. */
export function useShownSlowly(): Shown | null {
  const pace = useStore((s) => (s.playing ? READING_MS : 0))
  return useSlowly(shownOf, pace)
}

const labOf = (state: PageState): Shown['lab'] | null => shownOf(state)?.lab ?? null

let last: Shown | null = null

/** The same object for the same picture. */
function shownOf({ lab, run, frame }: PageState): Shown | null {
  if (lab === null || frame === null || run?.lab !== lab.engine.id) return null
  if (last?.lab !== lab || last.frame !== frame) last = { lab, frame }
  return last
}

/** As `--scale` of the theme has it. */
const PROJECTOR_SCALE = 1.3

/** The same functions at every frame: an effect of a view that depends on one must not run again for nothing. */
const deeds: Pick<LabProps<unknown>, 'onSelect' | 'onOpenMenu' | 'dispatch' | 'begin' | 'setWindow' | 'study'> = {
  onSelect: (id) => actions.select(id),
  onOpenMenu: (id, anchor) => actions.openMenu(id, anchor),
  dispatch: (command, also = []) => actions.dispatchAll([command, ...also]),
  begin: (change) => actions.beginWith(change),
  setWindow: (change) => actions.setWindow(change),
  study: (name, request, listener) => startStudy(useStore.getState().lab?.engine.id ?? '', name, request, listener),
}

/** How many times larger than on a desk everything is drawn. */
export const useScale = (): number => useStore((s) => (s.size === 'projector' ? PROJECTOR_SCALE : 1))

export function useLabProps({ frame }: Shown): LabProps<unknown> {
  const playing = useStore((s) => s.playing)
  const selected = useStore((s) => s.selected)
  const speed = useStore((s) => s.speed)
  const scale = useScale()
  return useMemo(
    () => ({
      view: frame.view,
      world: frame.world,
      at: frame.moment.at,
      cursor,
      playing,
      speed,
      scale,
      selected,
      ...deeds,
    }),
    [frame, playing, speed, scale, selected],
  )
}
