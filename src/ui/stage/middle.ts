import { type Box, boxAround } from './geometry.ts'
import type { Layout } from './layout.ts'

/** What words in the middle of the ring cover: labels of messages keep out of it. */
export const middleBox = ({ centre: { x, y } }: Layout): readonly Box[] => [boxAround({ x, y: y + 4 }, 96, 34)]
