/** The part of the animation library that the first picture does without, as a chunk of its own. */
export { domAnimation } from 'framer-motion'
