/** A moment of a run, as little of it as a small picture needs. `scripts/pictures.ts` takes it from the run itself. */
export interface Picture {
  /** Of what it was taken from. */
  digest: string
  /** Of a lab: its title, and a line about it. */
  lab?: { title: string; says: string }
  /** How many servers there are; a picture shows some of a crowd. */
  of: number
  /** How each is drawn in the space-time diagram, or that it is down; and what its colour stands for. */
  servers: readonly (readonly [look: string, hue: number | null])[]
  /** By places in the list of servers. */
  cuts: readonly (readonly [number, number])[]
  /** From, to, per cent of the way, hue. */
  flights: readonly (readonly [from: number, to: number, way: number, hue: number | null])[]
}
