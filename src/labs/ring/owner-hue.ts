/** Hues of the theme, without the grey, so that neighbours are unlike each other. */
const HUES = [1, 2, 3, 4, 5, 7, 6] as const

/** The hue of the server at this place in the cluster: the same on the stage and in the lanes. */
export const ownerHue = (index: number): number => HUES[index % HUES.length] as number
