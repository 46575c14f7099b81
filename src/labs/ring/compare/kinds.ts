import type { PartitionerKind } from '../partition/partitioner.ts'

/** Each kind with what it is, whence it comes, and whether it heeds weights. */
export const KINDS: Readonly<Record<PartitionerKind, { label: string; source: string; weighs: boolean }>> = {
  modulo: { label: 'Modulo', source: 'the mistake to learn from', weighs: false },
  ring: { label: 'Token ring', source: 'Karger et al. 1997; Dynamo 2007', weighs: true },
  ketama: { label: 'ketama', source: 'libketama, last.fm 2007', weighs: true },
  jump: { label: 'Jump', source: 'Lamping & Veach 2014', weighs: false },
  rendezvous: { label: 'Rendezvous', source: 'Thaler & Ravishankar 1998', weighs: true },
  maglev: { label: 'Maglev', source: 'Eisenbud et al. 2016', weighs: true },
  bounded: { label: 'Ring, bounded loads', source: 'Mirrokni et al. 2016', weighs: false },
  slots: { label: 'Redis slots', source: 'Redis Cluster specification', weighs: false },
}
