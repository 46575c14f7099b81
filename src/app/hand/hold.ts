import { actions } from '../actions.ts'

/** Lets all messages wait at their receivers, or lets go all that wait. */
export const hold = (holds: boolean): void => actions.dispatch({ type: 'network', settings: { hold: holds } })
