/** `1,234`. Made once: a fresh one for each number costs more than all else that a redrawn list does. */
export const NUMBERS = new Intl.NumberFormat('en')
